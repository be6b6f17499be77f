import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let proxy: Server;
const asked: string[] = [];
beforeAll(async () => {
  shop = await openWorkshop();
  proxy = createServer().on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterAll(async () => {
  proxy.close();
  await shop.close();
});

const addingThrough = (named: string) => {
  const words = ['keys', 'add', '--workspace', 'acme', '--vendor', 'anthropic'];
  const env = { KEYTURN_PROXY: named, KEYTURN_ENDPOINT_ANTHROPIC: undefined };
  return shop.run(words, { input: shop.sandbox.issueKey('anthropic'), env });
};

test('V-17: a test call goes through a named proxy, and one that refuses says nothing of the key', async () => {
  const address = proxy.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const { stdout, stderr, status } = await addingThrough(`http://127.0.0.1:${port}`);
  const told = `${stdout}${stderr}`.replace(/\s+/g, ' ');
  expect(asked.length).toBeGreaterThan(0);
  expect(new Set(asked)).toEqual(new Set(['api.anthropic.com:443']));
  expect(told).toContain("the operator's proxy did not connect the call");
  expect(told).toContain('the operator of this service has to mend it');
  expect(status).toBe(0);
  expect(at((await shop.ask(['keys', 'list', '--workspace', 'acme'])).document, 'keys', 0, 'status')).toBe(
    'pending',
  );
});

test('a proxy that is none is not repeated: its user and password are secrets', async () => {
  const { stderr, status } = await addingThrough('socks://ada:hush@proxy.example.com');
  expect(stderr).toContain('The proxy must be http(s)://[user:password@]host[:port]');
  expect(stderr).not.toContain('hush');
  expect(status).toBe(2);
});
