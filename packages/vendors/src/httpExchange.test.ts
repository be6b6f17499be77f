import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { selfSignedCertificate } from '@keyturn/testbed';
import { exchangeHttp } from './httpExchange';
import type { HttpExchange } from './httpExchange';
import type { ResolveHost } from './connecting';
import { startVendorSandbox, type VendorSandbox } from './sandbox';

let plain: VendorSandbox;
let tls: VendorSandbox;
beforeEach(async () => {
  plain = await startVendorSandbox();
  tls = await startVendorSandbox({ tls: selfSignedCertificate('localhost') });
});
afterEach(() => Promise.all([plain.close(), tls.close()]));

const call = (
  url: string,
  publicOnly: boolean,
  resolveHost: ResolveHost = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
): Promise<HttpExchange> =>
  exchangeHttp({
    destination: { url: new URL('/v1/messages', url), publicOnly, isCustomers: false },
    method: 'POST',
    headers: {},
    body: '{}',
    codeHeader: null,
    requestIdHeader: 'request-id',
    timeoutMs: 10_000,
    signal: undefined,
    resolveHost,
    proxy: null,
  });

const failed = (reason: string, retry: boolean) => ({ kind: 'failure', reason, retry });

describe('an address that is not public', () => {
  test('is not called under a public name, and is not tried again', async () => {
    const result = await call(plain.url.replace('127.0.0.1', 'api.example.com'), true);
    expect(result).toEqual(failed('connection', false));
    expect(plain.calls).toEqual([]);
  });

  test('is not called when it hides among public ones', async () => {
    const result = await call(plain.url.replace('127.0.0.1', 'api.example.com'), true, () =>
      Promise.resolve([
        { address: '8.8.8.8', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]),
    );
    expect(result).toEqual(failed('connection', false));
    expect(plain.calls).toEqual([]);
  });

  test('is not called when it stands in the URL itself', async () => {
    expect(await call(plain.url, true)).toEqual(failed('connection', false));
    expect(plain.calls).toEqual([]);
  });

  test('is called on an operator’s word', async () => {
    const result = await call(plain.url.replace('127.0.0.1', 'api.example.com'), false);
    expect(result).toMatchObject({ kind: 'answer', status: 401 });
    expect(plain.calls).toHaveLength(1);
  });
});

test('the name is resolved once, and that address is connected to', async () => {
  const asked: string[] = [];
  const result = await call(plain.url.replace('127.0.0.1', 'api.example.com'), false, (host) => {
    asked.push(host);
    return Promise.resolve([{ address: asked.length === 1 ? '127.0.0.1' : '192.0.2.1', family: 4 }]);
  });
  expect(result.kind).toBe('answer');
  expect(asked).toEqual(['api.example.com']);
});

describe('a name that does not resolve', () => {
  test.each<[string, ResolveHost]>([
    ['rejects', () => Promise.reject(new Error('ENOTFOUND'))],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['has no address', () => Promise.resolve([])],
  ])('%s', async (_how, resolveHost) => {
    expect(await call('http://api.example.com', true, resolveHost)).toEqual(failed('dns', true));
  });
});

describe('TLS', () => {
  test('a certificate that nobody trusts is not accepted', async () => {
    expect(await call(tls.url, false)).toEqual(failed('tls', true));
    expect(tls.calls).toEqual([]);
  });

  test('a server that speaks no TLS', async () => {
    expect(await call(plain.url.replace('http:', 'https:'), false)).toEqual(failed('tls', true));
    expect(plain.calls).toEqual([]);
  });
});

test('each call has a connection of its own', async () => {
  for (const count of [1, 2, 3]) {
    await call(plain.url, false);
    expect(plain.connections()).toBe(count);
  }
});
