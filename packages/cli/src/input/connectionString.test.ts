import { describe, expect, test } from '@jest/globals';
import { storeConnection, vaultConnection } from './connectionString';

describe('--vault', () => {
  test.each([
    'postgres://ada:canary-1@host/keyturn',
    'postgresql://:canary-1@host',
    'postgres://ada:canary/1@host/keyturn',
    'postgres://ada:canary?1@host/keyturn',
    'postgres://ada:1?canary@host/keyturn',
    'postgres://ada:cana\nry@host/keyturn',
    'postgres://host/keyturn?user=ada&password=canary-1',
    'postgres://host/keyturn?PASSWORD=canary-1',
    'postgres://host/keyturn?p%61ssword=canary-1',
    'postgres://host/keyturn?sslpassword=canary-1',
    'mysql://ada:canary-1@host',
  ])('is refused with a password in it, and not repeated: %#', (url) => {
    let message = '';
    try {
      vaultConnection(url, undefined);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('--vault has a password');
    expect(message).toContain('KEYTURN_VAULT, PGPASSWORD or the file that PGPASSFILE names');
    expect(message).not.toMatch(/canary|ada|host/);
  });

  test.each([
    'postgres://ada@host:5432/keyturn?sslmode=verify-full',
    'postgresql://[::1]:5432/keyturn',
    'postgres:///keyturn?host=/var/run/postgresql&user=ada',
  ])('is taken without one: %s', (url) => {
    expect(vaultConnection(url, undefined)?.()).toBe(url);
  });

  test('is taken with one from the environment, behind which the option goes first', () => {
    const url = 'postgres://ada:secret@host/keyturn';
    expect(vaultConnection(undefined, url)?.()).toBe(url);
    expect(vaultConnection('postgres://other/keyturn', url)?.()).toBe('postgres://other/keyturn');
    expect(vaultConnection(undefined, '')).toBeNull();
  });

  test('is refused where it is of another kind, or empty', () => {
    for (const [option, variable] of [
      ['esdb://canary', undefined],
      [undefined, 'canary'],
      ['', undefined],
    ]) {
      expect(() => vaultConnection(option, variable)).toThrow('postgres://');
      expect(() => vaultConnection(option, variable)).not.toThrow('canary');
    }
  });
});

describe('V-19: --store and --vault by one rule', () => {
  const VAULT = 'postgres://ada:secret@host/keyturn';
  const STORE = 'esdb://ada:secret@host:2113';

  test.each(['\n', '\r\n', ' ', '\t\n', '\n\n'])(
    'white space around them is no part of them: %j',
    (blank) => {
      for (const given of [`${blank}${VAULT}`, `${VAULT}${blank}`]) {
        expect(vaultConnection(undefined, given)?.()).toBe(VAULT);
      }
      for (const given of [`${blank}${STORE}`, `${STORE}${blank}`]) {
        expect(storeConnection(undefined, given)?.()).toBe(STORE);
      }
      expect(vaultConnection(undefined, blank)).toBeNull();
      expect(storeConnection(undefined, blank)).toBeNull();
      expect(() => vaultConnection(blank, undefined)).toThrow('--vault takes a connection string');
      expect(() => storeConnection(blank, undefined)).toThrow('--store takes a connection string');
    },
  );

  test('their schemes are read in any case', () => {
    expect(vaultConnection('POSTGRES://host/keyturn', undefined)).not.toBeNull();
    expect(vaultConnection('PostgreSQL://host/keyturn', undefined)).not.toBeNull();
    expect(storeConnection('ESDB+discover://host', undefined)).not.toBeNull();
  });
});
