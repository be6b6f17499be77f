import { describe, expect, test } from '@jest/globals';
import type { Route } from './api/route';
import { ROUTES } from './routes/table';
import { atWork, send, tokenOf } from './testSupport/atWork';
import { pathOf, sampleRequest } from './testSupport/samples';

const at = atWork({ allowVendorAdminCredentials: true });

const named = (routes: ReadonlyArray<Route>): ReadonlyArray<readonly [string, Route]> =>
  routes.map((route) => [route.face.id, route]);

const all = named(ROUTES);
const ofWorkspace = named(ROUTES.filter(({ face }) => face.scope === 'workspace'));
const withBody = named(ROUTES.filter(({ face }) => face.body !== null));
const changing = named(ROUTES.filter(({ face }) => face.method !== 'GET'));
const withPermission = named(ROUTES.filter(({ face }) => face.permission !== null));
const ofAll = named(ROUTES.filter(({ face }) => face.scope === 'all'));

const bodyOf = (body: unknown) => (body === undefined ? {} : { body });

describe('nobody gets in', () => {
  test.each(all)('without a session: %s', async (_id, { face }) => {
    const sample = sampleRequest(face, 'acme');
    const answer = await send(`${at().url}/api/v1${pathOf(sample)}`, sample.method, bodyOf(sample.body));
    expect(answer).toMatchObject({ status: 401, json: { type: 'unauthenticated' } });
    expect(answer.headers.get('www-authenticate')).not.toBeNull();
  });

  test.each(withPermission)('without the permission: %s', async (_id, { face }) => {
    const workspace = at().newWorkspace();
    const sample = sampleRequest(face, workspace);
    const before = at().asked.length;
    const answer = await at().as({ permissions: [] })(sample.method, pathOf(sample), bodyOf(sample.body));
    expect(answer).toMatchObject({ status: 403, json: { type: 'not-permitted' } });
    expect(at().asked).toHaveLength(before);
  });

  test.each(ofAll)('to the rows of everybody, with a few workspaces: %s', async (_id, { face }) => {
    const sample = sampleRequest(face, '');
    const answer = await at().as({ workspaces: ['acme'] })(
      sample.method,
      pathOf(sample),
      bodyOf(sample.body),
    );
    expect(answer).toMatchObject({ status: 403, json: { type: 'not-permitted' } });
  });
});

describe("another's workspace", () => {
  test.each(ofWorkspace)('is the same as none, and nothing is asked of it: %s', async (_id, { face }) => {
    const [own, theirs, none] = [at().newWorkspace(), at().newWorkspace(), at().newWorkspace()];
    await at().keyturn.keys.add(
      { workspaceId: theirs, actor: { kind: 'user', id: 'eve' } },
      { vendor: 'anthropic', pasted: at().sandbox.issueKey('anthropic') },
    );
    const ada = at().as({ workspaces: [own] });
    const before = at().asked.length;
    const [toTheirs, toNone] = [sampleRequest(face, theirs), sampleRequest(face, none)];
    const there = await ada(toTheirs.method, pathOf(toTheirs), bodyOf(toTheirs.body));
    const nowhere = await ada(toNone.method, pathOf(toNone), bodyOf(toNone.body));
    expect(there).toMatchObject({ status: 404, json: { type: 'unknown-workspace' } });
    expect(there.text).toBe(nowhere.text);
    expect([...there.headers.keys()]).toEqual([...nowhere.headers.keys()]);
    expect(at().asked).toHaveLength(before);
  });

  test.each([
    ['by dots', (own: string, theirs: string) => `/workspaces/${own}/../${theirs}/keys`],
    ['by encoded dots', (own: string, theirs: string) => `/workspaces/${own}/%2e%2e/${theirs}/keys`],
    ['by an encoded slash', (own: string, theirs: string) => `/workspaces/${own}%2F..%2F${theirs}/keys`],
    ['by a list', (own: string, theirs: string) => `/workspaces/${own},${theirs}/keys`],
    ['by a parameter', (own: string, theirs: string) => `/workspaces/${own}/keys?workspaceId=${theirs}`],
    ['by another spelling', (_own: string, theirs: string) => `/workspaces/${theirs.toUpperCase()}/keys`],
    ['by a NUL', (own: string, theirs: string) => `/workspaces/${theirs}%00${own}/keys`],
  ])('is not reached %s', async (_how, pathTo) => {
    const [own, theirs] = [at().newWorkspace(), at().newWorkspace()];
    await at().keyturn.keys.add(
      { workspaceId: theirs, actor: { kind: 'user', id: 'eve' } },
      { vendor: 'anthropic', pasted: at().sandbox.issueKey('anthropic'), label: 'theirs' },
    );
    const answer = await at().as({ workspaces: [own] })('GET', pathTo(own, theirs));
    expect([404, 422]).toContain(answer.status);
    expect(answer.text).not.toContain('theirs');
  });
});

describe('a session in a browser', () => {
  const others: ReadonlyArray<readonly [string, Readonly<Record<string, string>>]> = [
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['an address bar', { 'sec-fetch-site': 'none' }],
    ['an old browser on another site', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['nobody who says where', {}],
  ];

  test.each(changing)('changes nothing for others: %s', async (_id, { face }) => {
    const sample = sampleRequest(face, at().newWorkspace());
    const cookie = `session=${tokenOf({})}`;
    for (const [, headers] of others) {
      const answer = await send(`${at().url}/api/v1${pathOf(sample)}`, sample.method, {
        headers: { cookie, ...headers },
        ...bodyOf(sample.body),
      });
      expect(answer).toMatchObject({ status: 403, json: { type: 'cross-site' } });
    }
  });

  test.each([
    [
      'by the word of the browser',
      () => ({ 'sec-fetch-site': 'same-origin', origin: 'https://app.example' }),
    ],
    ['by its origin', () => ({ origin: at().url })],
  ])('does what a page of this site asks, %s', async (_how, headers) => {
    const answer = await send(`${at().url}/api/v1/workspaces/${at().newWorkspace()}/keys`, 'POST', {
      headers: { cookie: `session=${tokenOf({})}`, ...headers() },
      body: { vendor: 'anthropic', pasted: at().sandbox.issueKey('anthropic') },
    });
    expect(answer.status).toBe(201);
  });

  test('reads without a word on where from, and no other site reads along', async () => {
    const answer = await send(`${at().url}/api/v1/vendors`, 'GET', {
      headers: { cookie: `session=${tokenOf({})}`, origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    const preflight = await send(`${at().url}/api/v1/vendors`, 'OPTIONS', {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
    });
    expect(preflight).toMatchObject({ status: 405 });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a body that is not what it has to be', () => {
  const refused: ReadonlyArray<
    readonly [string, Readonly<Record<string, string>>, (text: string) => string | Uint8Array, number]
  > = [
    ['no type', { 'content-type': '' }, (text) => text, 415],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, () => 'vendor=anthropic', 415],
    ['text', { 'content-type': 'text/plain' }, (text) => text, 415],
    ['another charset', { 'content-type': 'application/json; charset=utf-16' }, (text) => text, 415],
    ['a type that only begins so', { 'content-type': 'application/json-patch+json' }, (text) => text, 415],
    ['an encoding', { 'content-encoding': 'gzip' }, (text) => text, 415],
    ['no JSON', {}, (text) => `${text},`, 400],
    ['two values', {}, (text) => `${text}${text}`, 400],
    ['a byte order mark', {}, (text) => `\uFEFF${text}`, 400],
    ['no UTF-8', {}, () => Uint8Array.of(0x22, 0xc3, 0x28, 0x22), 400],
    ['a member twice', {}, () => '{"keyId":"a","keyId":"b"}', 400],
    ['a member twice, spelled differently', {}, () => '{"keyId":"a","key\\u0049d":"b"}', 400],
    ['a member twice, deep inside', {}, () => '{"choice":{"kind":"default","kind":"key"}}', 400],
    ['an unknown member', {}, (text) => text.replace(/[}]$/, `${text === '{}' ? '' : ','}"unknown":1}`), 422],
    ['a prototype', {}, (text) => text.replace(/[}]$/, `${text === '{}' ? '' : ','}"__proto__":{}}`), 422],
    ['a list', {}, () => '[]', 422],
    ['null', {}, () => 'null', 422],
    ['more than is taken', {}, () => JSON.stringify({ pasted: 'x'.repeat(3_000_000) }), 413],
    ['deep nesting', {}, () => '['.repeat(30_000) + ']'.repeat(30_000), 422],
  ];

  const expectRefused = async ({ face }: Route, kinds: typeof refused): Promise<void> => {
    const sample = sampleRequest(face, at().newWorkspace());
    const ada = at().as({});
    for (const [what, headers, rawOf, status] of kinds) {
      const answer = await ada(sample.method, pathOf(sample), {
        headers,
        raw: rawOf(JSON.stringify(sample.body)),
      });
      expect([what, answer.status]).toEqual([what, status]);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
    }
  };

  // What all routes share is tried on the one that takes a key.
  test('is not taken, whatever it is', async () => {
    const addKey = ROUTES.find(({ face }) => face.id === 'addKey');
    if (addKey === undefined) throw new Error('no route adds a key');
    await expectRefused(addKey, refused);
  });

  test.each(withBody)('is not taken: %s', async (_id, route) => {
    await expectRefused(
      route,
      refused.filter(([what]) => ['a form', 'a member twice', 'an unknown member', 'null'].includes(what)),
    );
  });

  test('is refused where none is taken', async () => {
    const ada = at().as({});
    const path = `/workspaces/${at().newWorkspace()}/keys/abcdef/validate`;
    expect(await ada('POST', path, { body: {} })).toMatchObject({
      status: 422,
      json: { facts: { field: 'body' } },
    });
  });
});

describe('an address', () => {
  test.each(all)('takes its own methods alone, and no unknown parameter: %s', async (_id, { face }) => {
    const sample = sampleRequest(face, at().newWorkspace());
    const ada = at().as({});
    for (const method of ['DELETE', 'PATCH', 'PROPFIND']) {
      const answer = await ada(method, pathOf(sample));
      expect(answer).toMatchObject({ status: 405, json: { type: 'method-not-allowed' } });
      expect(answer.headers.get('allow')?.split(', ')).toContain(face.method);
    }
    const answer = await ada(sample.method, `${sample.path}?unknown=1`, bodyOf(sample.body));
    expect(answer).toMatchObject({ status: 422, json: { type: 'invalid-input', facts: { field: 'query' } } });
  });

  test('that there is not is a problem, too', async () => {
    const ada = at().as({});
    for (const path of ['', '/', '/nothing', '/keys', '/workspaces/acme/keys/', '//vendors']) {
      expect(await ada('GET', path)).toMatchObject({ status: 404, json: { type: 'unknown-path' } });
    }
  });

  test('takes a parameter once', async () => {
    const answer = await at().as({})('GET', `/workspaces/${at().newWorkspace()}/runs?limit=1&limit=2`);
    expect(answer).toMatchObject({ status: 422, json: { facts: { field: 'limit' } } });
  });
});
