import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { keyturnHandler } from '../keyturnHandler';
import type { Identity } from '../options';
import { formSender } from '../pages/testSupport/forms';
import { CSRF_SECRET } from '../pages/testSupport/visitor';
import { atWork, tokenOf } from '../testSupport/atWork';

const at = atWork({ csrfSecret: CSRF_SECRET, limits: { requestsPerMinute: 40 } });
const ada = { actor: { kind: 'user', id: 'ada' } } as const;

describe('an identity that is none', () => {
  // As a service in plain JavaScript may give it.
  test.each<readonly [string, (workspace: string) => object | undefined]>([
    ['a text for the list of workspaces', (workspace) => ({ workspaces: `${workspace}-two` })],
    ['a list of other things', (workspace) => ({ workspaces: [workspace, 7] })],
    ['a text for the list of permissions', () => ({ permissions: 'ListKeysDue' })],
    ['no session', () => ({ sessionId: undefined })],
    ['a session without a name', () => ({ sessionId: '' })],
    ['nothing', () => undefined],
  ])('lets nobody in: %s', async (_what, wrong) => {
    const { keyturn, newWorkspace } = at();
    const workspace = newWorkspace();
    const given = wrong(workspace);
    const right: Identity = { ...ada, workspaces: [workspace], permissions: 'all', sessionId: 's' };
    const told: unknown[] = [];
    const handler = keyturnHandler({
      keyturn,
      identify: () => (given === undefined ? given : { ...right, ...given }) as Identity,
      stepUp: () => true,
      csrfSecret: CSRF_SECRET,
      onFault: ({ error }) => told.push(error),
    });
    for (const path of [`/api/v1/workspaces/${workspace}/keys`, `/workspaces/${workspace}/keys`]) {
      expect((await handler(new Request(`https://app.example${path}`))).status).toBe(500);
    }
    expect(told).toEqual([expect.any(TypeError), expect.any(TypeError)]);
  });
});

test('pages and API count the requests of a session together', async () => {
  const { url, newWorkspace } = at();
  const cookie = `session=${tokenOf(ada)}`;
  const paths = ['/api/v1/vendors', `/workspaces/${newWorkspace()}/runs`];
  const statuses: number[] = [];
  for (let sent = 0; sent < 60; sent += 1) {
    statuses.push((await fetch(`${url}${paths[sent % 2] ?? ''}`, { headers: { cookie } })).status);
  }
  expect(statuses.filter((status) => status === 200).length).toBeLessThan(50);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(9);
});

describe('a body that ends before its end', () => {
  test.each([
    ['of the API', '/api/v1/verify', 'application/json'],
    ['of a form', '/workspaces/acme/keys/new', 'application/x-www-form-urlencoded'],
  ])('is nothing that broke here: %s', async (_what, path, type) => {
    const { url, told } = at();
    const before = told.length;
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      [
        `POST ${path} HTTP/1.1`,
        'Host: 127.0.0.1',
        `Authorization: Bearer ${tokenOf(ada)}`,
        `Content-Type: ${type}`,
        'Content-Length: 100',
        '',
        '{"depth":',
      ].join('\r\n'),
    );
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    socket.end();
    socket.resume();
    await closed;
    // Whoever comes next is answered after it.
    expect((await formSender(at(), ada).get('/')).status).toBe(200);
    expect(told.slice(before)).toEqual([]);
  });
});

test('every answer has its headers, also to an address that is not under the base path', async () => {
  const handler = keyturnHandler({
    keyturn: at().keyturn,
    identify: () => null,
    stepUp: () => true,
    basePath: '/settings/keys',
    csrfSecret: CSRF_SECRET,
  });
  const paths = [
    '/',
    '/other',
    '/settings/keysx',
    '//settings/keys',
    '/settings/keys/x',
    '/settings/keys/api/x',
  ];
  for (const path of paths) {
    const { status, headers } = await handler(new Request(`https://app.example${path}`));
    expect([path, status]).toEqual([path, 404]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-keyturn-nonce')).toBeNull();
  }
});
