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

/** Every fourth screen, counted from each of these: together all of them. */
export const TURNS: ReadonlyArray<number> = [0, 1, 2, 3];

/**
 * Holds that pages fit into 320 px, and looks at them with axe-core, in light and dark: at those whose turn it is, and
 * at all for pictures.
 */
export const lookingAt = ({ page }: Pick<Visitor, 'page'>, turns = TURNS): LookAt => {
  if (PICTURES !== null) mkdirSync(PICTURES, { recursive: true });
  let looks = 0;
  return async (name, picture = null) => {
    const faults: string[] = [];
    const isLookedAt = PICTURES !== null || turns.includes(looks % TURNS.length);
    looks += 1;
    for (const colorScheme of isLookedAt ? (['light', 'dark'] as const) : []) {
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
