import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessibilityFaults, onChromium, startChromium } from '@keyturn/testbed/browser';
import { request } from 'node:http';
import { makeEntrance } from './serve/entrance';
import { listenAt, type Listening } from './serve/listen';
import { HERE } from './serve/plan';
import { startServing, type Serving } from './testSupport/serving';
import { openWorkshop, type Workshop } from './testSupport/workshop';

const WHO = { actor: { kind: 'user', id: 'ada' }, workspaces: ['acme'], permissions: 'all' } as const;

const withCookie = (cookie: string): Request => new Request('http://127.0.0.1:1/', { headers: { cookie } });

describe('the entrance', () => {
  it('trades its link once, for a cookie that no page reads and no other site sends', () => {
    const { path, before, identify } = makeEntrance(7_301, WHO);
    const link = new Request(`http://127.0.0.1:7301${path}`);
    const entered = before(link);
    const cookie = entered?.headers.get('set-cookie') ?? '';
    expect([entered?.status, entered?.headers.get('location')]).toEqual([303, '/']);
    expect(cookie).toMatch(/^keyturn-7301=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(path.split('/').at(-1));
    expect(before(link)?.status).toBe(403);
    expect(identify(withCookie(`other=1; ${cookie.split(';')[0] ?? ''}`))).toMatchObject(WHO);
  });

  it('opens to nobody else', () => {
    const { path, before, identify } = makeEntrance(7_301, WHO);
    expect(before(new Request('http://127.0.0.1:7301/'))).toBeNull();
    expect(before(new Request(`http://127.0.0.1:7301${path}x`))?.status).toBe(403);
    expect(before(new Request(`http://127.0.0.1:7301${path}`, { method: 'POST' }))?.status).toBe(403);
    // A guess uses nothing up.
    expect(before(new Request(`http://127.0.0.1:7301${path}`))?.status).toBe(303);
    for (const cookie of ['', 'keyturn-7301=', `keyturn-7301=${'x'.repeat(43)}`, `keyturn-7302=${path}`]) {
      expect(identify(withCookie(cookie))).toBeNull();
    }
  });
});

describe('the server', () => {
  let here: Listening;
  beforeAll(async () => {
    here = await listenAt({ place: { kind: 'port', host: HERE, port: 0 } });
    here.answerBy(async () => new Response('answered'));
  });
  afterAll(() => here.close());

  const statusFor = (host: string): Promise<number | undefined> =>
    new Promise((status, failed) => {
      const sent = request({ host: '127.0.0.1', port: here.port, headers: { host } }, (response) => {
        response.resume();
        status(response.statusCode);
      });
      sent.once('error', failed);
      sent.end();
    });

  it('answers to its own address alone', async () => {
    expect(await statusFor(`127.0.0.1:${here.port}`)).toBe(200);
    for (const host of ['evil.example', `evil.example:${here.port}`, `localhost:${here.port}`, '127.0.0.1']) {
      expect([host, await statusFor(host)]).toEqual([host, 421]);
    }
  });

  it('says which port is taken', async () => {
    await expect(listenAt({ place: { kind: 'port', host: HERE, port: here.port } })).rejects.toThrow(
      'EADDRINUSE',
    );
  });
});

onChromium(describe)('keyturn serve', () => {
  let shop: Workshop;
  let serving: Serving;
  beforeAll(async () => {
    shop = await openWorkshop();
    serving = await startServing(shop, ['--workspace', 'acme', '--as', 'user:ada']);
  });
  afterAll(async () => {
    await serving.stop();
    await shop.close();
  });

  it('shows the screens to whoever has the link, until it is stopped', async () => {
    const chromium = await startChromium();
    const { page, errors, close } = await chromium.open(serving.link);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Keys');
    expect(await accessibilityFaults(page)).toEqual([]);
    const pasted = shop.sandbox.issueKey('anthropic');
    await page.getByRole('link', { name: 'Add key' }).click();
    await page.getByLabel('Vendor').selectOption('anthropic');
    await page.getByLabel('Key', { exact: true }).fill(pasted);
    await page.getByRole('button', { name: 'Add key' }).click();
    await page.getByRole('heading', { name: `…${pasted.slice(-4)} · Default` }).waitFor();
    expect(await page.getByText('by ada').count()).toBe(1);
    expect(errors).toEqual([]);
    await close();
    const stranger = await chromium.open(serving.link);
    expect(await stranger.page.getByText('This link was used').count()).toBe(1);
    await stranger.close();
    await chromium.close();
    expect(await serving.stop()).toEqual({ status: 0, stdout: 'Stopped.\n' });
    const { stdout } = await shop.run(['keys', 'list', '--workspace', 'acme']);
    expect(stdout).toContain(`…${pasted.slice(-4)} · Default`);
  });
});
