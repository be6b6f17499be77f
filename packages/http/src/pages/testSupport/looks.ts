import { expect } from '@jest/globals';
import { accessibilityFaults } from '@keyturn/testbed/browser';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Look, Visitor } from './visitor';

/** `UPDATE_SCREENS=1` draws the pictures of the documentation anew. */
const PICTURES =
  process.env['UPDATE_SCREENS'] === '1'
    ? join(__dirname, '..', '..', '..', '..', '..', 'docs', 'screens')
    : null;

const DESK = { width: 1_180, height: 760 };
const NARROW = { width: 320, height: 640 };

/** How a page is looked at first. */
export const AT_DESK: Look = { viewport: DESK, timezoneId: 'UTC', locale: 'en-GB' };

/** Looks at what is open; a picture is of the wide page, in the light or dark that is said. */
export type LookAt = (name: string, picture?: 'light' | 'dark' | null) => Promise<void>;

/** Looks at a page in light and dark, with axe-core, and holds that it fits into 320 px. */
export const lookingAt = ({ page }: Pick<Visitor, 'page'>): LookAt => {
  if (PICTURES !== null) mkdirSync(PICTURES, { recursive: true });
  return async (name, picture = null) => {
    const faults: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      faults.push(...(await accessibilityFaults(page, { isOfColour: colorScheme === 'dark' })));
      if (picture === colorScheme && PICTURES !== null) {
        await page.screenshot({ path: join(PICTURES, `${name}.png`) });
      }
    }
    await page.setViewportSize(NARROW);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    await page.setViewportSize(DESK);
    expect({ name, faults, width }).toEqual({ name, faults: [], width: NARROW.width });
  };
};
