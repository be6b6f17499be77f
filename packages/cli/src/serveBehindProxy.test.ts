import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { selfSignedCertificate } from '@keyturn/testbed';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { asked, type Answered } from './testSupport/asked';
import { startServing, type Serving } from './testSupport/serving';
import { openWorkshop, type Workshop } from './testSupport/workshop';

const ORIGIN = ['--origin', 'https://keys.example'];
const HOST = 'keys.example';

const PEOPLE = {
  freshLogin: { header: 'X-Auth-Time', seconds: 300 },
  people: [
    { identity: 'ada@acme.example', actor: 'user:ada', workspaces: ['acme'], permissions: 'all' },
    { identity: 'eve@acme.example', actor: 'user:eve', workspaces: ['acme'], permissions: ['ListKeys'] },
  ],
};

describe('keyturn serve behind a proxy', () => {
  const secret = randomBytes(32).toString('base64url');
  const { cert, key } = selfSignedCertificate(HOST);
  let shop: Workshop;
  let last4: string;
  const at = (name: string): string => join(shop.directory, name);
  const NAMED = ['--identity-header', 'X-Forwarded-Email', ...ORIGIN, '--people', 'people.json'];
  const TLS = ['--tls-certificate', 'cert.pem', '--tls-key', 'key.pem'];
  const SECRET = ['--proxy-secret-file', 'secret'];

  beforeAll(async () => {
    shop = await openWorkshop();
    ({ last4 } = await shop.add('acme'));
    await shop.add('globex');
    writeFileSync(at('people.json'), JSON.stringify(PEOPLE));
    writeFileSync(at('cert.pem'), cert);
    writeFileSync(at('key.pem'), key, { mode: 0o600 });
    writeFileSync(at('secret'), `${secret}\n`, { mode: 0o600 });
  });
  afterAll(() => shop.close());

  describe('on a port, with TLS', () => {
    let serving: Serving;
    beforeAll(async () => {
      serving = await startServing(shop, ['--host', '0.0.0.0', ...TLS, ...SECRET, ...NAMED]);
    });
    afterAll(() => serving.stop());

    const get = (path: string, headers: Readonly<Record<string, string | string[]>>): Promise<Answered> =>
      asked({
        ca: cert,
        servername: HOST,
        host: '127.0.0.1',
        port: new URL(serving.link).port,
        path,
        headers: { Host: HOST, ...headers },
      });
    const ada = { 'X-Forwarded-Email': 'ada@acme.example', 'Keyturn-Proxy-Secret': secret };

    it('shows somebody what is theirs, and nothing of another', async () => {
      const shown = await get('/workspaces/acme/keys', ada);
      expect([shown.status, shown.text]).toEqual([200, expect.stringContaining(`…${last4} · Default`)]);
      expect((await get('/workspaces/globex/keys', ada)).status).toBe(404);
      expect((await get('/api/v1/workspaces/acme/keys', ada)).status).toBe(200);
      const eve = { ...ada, 'X-Forwarded-Email': 'eve@acme.example' };
      expect((await get('/workspaces/acme/keys', eve)).status).toBe(200);
      expect((await get('/workspaces/acme/activity', eve)).status).toBe(403);
    });

    it.each<readonly [string, Readonly<Record<string, string | string[]>>, number, string]>([
      ['no secret', { 'Keyturn-Proxy-Secret': '' }, 401, 'its proxy alone'],
      ['another secret', { 'Keyturn-Proxy-Secret': 'x'.repeat(43) }, 401, 'its proxy alone'],
      ['the beginning of the secret', { 'Keyturn-Proxy-Secret': secret.slice(1) }, 401, 'its proxy alone'],
      ['the secret twice', { 'Keyturn-Proxy-Secret': [secret, secret] }, 401, 'its proxy alone'],
      ['nobody named', { 'X-Forwarded-Email': '' }, 403, 'nobody let you in'],
      ['somebody unknown', { 'X-Forwarded-Email': 'mallory@acme.example' }, 403, 'nobody let you in'],
      [
        'two people named',
        { 'X-Forwarded-Email': ['ada@acme.example', 'eve@acme.example'] },
        403,
        'nobody let you in',
      ],
      ['another Host', { Host: 'evil.example' }, 421, 'its own address alone'],
      ['its own address in place of the origin', { Host: '127.0.0.1' }, 421, 'its own address alone'],
    ])('lets nobody in with %s', async (_, headers, status, said) => {
      for (const path of ['/workspaces/acme/keys', '/api/v1/workspaces/acme/keys', '/nothing']) {
        const answer = await get(path, { ...ada, ...headers });
        expect([path, answer.status, answer.text]).toEqual([path, status, expect.stringContaining(said)]);
        expect(answer.text).not.toContain(last4);
      }
    });

    it('takes a header that is left out for nobody', async () => {
      const answer = await get('/workspaces/acme/keys', { 'Keyturn-Proxy-Secret': secret });
      expect([answer.status, answer.text]).toEqual([401, expect.stringContaining('did not say who you are')]);
    });

    it('speaks no plain HTTP', async () => {
      const { port } = new URL(serving.link);
      await expect(asked({ host: '127.0.0.1', port, headers: { Host: HOST, ...ada } })).rejects.toThrow();
    });

    it('asks for a fresh log-in where nothing can be taken back', async () => {
      const hardDelete = (ago: number | string): Promise<Answered> =>
        asked(
          {
            ca: cert,
            servername: HOST,
            host: '127.0.0.1',
            port: new URL(serving.link).port,
            path: '/api/v1/workspaces/acme/keys/no-such-key/hard-delete',
            method: 'POST',
            headers: {
              Host: HOST,
              ...ada,
              'Content-Type': 'application/json',
              'Sec-Fetch-Site': 'same-origin',
              'X-Auth-Time': typeof ago === 'string' ? ago : String(Math.floor(Date.now() / 1_000) - ago),
            },
          },
          { caseId: 'SEC/1' },
        );
      for (const ago of [301, -120, '', 'now', '9'.repeat(12)]) {
        expect([ago, (await hardDelete(ago)).text]).toEqual([
          ago,
          expect.stringContaining('step-up-required'),
        ]);
      }
      expect((await hardDelete(10)).text).toContain('unknown-key');
    });
  });

  describe('on a Unix socket', () => {
    const words = ['--socket', 'screens', ...NAMED];
    const get = (headers: Readonly<Record<string, string>>): Promise<Answered> =>
      asked({
        socketPath: at('screens'),
        path: '/workspaces/acme/keys',
        headers: { Host: HOST, ...headers },
      });
    const ada = { 'X-Forwarded-Email': 'ada@acme.example' };

    it('answers whoever may open it, and leaves nothing behind', async () => {
      const serving = await startServing(shop, words);
      expect(serving.link).toBe(at('screens'));
      expect(statSync(at('screens')).mode & 0o777).toBe(0o600);
      expect((await get(ada)).status).toBe(200);
      expect((await get({})).status).toBe(401);
      expect((await get({ ...ada, Host: 'evil.example' })).status).toBe(421);
      const second = await shop.run(['serve', ...words]);
      expect([second.status, second.stderr]).toEqual([2, expect.stringContaining('another program listens')]);
      expect((await get(ada)).status).toBe(200);
      expect(await serving.stop()).toEqual({ status: 0, stdout: 'Stopped.\n' });
      expect(existsSync(at('screens'))).toBe(false);
    });

    it('lets a group in where that is asked for, and can ask for a secret as well', async () => {
      const serving = await startServing(shop, [...words, '--socket-mode', '0660', ...SECRET]);
      expect(statSync(at('screens')).mode & 0o777).toBe(0o660);
      expect((await get(ada)).status).toBe(401);
      expect((await get({ ...ada, 'Keyturn-Proxy-Secret': secret })).status).toBe(200);
      await serving.stop();
    });

    it('takes the place of a socket that a killed process left, and of nothing else', async () => {
      const killed = await startServing(shop, words);
      await killed.kill();
      expect(existsSync(at('screens'))).toBe(true);
      const serving = await startServing(shop, words);
      expect((await get(ada)).status).toBe(200);
      await serving.stop();
      writeFileSync(at('screens'), 'a file of somebody');
      const refused = await shop.run(['serve', ...words]);
      expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('is no socket')]);
      expect(existsSync(at('screens'))).toBe(true);
      rmSync(at('screens'));
    });
  });

  describe('is refused', () => {
    const HERE = ['--port', '7301'];
    const A = ['--host', '192.0.2.7', ...HERE];

    it.each<readonly [string, ReadonlyArray<string>, string]>([
      ['another address alone', A, '--identity-header, --people and --origin are missing'],
      ['another address in clear', [...A, ...NAMED, ...SECRET], '--host 192.0.2.7 takes TLS'],
      ['every address in clear', ['--host', '::', ...NAMED, ...SECRET], '--host :: takes TLS'],
      ['a bare header', [...A, ...NAMED, ...TLS], '--proxy-secret-file is missing'],
      ['a bare header on this machine', [...HERE, ...NAMED], '--proxy-secret-file is missing'],
      ['a header without people', ['--identity-header', 'X-User', ...ORIGIN], '--people is missing'],
      ['half of TLS', [...A, ...NAMED, ...SECRET, ...TLS.slice(0, 2)], 'go together'],
      ['a socket and a port', ['--socket', 's', ...HERE, ...NAMED], 'takes the place of --host and --port'],
      ['a socket with TLS', ['--socket', 's', ...TLS, ...NAMED], 'crosses no network'],
      ['a mode without a socket', ['--socket-mode', '0660', ...HERE, ...NAMED], 'goes with --socket'],
      [
        'a socket for everybody',
        ['--socket', 's', '--socket-mode', '0666', ...NAMED],
        'has to be 0600 or 0660',
      ],
      [
        'an actor named here',
        ['--socket', 's', '--as', 'user:ada', ...NAMED],
        '--people says who acts as whom',
      ],
      ['workspaces named here', ['--socket', 's', '-w', 'acme', ...NAMED], 'says who has which workspaces'],
      ['a name for an address', ['--host', 'localhost', ...NAMED], '--host takes an address'],
      ['an origin in clear', ['--socket', 's', '--origin', 'http://keys.example'], '--origin takes'],
      ['an origin with a path', ['--socket', 's', '--origin', 'https://keys.example/'], '--origin takes'],
      [
        'a header of browsers',
        ['--identity-header', 'Cookie'],
        '--identity-header takes the name of a header',
      ],
      ['a header of the fetch standard', ['--identity-header', 'Sec-Fetch-User'], '--identity-header takes'],
      ['a socket nowhere', ['--socket', 'none/s', ...NAMED], 'none is not there'],
      ['a socket with too long a path', ['--socket', 's'.repeat(200), ...NAMED], 'more than the 103 bytes'],
      [
        'an address of another machine',
        [...A, ...NAMED, ...SECRET, ...TLS],
        'this machine has no such address',
      ],
      [
        'a key for a path',
        ['--people', `sk-ant-api03-${'a'.repeat(93)}-${'a'.repeat(6)}AA`],
        'looks like a key',
      ],
    ])('%s', async (_, words, said) => {
      const { status, stderr } = await shop.run(['serve', '--for', '1s', ...words]);
      expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
    });

    it('a secret that others can read, or that is too short', async () => {
      const run = () => shop.run(['serve', '--for', '1s', ...HERE, ...NAMED, '--proxy-secret-file', 'other']);
      writeFileSync(at('other'), secret);
      chmodSync(at('other'), 0o640);
      expect((await run()).stderr).toContain("Others than its owner can read the proxy's secret");
      writeFileSync(at('other'), secret.slice(0, 31));
      chmodSync(at('other'), 0o600);
      const { status, stderr } = await run();
      expect([status, stderr]).toEqual([2, expect.stringContaining('32 to 256 printable characters')]);
      expect(stderr).not.toContain(secret.slice(0, 8));
    });

    it('a key that is not of the certificate, that everybody can read, or that is none', async () => {
      const run = () =>
        shop.run(['serve', '--for', '1s', ...A, ...NAMED, ...SECRET, ...TLS.slice(0, 3), 'other.pem']);
      writeFileSync(at('other.pem'), selfSignedCertificate(HOST).key, { mode: 0o600 });
      expect((await run()).stderr).toContain('is not the key of the first certificate');
      chmodSync(at('other.pem'), 0o644);
      expect((await run()).stderr).toContain('Others than its owner can read the private key');
      chmodSync(at('other.pem'), 0o640);
      writeFileSync(at('other.pem'), cert);
      expect((await run()).stderr).toContain('is no private key');
      rmSync(at('other.pem'));
      expect((await run()).stderr).toContain("can't be read (ENOENT)");
    });

    it('a socket where everybody could put another', async () => {
      chmodSync(shop.directory, 0o777);
      const { status, stderr } = await shop.run(['serve', '--for', '1s', '--socket', 's', ...NAMED]);
      chmodSync(shop.directory, 0o700);
      expect([status, stderr]).toEqual([2, expect.stringContaining('everybody may write')]);
    });

    it('a port that somebody has', async () => {
      const other = createServer();
      await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
      const bound = other.address();
      const port = typeof bound === 'object' && bound !== null ? String(bound.port) : '';
      for (const words of [
        ['--port', port],
        ['--port', port, ...NAMED, ...SECRET],
      ]) {
        const { status, stderr } = await shop.run(['serve', '--for', '1s', ...words]);
        expect([status, stderr]).toEqual([2, expect.stringContaining('another program listens there')]);
      }
      other.close();
    });
  });
});
