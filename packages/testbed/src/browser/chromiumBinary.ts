import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of this machine; null when there is none. No test downloads one. */
export const findChromium = (): string | null => {
  const directories = ['/usr/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const places = NAMES.flatMap((name) => directories.map((directory) => join(directory, name)));
  return places.find(existsSync) ?? null;
};

/** Why tests in a browser can't run here, and what to do; null when they can. */
export const whyNoChromium = (): string | null =>
  findChromium() === null
    ? 'Chromium is neither in /usr/bin nor on the PATH ' +
      '(on Debian: apt-get install --no-install-recommends chromium)'
    : null;
