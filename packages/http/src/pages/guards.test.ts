import { describe, expect, it } from '@jest/globals';
import { fixedPartsOf, SecretSearch } from '@keyturn/testbed';
import { keyturnHandler } from '../keyturnHandler';
import type { HandlerOptions } from '../options';
import { atWork, type Answer } from '../testSupport/atWork';
import { ASSETS } from './assets/assets';
import { PAGES } from './table';
import { formSender } from './testSupport/forms';
import { CSRF_SECRET } from './testSupport/visitor';

const at = atWork({ csrfSecret: CSRF_SECRET, limits: { requestsPerMinute: 1_000_000 } });

/** A page's address, with something in each parameter. */
const addressOf = (path: string, workspaceId: string, given = 'x1x1x1'): string =>
  path.replace(':workspaceId', workspaceId).replaceAll(/:\w+/g, encodeURIComponent(given));

const paths = PAGES.map(({ path }) => path);
const ofWorkspace = paths.filter((path) => path.includes(':workspaceId'));
const acting = PAGES.filter(({ act }) => act !== null).map(({ path }) => path);

const nonceOf = ({ headers }: Answer): string =>
  /script-src 'nonce-([\w-]{22})'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? '';

describe('a page', () => {
  it.each(paths)(
    '%s: runs and loads nothing but its own, is kept nowhere, and is framed by nobody',
    async (path) => {
      const { get } = formSender(at(), {});
      const page = await get(addressOf(path, at().newWorkspace()));
      const nonce = nonceOf(page);
      const { headers, text } = page;
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-frame-options')).toBe('DENY');
      if (page.status === 303) return;
      expect(headers.get('content-security-policy')).toBe(
        `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; ` +
          "img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      );
      expect(text.match(/<(script|style|link rel="stylesheet")[^>]*>/g)).toHaveLength(2);
      expect(text.split(`nonce="${nonce}"`)).toHaveLength(3);
      expect(text).not.toMatch(/ (on\w+|style)=/);
    },
  );

  it('has another nonce each time', async () => {
    const { get } = formSender(at(), {});
    const keys = `/workspaces/${at().newWorkspace()}/keys`;
    const nonces = [nonceOf(await get(keys)), nonceOf(await get(keys))];
    expect(nonces.map((nonce) => nonce.length)).toEqual([22, 22]);
    expect(new Set(nonces).size).toBe(2);
  });

  it.each(ofWorkspace)(
    '%s: of another workspace is as one that there is not, and nothing is asked',
    async (path) => {
      const foreign = at().newWorkspace();
      await at().keyturn.keys.add(
        { workspaceId: foreign, actor: { kind: 'user', id: 'bob' } },
        { vendor: 'anthropic', pasted: at().sandbox.issueKey('anthropic') },
      );
      const ada = formSender(at(), { workspaces: [at().newWorkspace()] });
      at().asked.length = 0;
      const looks = await Promise.all(
        [foreign, at().newWorkspace()].flatMap((workspaceId) => [
          ada.get(addressOf(path, workspaceId)),
          ada.post(addressOf(path, workspaceId), {}),
        ]),
      );
      expect(looks.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      expect(new Set(looks.map((look) => look.text.replaceAll(nonceOf(look), ''))).size).toBe(1);
      expect(at().asked).toEqual([]);
    },
  );

  it.each(paths)('%s: is for nobody without a session', async (path) => {
    const address = `${at().url}${addressOf(path, 'acme')}`;
    expect((await fetch(address)).status).toBe(401);
  });

  it.each(PAGES.filter(({ permission }) => permission !== null).map(({ path }) => path))(
    '%s: is for those alone who are permitted',
    async (path) => {
      const ada = formSender(at(), { permissions: [] });
      expect((await ada.get(addressOf(path, at().newWorkspace()))).status).toBe(403);
    },
  );
});

describe('what a page reads', () => {
  it.each(PAGES.map(({ path, permission, act }) => [path, permission, act] as const))(
    '%s: is for those alone who are permitted that, too',
    async (path, permission, act) => {
      const { keyturn, sandbox, newWorkspace, asked } = at();
      const ctx = { workspaceId: newWorkspace(), actor: { kind: 'user', id: 'bob' } } as const;
      const pasted = sandbox.issueKey('anthropic');
      const { key } = await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted });
      await keyturn.runs.start(ctx, { runId: key.keyId });
      await keyturn.keys.setDefault(ctx, { keyId: key.keyId, projectId: key.keyId });
      const sessionId = ctx.workspaceId;
      const ada = formSender(at(), { sessionId, permissions: permission === null ? [] : [permission] });
      const { token = '' } = await formSender(at(), { sessionId }).hidden(
        `/workspaces/${ctx.workspaceId}/keys/new`,
      );
      asked.length = 0;
      await ada.get(addressOf(path, ctx.workspaceId, key.keyId));
      if (act !== null) await ada.post(addressOf(path, ctx.workspaceId, key.keyId), { token });
      expect(new Set(asked.map(({ action }) => action))).toEqual(
        new Set(asked.length === 0 || permission === null ? [] : [permission]),
      );
    },
  );
});

describe('a form', () => {
  const workspaceId = (): string => at().newWorkspace();

  it.each(acting)(
    '%s: takes nothing without its token, from another session, or from another site',
    async (path) => {
      const address = addressOf(path, workspaceId());
      const [ada, eve] = [formSender(at(), {}), formSender(at(), {})];
      const { token = '' } = await ada.hidden(`/workspaces/${at().newWorkspace()}/keys/new`);
      const { token: others = '' } = await eve.hidden(`/workspaces/${at().newWorkspace()}/keys/new`);
      expect([token, others].map((each) => each.length)).toEqual([43, 43]);
      at().asked.length = 0;
      const sent = await Promise.all([
        ada.post(address, {}),
        ada.post(address, { token: others }),
        ada.post(address, { token: `${token}x` }),
        ada.post(address, { token }, { 'sec-fetch-site': 'cross-site' }),
        ada.post(address, { token }, { 'sec-fetch-site': 'same-site' }),
        ada.post(address, { token }, { authorization: '', 'sec-fetch-site': 'none' }),
      ]);
      expect(sent.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
      for (const header of [{ 'content-type': 'text/plain' }, { 'content-encoding': 'gzip' }]) {
        expect((await ada.post(address, { token }, header)).status).toBe(415);
      }
      expect(at().asked).toEqual([]);
    },
  );

  it('says nothing that somebody else signed, or that is old', async () => {
    const { get } = formSender(at(), {});
    const { text } = await get(
      `/workspaces/${workspaceId()}/keys?notice=key-deleted~0~AbCd~${'x'.repeat(43)}`,
    );
    expect(text).not.toContain('AbCd');
  });
});

describe('a key', () => {
  it.each(paths)('%s: is in no page, wherever it was put', async (path) => {
    const key = at().sandbox.issueKey('anthropic');
    const search = new SecretSearch();
    search.add({ name: 'the canary', content: key, fixed: fixedPartsOf(key) });
    const ada = formSender(at(), {});
    const workspace = at().newWorkspace();
    const fields = await ada.hidden(`/workspaces/${workspace}/keys/new`);
    const address = addressOf(path, workspace);
    const names = [
      'label',
      'vendor',
      'caseId',
      'last4',
      'successor',
      'keyId',
      'projectId',
      'expiresAt',
      'act',
      'token',
    ];
    const answers = await Promise.all([
      ada.get(`${address}?keyId=${key}`),
      ada.get(`${address}?${key}=1`),
      ada.get(`${address}?notice=${key}`),
      ada.get(addressOf(path, workspace, key)),
      ada.get(addressOf(path, key)),
      ada.post(address, { ...fields, pasted: ` ${key}`, vendor: 'anthropic', label: `my ${key}` }),
      ada.post(address, { ...fields, pasted: `${key} `, vendor: 'openai' }),
      ada.post(address, { ...fields, pasted: key, vendor: 'none' }),
      ada.post(address, { pasted: key }),
      ada.post(address, { ...fields, [key]: '1' }),
      ...names.map((name) => ada.post(address, { ...fields, [name]: key })),
    ]);
    for (const { text, headers, status } of answers) {
      expect(search.inText('a page', `${text}\n${JSON.stringify([...headers])}`)).toEqual([]);
      expect(status).toBeLessThan(500);
    }
    expect(search.inText('what was told', JSON.stringify(at().told))).toEqual([]);
  });
});

describe('a key of no known form', () => {
  it.each(['/keys?find=', '/leaks?case=', '/keys/new?case=', '/leaks/case?case='])(
    'is not shown where people write: %s',
    async (page) => {
      const key = 'Zk3vQ9sLx2Hq7Tn0Wb5Yc8Rd1Fg4Jm6P';
      const { status, text } = await formSender(at(), {}).get(
        `/workspaces/${at().newWorkspace()}${page}${key}`,
      );
      expect(status).toBe(422);
      expect(text).not.toContain(key);
    },
  );
});

describe('what pages use', () => {
  it('is small, and may be kept, since its name changes with it', async () => {
    const sizes = await Promise.all(
      ASSETS.map(async ({ path }) => {
        const { headers, text } = await formSender(at(), {}).get(path);
        expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        return text.length;
      }),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
  });
});

describe('a handler', () => {
  const made = (options: Partial<HandlerOptions>) =>
    keyturnHandler({
      keyturn: at().keyturn,
      identify: () => ({
        actor: { kind: 'user', id: 'ada' },
        workspaces: ['acme'],
        permissions: 'all',
        sessionId: 's',
      }),
      stepUp: () => true,
      csrfSecret: CSRF_SECRET,
      ...options,
    });
  const page = (handler: ReturnType<typeof made>, path: string): Promise<Response> =>
    handler(new Request(`https://app.example${path}`));

  it('has no pages without a secret', async () => {
    const handler = keyturnHandler({ keyturn: at().keyturn, identify: () => null, stepUp: () => true });
    expect((await page(handler, '/')).headers.get('content-type')).toBe('application/problem+json');
  });

  it('may be framed by those alone that are listed', async () => {
    const response = await page(made({ frameAncestors: ['https://app.example'] }), '/workspaces/acme/keys');
    expect(response.headers.get('content-security-policy')).toMatch(
      /frame-ancestors https:\/\/app\.example$/,
    );
    expect(response.headers.get('x-frame-options')).toBeNull();
  });

  it('lies under its base path, and looks as its service does', async () => {
    const handler = made({
      basePath: '/settings/keys',
      branding: { name: 'Isokron', support: 'help@isokron.example', properties: { '--accent': '#0b6e4f' } },
    });
    const home = await page(handler, '/settings/keys');
    expect([home.status, home.headers.get('location')]).toEqual([303, '/settings/keys/workspaces/acme/keys']);
    expect((await page(handler, '/settings/keys/')).headers.get('location')).toBe('/settings/keys');
    const html = await (await page(handler, '/settings/keys/workspaces/acme/keys')).text();
    expect(html).toContain('<b>Isokron</b>');
    expect(html).toContain('href="mailto:help@isokron.example"');
    expect(html).toContain(':root{--accent:#0b6e4f}');
    expect(html.match(/(?:href|src|action)="\/(?!settings\/keys\/)/g)).toBeNull();
  });

  it.each<readonly [string, Partial<HandlerOptions>]>([
    ['a short secret', { csrfSecret: 'short' }],
    ['a colour that loads', { branding: { properties: { '--paper': 'url(https://evil.example)' } } }],
    ['a colour that ends its rule', { branding: { dark: { '--ink': 'red}body{display:none' } } }],
    ['a property that there is not', { branding: { properties: { ['--none' as '--ink']: 'red' } } }],
    ['a support that is a script', { branding: { support: 'javascript:alert(1)' } }],
    ['a frame of everybody', { frameAncestors: ['*'] }],
    ['a frame of everybody by TLS', { frameAncestors: ['https://*'] }],
    ['a frame of names within names', { frameAncestors: ['https://app.*.example'] }],
  ])('refuses %s', (_, options) => {
    expect(() => made(options)).toThrow(TypeError);
  });
});
