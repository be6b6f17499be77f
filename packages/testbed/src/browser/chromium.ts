import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';
import { findChromium, whyNoChromium } from './chromiumBinary';

/** A page in a context of its own: no cookie and no cache of another. */
export interface OpenedPage {
  readonly page: Page;
  /** What went wrong in it so far: errors on its console, errors that nothing caught, requests without an answer. */
  readonly errors: ReadonlyArray<string>;
  /** All that it asked for so far, itself among them. */
  readonly requests: ReadonlyArray<string>;
  readonly close: () => Promise<void>;
}

export interface Chromium {
  /** Opens an address; `file:` too. The options are those of a Playwright context: `colorScheme`, `viewport`, … */
  readonly open: (address: string, options?: BrowserContextOptions) => Promise<OpenedPage>;
  readonly close: () => Promise<void>;
}

/** Starts the Chromium of this machine, without a window. One serves all tests of a file. */
export const startChromium = async (): Promise<Chromium> => {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(whyNoChromium() ?? 'There is no Chromium.');
  const browser = await chromium.launch({
    executablePath,
    // Containers have little of /dev/shm, and are often root, which Chromium's own sandbox refuses.
    args: ['--disable-dev-shm-usage'],
    chromiumSandbox: false,
  });

  const open: Chromium['open'] = async (address, options = {}) => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const errors: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('requestfailed', (request) => {
      // Of a page that is left the browser gives up what is still on its way, such as its icon.
      const isGivenUp = request.failure()?.errorText === 'net::ERR_ABORTED';
      if (!isGivenUp) errors.push(`no answer from ${request.url()}`);
    });
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(address);
    return { page, errors, requests, close: () => context.close() };
  };

  return { open, close: () => browser.close() };
};
