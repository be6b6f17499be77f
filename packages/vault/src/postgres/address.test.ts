import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { randomText } from '../testSupport/generators';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { tempDirectory } from '../testSupport/tempDirectory';
import { addressAt, nameOf, passwordAt } from './address';

const at = (text: string) => addressAt({ postgres: () => text });

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a connection string', () => {
  test('names one host, one port and one database', async () => {
    expect(await succeed(at('postgres://me:pw@db.example.com:6543/vault'))).toMatchObject({
      host: 'db.example.com',
      port: 6543,
      database: 'vault',
      user: 'me',
      hasPassword: true,
    });
    expect(await succeed(at('postgresql://localhost/a%20b'))).toMatchObject({
      host: 'localhost',
      database: 'a b',
      user: undefined,
      hasPassword: false,
    });
  });

  test.each([
    ['postgres://me@/vault?host=/run/postgresql', '/run/postgresql:5432/vault'],
    ['postgres://%2Frun%2Fpostgresql/vault', '/run/postgresql:5432/vault'],
    ['postgres://%2Frun%2F%5Bdb%5D/vault', '/run/[db]:5432/vault'],
    ['postgres://%5Bdb%5D.example/vault', '[db].example:5432/vault'],
    ['postgres://me@[2001:db8::1]:6543/vault', '[2001:db8::1]:6543/vault'],
  ])('%s is at %s', async (text, name) => {
    expect(nameOf(await succeed(at(text)))).toBe(name);
  });

  test('leaves to the environment the host and the port that it does not name', async () => {
    jest.replaceProperty(process, 'env', { PGHOST: 'db.example.com', PGPORT: '6543' });
    expect(nameOf(await succeed(at('postgres:///vault')))).toBe('db.example.com:6543/vault');
    expect(nameOf(await succeed(at('postgres://localhost:7654/vault')))).toBe('localhost:7654/vault');
    jest.replaceProperty(process, 'env', {});
    expect(nameOf(await succeed(at('postgres:///vault')))).toBe('localhost:5432/vault');
  });

  test('has a password of any characters, percent-encoded', () => {
    const password = 'a/b@c:d?e#f%g h';
    const text = `postgres://me:${encodeURIComponent(password)}@localhost/vault`;
    expect(passwordAt({ postgres: () => text })).toBe(password);
  });
});

test.each([
  'postgres://me:pw@db.example.com/vault\n',
  'postgres://me:pw@db.example.com/vault\r\n',
  '\n postgres://me:pw@db.example.com/vault \t',
  'POSTGRES://me:pw@db.example.com/vault',
  'PostgreSQL://me:pw@db.example.com/vault',
])('V-19: white space around it is no part of it, and its scheme has any case: %j', async (text) => {
  expect(nameOf(await succeed(at(text)))).toBe('db.example.com:5432/vault');
  expect(passwordAt({ postgres: () => text })).toBe('pw');
});

describe('TLS', () => {
  test.each([
    ['localhost', '', false],
    ['127.0.0.1', '', false],
    ['[::1]', '', false],
    ['127.0.0.1', '?sslmode=verify-full', true],
    ['db.example.com', '', true],
    ['127.0.0.1.example.com', '', true],
    ['example-127.0.0.1', '', true],
    ['127.12.123.45', '', false],
    ['%2Frun%2Fpostgresql', '', false],
    ['db.example.com', '?sslmode=disable', false],
    ['db.example.com', '?sslmode=require', true],
    ['db.example.com', '?sslmode=verify-ca', true],
    ['db.example.com', '?sslmode=verify-full', true],
  ])('to %s%s: spoken and checked: %s', async (host, parameters, tls) => {
    const address = await succeed(at(`postgres://${host}/vault${parameters}`));
    expect(address.tls === false ? false : address.tls.rejectUnauthorized).toBe(tls);
  });

  test('takes an authority, a certificate and its key from files', async () => {
    const directory = tempDirectory();
    const text = ['sslrootcert', 'sslcert', 'sslkey'].reduce((before, name) => {
      writeFileSync(join(directory, name), `what ${name} has`);
      return `${before}&${name}=${join(directory, name)}`;
    }, 'postgres://db.example.com/vault?sslmode=verify-full');
    expect((await succeed(at(text))).tls).toEqual({
      rejectUnauthorized: true,
      ca: Buffer.from('what sslrootcert has'),
      cert: Buffer.from('what sslcert has'),
      key: Buffer.from('what sslkey has'),
    });
  });

  test.each(['sslrootcert', 'sslcert', 'sslkey'])(
    'is not spoken without the file that %s names',
    async (name) => {
      const path = join(tempDirectory(), 'missing.pem');
      const said = await messageOf(at(`postgres://db.example.com/vault?${name}=${path}`));
      expect(said).toContain(`names a file as ${name} that can't be read (ENOENT)`);
    },
  );
});

describe('what is no connection string of a vault', () => {
  const canary = randomText(24);

  test.each([
    ['another scheme', `mysql://me:${canary}@localhost/vault`],
    ['a scheme that only ends like it', `xpostgres://me:${canary}@localhost/vault`],
    ['no scheme', `me:${canary}@localhost/vault`],
    ['a bare /', `postgres://me:${canary}/x@localhost/vault`],
    ['a bare / behind digits', `postgres://me:5432/${canary}@localhost/vault`],
    ['a bare ? behind digits', `postgres://me:5432?${canary}@localhost/vault`],
    ['a bare #', `postgres://me:5432#${canary}@localhost/vault`],
    ['a bare space', `postgres://me:a ${canary}@localhost/vault`],
    ['a bare %', `postgres://me:%${canary.replace(/^/, 'zz')}@localhost/vault`],
    ['no database', `postgres://me:${canary}@localhost`],
    ['several databases', `postgres://me:${canary}@localhost/a/b`],
    ['an empty host', `postgres://me:${canary}@localhost/vault?host=`],
    ['several hosts', `postgres://me:${canary}@one,two/vault`],
    ['an unknown parameter', `postgres://me@localhost/vault?password=${canary}`],
    ['options, which could turn durability off', `postgres://me:${canary}@localhost/vault?options=-c`],
    ['a parameter twice', `postgres://me:${canary}@db/vault?sslmode=verify-full&sslmode=disable`],
    ['an sslmode that checks nothing', `postgres://me:${canary}@db/vault?sslmode=no-verify`],
    ['an sslmode that may fall back', `postgres://me:${canary}@db/vault?sslmode=prefer`],
    ['TLS on a Unix socket', `postgres://me:${canary}@/vault?host=/run&sslmode=require`],
  ])('%s is refused, and nothing of it is told', async (_, text) => {
    expect(await faultOf(at(text))).toBe('unavailable');
    const outcome = await at(text)();
    if (E.isRight(outcome)) throw new Error('it was taken');
    for (const told of [inspect(outcome.left, { depth: 10, showHidden: true }), String(outcome.left.stack)])
      expect(told).not.toContain(canary);
  });

  test('without a database is said to name none', async () => {
    expect(await messageOf(at('postgres://localhost'))).toContain(
      'connection string names no database: give one',
    );
  });

  test('nor is what the function throws that gives it', async () => {
    const failing = addressAt({
      postgres: () => {
        throw new Error(canary);
      },
    });
    const outcome = await failing();
    expect(outcome).toMatchObject({ left: { code: 'unavailable' } });
    expect(await messageOf(failing)).toContain('connection string could not be had');
    expect(inspect(outcome, { depth: 10, showHidden: true })).not.toContain(canary);
  });
});
