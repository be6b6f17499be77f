import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Run in the page: a line for each rule that is broken. */
const LINES = `axe.run().then(({ violations }) => violations.map(({ id, help, nodes }) =>
  id + ': ' + help + ' (' + nodes.map(({ target }) => target.join(' ')).join(', ') + ')').join('\\n'))`;

/**
 * What axe-core finds in an opened page, each rule with the elements that break it; nothing where all is well. Works
 * beside the strictest policy of a page: it comes by the debugger's protocol.
 */
export const accessibilityFaults = async (page: Page): Promise<ReadonlyArray<string>> => {
  const session = await page.context().newCDPSession(page);
  try {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `${axe.source}; ${LINES}`,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(`axe-core: ${exceptionDetails.text}`);
    return String(result.value).split('\n').filter(Boolean);
  } finally {
    await session.detach();
  }
};
