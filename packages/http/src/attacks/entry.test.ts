import { describe, expect, test } from '@jest/globals';
import { sampled } from '@keyturn/testbed/sampling';
import type { AtWork } from '../testSupport/atWork';
import { atWork, send, tokenOf } from '../testSupport/atWork';
import { OPERATIONS, type Operation } from '../testSupport/operations';
import { requestOf } from '../testSupport/requests';
import { placesIn, takesText } from '../testSupport/schemaSamples';

const at = atWork({
  allowVendorAdminCredentials: true,
  limits: { requestsPerMinute: 1_000_000 },
  stepUp: (request) => request.headers.get('x-fresh') !== 'no',
});

const named = (operations: ReadonlyArray<Operation>): ReadonlyArray<readonly [string, Operation]> =>
  operations.map((operation) => [operation.id, operation]);

const all = named(OPERATIONS);
const changing = named(OPERATIONS.filter(({ method }) => method !== 'GET'));
const withPermission = named(OPERATIONS.filter(({ permission }) => permission !== null));
const ofAll = named(OPERATIONS.filter(({ scope }) => scope === 'all'));
const stepUps = named(OPERATIONS.filter(({ isStepUp }) => isStepUp));

/** What the door asks for beside an operation's own permission: of each workspace of a case whether it may be seen. */
const ASKED_TOO: Readonly<Record<string, string>> = { showCase: 'ReadHistory', showCaseOfAll: 'ReadHistory' };

/** A workspace with a key and a run, each named in every member that takes its id. */
const furnished = async ({ keyturn, sandbox, newWorkspace }: AtWork) => {
  const ctx = { workspaceId: newWorkspace(), actor: { kind: 'user', id: 'bob' } } as const;
  const pasted = sandbox.issueKey('anthropic');
  const { key } = await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted });
  await keyturn.runs.start(ctx, { runId: key.keyId });
  return { ctx, keyId: key.keyId, pasted };
};

test('there is something to attack', () => {
  expect([all, changing, withPermission, ofAll, stepUps].map(({ length }) => length > 5)).toEqual(
    Array.from({ length: 5 }, () => true),
  );
});

describe('nobody gets in', () => {
  test.each(all)('without a session: %s', async (_id, operation) => {
    const { method, path, sent } = requestOf(operation, { workspaceId: 'acme' });
    const url = `${at().url}/api/v1${path}`;
    const others: ReadonlyArray<Readonly<Record<string, string>>> = [
      {},
      { authorization: 'Bearer of-nobody' },
      { cookie: 'session=of-nobody' },
      { authorization: `Basic ${tokenOf({})}` },
    ];
    for (const headers of others) {
      const answer = await send(url, method, { ...sent, headers: { ...sent.headers, ...headers } });
      expect(answer).toMatchObject({ status: 401, json: { type: 'unauthenticated' } });
      expect(answer.headers.get('www-authenticate')).not.toBeNull();
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  test.each(withPermission)('without the permission: %s', async (_id, operation) => {
    const { method, path, sent } = requestOf(operation, { workspaceId: at().newWorkspace() });
    const before = at().asked.length;
    const answer = await at().as({ permissions: [] })(method, path, sent);
    expect(answer).toMatchObject({ status: 403, json: { type: 'not-permitted' } });
    expect(at().asked).toHaveLength(before);
  });

  test.each(withPermission)('further than the permission leads: %s', async (_id, operation) => {
    const { ctx, keyId, pasted } = await furnished(at());
    const request = { workspaceId: ctx.workspaceId, text: keyId };
    const bodies = operation.body === null ? [] : placesIn(operation.body, keyId).filter(takesText);
    at().asked.length = 0;
    const permissions = OPERATIONS.flatMap(({ permission }) =>
      permission === operation.permission && permission !== null ? [permission as 'ListKeys'] : [],
    );
    const ada = at().as({ permissions });
    const filled = sampled(bodies, 3).map((place) => place.valueWith(pasted));
    for (const body of [undefined, ...filled]) {
      const { method, path, sent } = requestOf(
        operation,
        body === undefined ? request : { ...request, body },
      );
      await ada(method, path, { ...sent, headers: { 'if-match': '*' } });
    }
    const beyond = at().asked.filter(({ action }) => action !== operation.permission);
    expect(new Set(beyond.map(({ action }) => action))).toEqual(
      new Set(beyond.length === 0 ? [] : [ASKED_TOO[operation.id]]),
    );
  });

  test.each(ofAll)('to the rows of everybody, with a few workspaces: %s', async (_id, operation) => {
    const { method, path, sent } = requestOf(operation, { workspaceId: '' });
    const answer = await at().as({ workspaces: ['acme'] })(method, path, sent);
    expect(answer).toMatchObject({ status: 403, json: { type: 'not-permitted' } });
  });

  test.each(stepUps)('with a log-in that is not fresh: %s', async (_id, operation) => {
    const { ctx, keyId } = await furnished(at());
    const { workspaceId } = ctx;
    const { method, path, sent } = requestOf(operation, { workspaceId, text: keyId });
    const { revision } = await at().keyturn.keys.checked(ctx);
    for (const more of [{}, { 'if-match': '*' }, { 'idempotency-key': 'one' }]) {
      const headers = { ...sent.headers, ...more, 'x-fresh': 'no' };
      const answer = await at().as({})(method, path, { ...sent, headers });
      expect(answer).toMatchObject({ status: 403, json: { type: 'step-up-required' } });
    }
    expect((await at().keyturn.keys.checked(ctx)).revision).toBe(revision);
  });
});

describe('a session in a browser', () => {
  const others: ReadonlyArray<Readonly<Record<string, string>>> = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-origin, cross-site' },
    { 'sec-fetch-site': '' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { authorization: 'Bearer' },
    {},
  ];

  test.each(changing)('changes nothing for other sites: %s', async (_id, operation) => {
    const { method, path, sent } = requestOf(operation, { workspaceId: at().newWorkspace() });
    const token = tokenOf({});
    const cookie = `session=${token}`;
    const before = at().asked.length;
    // A gateway may make a token of the cookie, whoever had the browser send it.
    const byGateway = others
      .filter((from) => 'origin' in from || 'sec-fetch-site' in from)
      .map((from) => ({ ...from, authorization: `Bearer ${token}` }));
    for (const from of sampled([...others, ...byGateway], 5)) {
      const headers = { ...sent.headers, cookie, ...from };
      const answer = await send(`${at().url}/api/v1${path}`, method, { ...sent, headers });
      expect([from, answer.status, answer.json]).toEqual([
        from,
        403,
        expect.objectContaining({ type: 'cross-site' }),
      ]);
    }
    expect(at().asked).toHaveLength(before);
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

describe('an address', () => {
  test.each(all)('takes its own methods alone, and no unknown parameter: %s', async (_id, operation) => {
    const request = { workspaceId: at().newWorkspace(), query: { unknown: '1' } };
    const { method, path, sent } = requestOf(operation, request);
    const ada = at().as({});
    for (const other of ['DELETE', 'PATCH', 'PROPFIND']) {
      const answer = await ada(other, path, { headers: { 'x-http-method-override': method } });
      expect(answer).toMatchObject({ status: 405, json: { type: 'method-not-allowed' } });
      expect(answer.headers.get('allow')?.split(', ')).toContain(method);
    }
    const answer = await ada(method, path, sent);
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
