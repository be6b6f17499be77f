import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessibilityFaults, onChromium, startChromium, type Chromium } from '@keyturn/testbed/browser';
import { atWork } from '../testSupport/atWork';
import { CSRF_SECRET, visitor, type Look, type Visitor } from './testSupport/visitor';

const ada = { kind: 'user', id: 'ada' } as const;

/** UTC+05:45 all year: no other zone is taken for it. */
const KATHMANDU = { timezoneId: 'Asia/Kathmandu', locale: 'en-GB' };
const HALF_PAST_TEN = '2026-11-29T10:30';

onChromium(describe)('times of the audit log, in Chromium', () => {
  const now = atWork({ csrfSecret: CSRF_SECRET });
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await startChromium();
  });
  afterAll(() => chromium.close());

  /** The log of a workspace with one key in it. */
  const opened = async (
    look: Look,
  ): Promise<Visitor & { readonly address: string; readonly recorded: Date }> => {
    const { keyturn, sandbox, newWorkspace } = now();
    const workspaceId = newWorkspace();
    const ctx = { workspaceId, actor: ada };
    await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
    const { entries } = await keyturn.audit.page(ctx, {});
    const visited = await visitor(chromium, now(), { workspaces: [workspaceId] }, look);
    const address = `/workspaces/${workspaceId}/activity`;
    return { ...visited, address, recorded: new Date(entries[0]?.recordedAt ?? 0) };
  };

  const utcText = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')}Z`;

  it("are told in the reader's own zone, with UTC below each", async () => {
    const { page, go, address, recorded, close } = await opened(KATHMANDU);
    await go(address);
    const local = new Intl.DateTimeFormat('en-GB', {
      dateStyle: 'medium',
      timeStyle: 'medium',
      timeZone: KATHMANDU.timezoneId,
    }).format(recorded);
    expect(await page.locator('td time').first().textContent()).toBe(`${local} ${utcText(recorded)}`);
    const zone = await page.evaluate('Intl.DateTimeFormat().resolvedOptions().timeZone');
    expect(await page.getByText(`Times are those of ${String(zone)}, with UTC below.`).count()).toBe(1);
    expect(await accessibilityFaults(page)).toEqual([]);
    await close();
  });

  it("are asked for in the reader's own zone, and stand in the address in UTC", async () => {
    const { page, go, address, close } = await opened(KATHMANDU);
    await go(address);
    const from = page.getByLabel(/^From \(Asia\/Kat/);
    await from.fill('2026-11-29T16:15');
    expect(await page.getByText('2026-11-29 10:30Z').count()).toBe(1);
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.waitForURL(/since=/);
    expect(new URL(page.url()).searchParams.get('since')).toBe(HALF_PAST_TEN);
    expect(new URL(page.url()).searchParams.get('until')).toBe('');
    expect(await from.inputValue()).toBe('2026-11-29T16:15');
    const exported = await page.getByRole('link', { name: 'Export' }).getAttribute('href');
    expect(new URL(exported ?? '', page.url()).searchParams.get('since')).toBe(
      String(Date.parse(`${HALF_PAST_TEN}Z`)),
    );
    await from.fill('');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.waitForURL(/since=&/);
    await close();
  });

  it('keep the seconds of an address, and cut a window to the second', async () => {
    const { page, go, address, recorded, close } = await opened(KATHMANDU);
    const second = Math.floor(recorded.getTime() / 1_000) * 1_000;
    const at = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
    const rows = page.locator('tbody tr');
    await go(`${address}?since=${at(second)}&until=${at(second + 60_000)}`);
    const fitting = await rows.count();
    expect(fitting).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.waitForURL(/actorId=/);
    expect(await rows.count()).toBe(fitting);
    await go(`${address}?until=${at(second - 60_000)}`);
    expect([await rows.count(), await page.getByText('No entry fits.').count()]).toEqual([0, 1]);
    await close();
  });

  it.each<readonly [string, Look]>([
    ['without a script', { ...KATHMANDU, javaScriptEnabled: false }],
    ['where the reader is in UTC', { ...KATHMANDU, timezoneId: 'UTC' }],
  ])('are in UTC, and say so: %s', async (_, look) => {
    const { page, go, address, recorded, close } = await opened(look);
    await go(address);
    expect(await page.locator('td time').first().textContent()).toBe(utcText(recorded));
    expect(await page.getByText('Times are UTC.').count()).toBe(1);
    await page.getByLabel('From (UTC)').fill(HALF_PAST_TEN);
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.waitForURL(/since=/);
    expect(new URL(page.url()).searchParams.get('since')).toBe(HALF_PAST_TEN);
    expect(await page.getByLabel('From (UTC)').inputValue()).toBe(HALF_PAST_TEN);
    await close();
  });
});
