/**
 * What turns the text around it, ends it, or is not seen: control and format characters, separators of lines, halves of
 * characters. Not the line end, and not what joins letters and emoji in labels, and names the regions of flags.
 */
const ACTING = /(?![\n\u200c\u200d\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const named = (character: string): string =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/**
 * A page's text with such characters named in their place: nothing is left out in silence. They are no part of markup,
 * so it is done once, for all of a page.
 */
export const withoutActing = (html: string): string => html.replace(ACTING, named);
