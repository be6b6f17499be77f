/**
 * What terminals act on, or what turns what stands around it: control and format characters, separators of lines. Not
 * what joins letters and emoji in labels, and names the regions of flags: nothing acts on those.
 */
const ACTED_ON = /(?![\u200c\u200d\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text from outside as a terminal may have it. A line end is none: what follows it would pass for a line of ours. */
export const shown = (text: string): string => text.replace(ACTED_ON, '\ufffd');

/** The same of several lines that belong together. */
export const shownLines = (text: string): string => text.split('\n').map(shown).join('\n');

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');

/**
 * JSON with nothing in it that a terminal acts on. `JSON.stringify` leaves some of that in its strings, such as U+009B,
 * which begins a sequence as ESC [ does. It reads back as it was.
 */
export const shownJson = (json: string): string =>
  json.replace(ACTED_ON, (character) => (character === '\n' ? character : escaped(character)));

/** One line of JSON Lines. */
export const jsonLine = (value: object): string => shownJson(JSON.stringify(value));
