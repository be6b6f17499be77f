import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Rules by which a page in one colour scheme may be other than in another. */
const OF_COLOUR = "{ runOnly: ['color-contrast', 'link-in-text-block'] }";

/** Run in the page: a line for each rule that is broken. */
const linesOf = (
  options: string,
): string => `axe.run(${options}).then(({ violations }) => violations.map(({ id, help, nodes }) =>
  id + ': ' + help + ' (' + nodes.map(({ target }) => target.join(' ')).join(', ') + ')').join('\\n'))`;

/**
 * What axe-core finds in an opened page, each rule with the elements that break it; nothing where all is well. Works
 * beside the strictest policy of a page: it comes by the debugger's protocol. `isOfColour`: the rules about colours
 * alone, for a page that the others have been asked of.
 */
export const accessibilityFaults = async (
  page: Page,
  { isOfColour = false }: { readonly isOfColour?: boolean } = {},
): Promise<ReadonlyArray<string>> => {
  const session = await page.context().newCDPSession(page);
  try {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `${axe.source}; ${linesOf(isOfColour ? OF_COLOUR : '')}`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(`axe-core: ${exceptionDetails.text}`);
    return String(result.value).split('\n').filter(Boolean);
  } finally {
    await session.detach();
  }
};
