import { describe, expect, test } from '@jest/globals';
import { scriptedSession } from '../testSupport/scriptedSession';
import { Obstacle } from './obstacle';
import { rewriteTables } from './rewrite';

interface Files {
  readonly name: string;
  readonly file: string;
  readonly toast: string;
}

const KEYS: Files = { name: 'data_keys', file: '10', toast: '11' };
const SECRETS: Files = { name: 'sealed_secrets', file: '20', toast: '21' };
const TABLES = [KEYS.name, SECRETS.name];

/** A server whose tables have these files before and after they are written anew. */
const serverWith = (before: ReadonlyArray<Files>, after: ReadonlyArray<Files>) => {
  const states = [before, after];
  return scriptedSession({ pg_class: () => states.shift() ?? [] });
};

const NEW = [
  { ...KEYS, file: '30', toast: '31' },
  { ...SECRETS, file: '40', toast: '41' },
];

describe('tables that are written anew', () => {
  test('have other files afterwards, those of long values included', async () => {
    await expect(rewriteTables(serverWith([KEYS, SECRETS], NEW), TABLES, 0)).resolves.toBeUndefined();
  });

  test.each([
    ['the file of one stayed', [KEYS, ...NEW.slice(1)], 'data_keys'],
    [
      'the file of its long values stayed',
      [...NEW.slice(0, 1), { ...SECRETS, file: '40' }],
      'sealed_secrets',
    ],
    ['the file of its rows stayed', [...NEW.slice(0, 1), { ...SECRETS, toast: '41' }], 'sealed_secrets'],
    ['one is gone', NEW.slice(1), 'data_keys'],
    ['nothing was done', [KEYS, SECRETS], 'data_keys, sealed_secrets'],
  ])('are not if %s', async (_, after, named) => {
    await expect(rewriteTables(serverWith([KEYS, SECRETS], after), TABLES, 0)).rejects.toThrow(
      new Obstacle(`the server did not write ${named} anew: the user must own the tables`),
    );
  });

  test('are not if one of them was not there', async () => {
    await expect(rewriteTables(serverWith([SECRETS], NEW), TABLES, 0)).rejects.toBeInstanceOf(Obstacle);
  });

  test('are in the way of others only where a lock could not be had: any other error goes through', async () => {
    const failing = (code: string) =>
      scriptedSession({
        pg_class: [KEYS],
        VACUUM: () => {
          throw Object.assign(new Error('no'), { severity: 'ERROR', code });
        },
      });
    await expect(rewriteTables(failing('55P03'), TABLES, 0)).rejects.toThrow(
      'another session uses data_keys and keeps it from being written anew',
    );
    await expect(rewriteTables(failing('53100'), TABLES, 0)).rejects.toMatchObject({ code: '53100' });
  });

  test('are asked for again where others have them, each time for a moment only', async () => {
    const asked: string[] = [];
    const states = [[KEYS], [{ ...KEYS, file: '30', toast: '31' }]];
    const busy = scriptedSession({
      pg_class: () => states.shift() ?? [],
      lock_timeout: () => {
        asked.push('lock_timeout');
        return [];
      },
      VACUUM: () => {
        asked.push('VACUUM');
        if (asked.length < 4) throw Object.assign(new Error('no'), { severity: 'ERROR', code: '55P03' });
        return [];
      },
    });
    await rewriteTables(busy, [KEYS.name], 60_000);
    expect(asked).toEqual(['lock_timeout', 'VACUUM', 'VACUUM', 'VACUUM', 'lock_timeout']);
  });
});
