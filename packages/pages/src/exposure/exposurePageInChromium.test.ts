import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessibilityFaults, onChromium, startChromium, type Chromium } from '@keyturn/testbed/browser';
import { sampled } from '@keyturn/testbed/sampling';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { caseOf, certificateOf, HONEST, reportOf, UNTIL } from '../testSupport/reports';
import { exposurePage } from './exposurePage';

const OUTSIDE = {
  ...HONEST,
  label: '<img src=x onerror=alert(1)>',
  run: `run-${'long'.repeat(15)}`,
  origin: 'כתובת 10.0.0.1',
};
const DESK = { width: 1_100, height: 800 };

onChromium(describe)('the page in Chromium', () => {
  let chromium: Chromium;
  let directory: string;
  let address: string;

  beforeAll(async () => {
    chromium = await startChromium();
    directory = mkdtempSync(join(tmpdir(), 'keyturn-page-'));
    const file = join(directory, 'report.html');
    const report = reportOf(OUTSIDE);
    const uses = Array.from({ length: 25 }, () => report.uses).flat();
    writeFileSync(
      file,
      exposurePage({
        report: { ...report, uses },
        leakCase: caseOf(OUTSIDE),
        certificate: certificateOf(OUTSIDE),
        madeAt: UNTIL,
      }),
    );
    address = pathToFileURL(file).href;
  });

  afterAll(async () => {
    await chromium.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const looks = [
    ['light', { colorScheme: 'light', viewport: DESK }],
    ['dark', { colorScheme: 'dark', viewport: DESK }],
    ['at 320 px', { colorScheme: 'light', viewport: { width: 320, height: 640 } }],
  ] as const;
  it.each(sampled(looks, 1))('%s: nothing is wrong, asked for, or beyond the edge', async (_, look) => {
    const { page, errors, requests, close } = await chromium.open(address, look);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(errors).toEqual([]);
    expect(requests).toEqual([address]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      look.viewport.width,
    );
    expect(await page.evaluate('getComputedStyle(document.body).marginTop')).toBe('0px');
    await close();
  });

  it('has another paper in the dark', async () => {
    const paperIn = async (colorScheme: 'light' | 'dark'): Promise<unknown> => {
      const { page, close } = await chromium.open(address, { colorScheme });
      const paper: unknown = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      await close();
      return paper;
    };
    expect(await paperIn('light')).toBe('rgb(255, 255, 255)');
    expect(await paperIn('dark')).toBe('rgb(20, 23, 26)');
  });

  it('prints on several pages of either size, and cuts no row', async () => {
    const { page, close } = await chromium.open(address, { colorScheme: 'dark', viewport: DESK });
    for (const format of ['A4', 'Letter'] as const) {
      const printed = (await page.pdf({ format, printBackground: true })).toString('latin1');
      expect(printed.slice(0, 5)).toBe('%PDF-');
      expect((printed.match(/\/Type \/Page\b/g) ?? []).length).toBeGreaterThan(2);
    }
    await page.emulateMedia({ media: 'print' });
    const breaks =
      "[...new Set([...document.querySelectorAll('tr')].map((row) => getComputedStyle(row).breakInside))]";
    expect(await page.evaluate(breaks)).toEqual(['avoid']);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await close();
  });
});
