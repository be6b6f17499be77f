import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { selfSignedCertificate } from '@keyturn/testbed';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { randomText } from './sandbox/random';
import { exchangeHttp, type HttpExchange, type HttpRequest } from './httpExchange';
import { parseProxy } from './proxy';
import { makeProber } from './prober';
import { startVendorSandbox, type VendorSandbox } from './sandbox';
import { startConnectProxy, type ConnectProxy } from './testSupport/connectProxy';

const SECRET = randomText(40);

const certificate = selfSignedCertificate('localhost');
let directory: string;
let vendor: VendorSandbox;
const proxies: ConnectProxy[] = [];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-proxied-'));
  vendor = await startVendorSandbox({ tls: certificate });
});
afterEach(async () => {
  await vendor.close();
  rmSync(directory, { recursive: true });
  for (const proxy of proxies.splice(0)) await proxy.close();
});

const started = async (...how: Parameters<typeof startConnectProxy>): Promise<ConnectProxy> => {
  const proxy = await startConnectProxy(...how);
  proxies.push(proxy);
  return proxy;
};

const through = (
  proxy: string,
  {
    url = vendor.url,
    isCustomers = false,
    ...more
  }: Partial<HttpRequest> & { url?: string; isCustomers?: boolean } = {},
): Promise<HttpExchange> =>
  exchangeHttp({
    destination: { url: new URL('/v1/messages', url), publicOnly: true, isCustomers },
    method: 'POST',
    headers: { 'x-api-key': SECRET },
    body: '{}',
    codeHeader: null,
    requestIdHeader: 'request-id',
    timeoutMs: 10_000,
    signal: undefined,
    resolveHost: () => Promise.reject(new Error('nothing is resolved here')),
    proxy: parseProxy(proxy),
    ...more,
  });

const failed = (reason: string, retry: boolean) => ({ kind: 'failure', reason, retry });

describe('V-17: through the operator’s proxy', () => {
  test('the vendor’s certificate is verified here, and the proxy sees nothing of the key', async () => {
    const proxy = await started();
    expect(await through(proxy.url)).toEqual(failed('tls', true));
    expect(proxy.asked.map(({ target }) => target)).toEqual([new URL(vendor.url).host]);
    expect(proxy.passed()).not.toContain(SECRET);
    expect(vendor.calls).toEqual([]);
    await proxy.untilNoneIsOpen();
  });

  test.each([
    ['wants a password', 'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'],
    ['forbids it', 'HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\n{}'],
    ['answers as the vendor would', 'HTTP/1.1 529 x\r\ncontent-length: 2\r\n\r\n{}'],
    ['can’t reach the vendor', 'HTTP/1.1 502 Bad Gateway\r\n\r\n'],
    ['speaks no HTTP', 'hello\r\n\r\n'],
    ['breaks off', ''],
  ])('one that %s says nothing of the key, and gets none', async (_, answer) => {
    const proxy = await started(answer);
    expect(await through(proxy.url)).toEqual(failed('proxy', true));
    expect(proxy.passed()).toBe('');
    await proxy.untilNoneIsOpen();
  });

  test('one that is not there', async () => {
    const proxy = await startConnectProxy();
    await proxy.close();
    expect(await through(proxy.url)).toEqual(failed('proxy', true));
  });

  test('one that never answers is left when the time is up, or when the caller gives up', async () => {
    const proxy = await started(null);
    expect(await through(proxy.url, { timeoutMs: 50 })).toEqual(failed('timeout', true));
    await proxy.untilNoneIsOpen();
    const giveUp = new AbortController();
    const call = through(proxy.url, { signal: giveUp.signal });
    giveUp.abort();
    expect(await call).toEqual(failed('timeout', false));
    await proxy.untilNoneIsOpen();
  });

  test('its user and password go to it alone, and its address shows neither', async () => {
    const proxy = await started('HTTP/1.1 407 x\r\n\r\n');
    const password = randomText(20);
    const withUser = proxy.url.replace('http://', `http://ada%40acme:${password}@`);
    await through(withUser);
    expect(proxy.asked[0]?.headers['proxy-authorization']).toBe(
      `Basic ${Buffer.from(`ada@acme:${password}`).toString('base64')}`,
    );
    expect(parseProxy(withUser)?.url.href).toBe(`${proxy.url}/`);
  });
});

describe('a process that trusts the vendor’s certificate', () => {
  const environment = (more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
    const file = join(directory, 'ca.pem');
    writeFileSync(file, certificate.cert);
    return { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: file, ...more };
  };
  const called = async (proxy: string, more: NodeJS.ProcessEnv = {}) => {
    const script = join(__dirname, 'testSupport', 'exchangeProcess.cjs');
    const child = spawn(process.execPath, [script, vendor.url, proxy], { env: environment(more) });
    child.stdin.end(vendor.issueKey('anthropic', 'valid', SECRET));
    const [out, log] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const answer: unknown = JSON.parse(out);
    return { answer, log };
  };
  const answered = async (proxy: string, more?: NodeJS.ProcessEnv): Promise<unknown> =>
    (await called(proxy, more)).answer;

  test('gets the vendor’s answer through the proxy, which has seen nothing of the key', async () => {
    const proxy = await started();
    // The vendor refuses the empty body: it has read the key.
    expect(await answered(proxy.url)).toEqual({ kind: 'answer', status: 400 });
    expect(vendor.callsWith(SECRET)).toHaveLength(1);
    expect(proxy.asked).toHaveLength(1);
    expect(proxy.passed()).not.toContain(SECRET);
  });

  test('prints neither the key nor the proxy’s password where everything is printed that Node can', async () => {
    const proxy = await started();
    const password = randomText(20);
    const { answer, log } = await called(proxy.url.replace('http://', `http://ada:${password}@`), {
      NODE_DEBUG: '*',
      DEBUG: '*',
    });
    expect(answer).toEqual({ kind: 'answer', status: 400 });
    expect(log).toContain(`localhost:${new URL(vendor.url).port}`);
    for (const secret of [SECRET, password, Buffer.from(`ada:${password}`).toString('base64')]) {
      expect(log).not.toContain(secret);
    }
  });

  test('verifies a proxy’s certificate, too, whatever the environment says', async () => {
    const trusted = await started(undefined, certificate);
    expect(await answered(trusted.url)).toEqual({ kind: 'answer', status: 400 });
    const posing = await started(undefined, selfSignedCertificate('localhost'));
    expect(await answered(posing.url, { NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual({
      kind: 'failure',
      reason: 'proxy',
    });
    expect(posing.asked).toEqual([]);
  });

  test('goes through no proxy that only the environment names', async () => {
    const proxy = await started();
    const named = { HTTPS_PROXY: proxy.url, https_proxy: proxy.url, HTTP_PROXY: proxy.url };
    expect(await answered('', { ...named, NODE_USE_ENV_PROXY: '1' })).toEqual({
      kind: 'answer',
      status: 400,
    });
    expect(proxy.asked).toEqual([]);
  });
});

describe('a host that a customer named, through a proxy', () => {
  const named = 'https://models.example.com';

  test('is not asked for where it resolves to an inner address', async () => {
    const proxy = await started();
    const resolveHost = () => Promise.resolve([{ address: '10.0.0.7', family: 4 }]);
    const result = await through(proxy.url, { url: named, isCustomers: true, resolveHost });
    expect(result).toEqual(failed('connection', false));
    expect(proxy.asked).toEqual([]);
  });

  test('is asked for by the address that was vetted', async () => {
    const proxy = await started('HTTP/1.1 502 x\r\n\r\n');
    const resolveHost = () => Promise.resolve([{ address: '93.184.215.14', family: 4 }]);
    await through(proxy.url, { url: named, isCustomers: true, resolveHost });
    expect(proxy.asked.map(({ target }) => target)).toEqual(['93.184.215.14:443']);
  });

  test('that does not resolve here is not handed on', async () => {
    const proxy = await started();
    expect(await through(proxy.url, { url: named, isCustomers: true })).toEqual(failed('dns', true));
    expect(proxy.asked).toEqual([]);
  });
});

test('what a test call comes to behind a proxy that refuses is undecided: proxy', async () => {
  const proxy = await started('HTTP/1.1 403 Forbidden\r\n\r\n');
  const prober = makeProber({ proxy: proxy.url, retry: { attempts: 2 }, sleep: () => Promise.resolve() });
  const target = { vendor: 'openai', endpoint: null, region: 'eu' };
  expect(await prober.probe(target, Buffer.from(SECRET))()).toMatchObject({
    verdict: { kind: 'inconclusive', reason: 'proxy' },
    attempts: 2,
  });
  expect(proxy.asked.map(({ target: host }) => host)).toEqual([
    'eu.api.openai.com:443',
    'eu.api.openai.com:443',
  ]);
});

test('what an endpoint override names is called straight', async () => {
  const proxy = await started();
  const plain = await startVendorSandbox();
  const prober = makeProber({ proxy: proxy.url, endpointOverrides: plain.urls });
  const key = plain.issueKey('anthropic');
  const target = { vendor: 'anthropic', endpoint: null, region: null };
  expect((await prober.probe(target, Buffer.from(key))()).verdict.kind).toBe('accepted');
  expect(proxy.asked).toEqual([]);
  await plain.close();
});

test.each(['proxy.example.com:8080', 'socks5://127.0.0.1', 'http://p/x', 'http://p?x', ''])(
  'a proxy is refused, and not repeated: %j',
  (proxy) => {
    expect(() => makeProber({ proxy })).toThrow(/The proxy must be/);
    expect(() => makeProber({ proxy: `ftp://u:${SECRET}@p` })).not.toThrow(new RegExp(SECRET));
  },
);
