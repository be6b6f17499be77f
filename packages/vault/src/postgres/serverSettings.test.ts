import { describe, expect, test } from '@jest/globals';
import { scriptedSession } from '../testSupport/scriptedSession';
import { keepsOldBytes, logsSealedBytes, readSettings, type ServerSettings } from './serverSettings';

/** As a server has them that is set like this, and knows no others. */
const settingsOf = (
  values: Readonly<Record<string, string>>,
  ofSession: ReadonlyArray<string> = [],
): Promise<ServerSettings> =>
  readSettings(
    scriptedSession({
      pg_settings: Object.entries(values).map(([name, setting]) => ({
        name,
        setting,
        own: ofSession.includes(name),
      })),
    }),
  );

const READY = {
  wal_recycle: 'off',
  wal_keep_size: '0',
  vacuum_defer_cleanup_age: '0',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_statement: 'all',
  'auto_explain.log_min_duration': '-1',
  debug_print_plan: 'off',
  debug_print_rewritten: 'off',
  debug_print_parse: 'off',
  'pgaudit.log_parameter': 'off',
};

describe('the settings of a server', () => {
  test('leave nothing to say where they are as they should be, or not known to it', async () => {
    for (const settings of [await settingsOf(READY), await settingsOf({})])
      expect([...keepsOldBytes(settings), ...logsSealedBytes(settings)]).toEqual([]);
  });

  test.each([
    ['wal_recycle', 'on', 'off'],
    ['wal_keep_size', '64', '0'],
    ['vacuum_defer_cleanup_age', '1000', '0'],
  ])('keep old bytes by %s = %s', async (name, value, wanted) => {
    const settings = await settingsOf({ ...READY, [name]: value });
    expect(keepsOldBytes(settings)).toEqual([
      expect.stringMatching(new RegExp(`^set ${name} to ${wanted} \\(it is ${value}: .* are kept`)),
    ]);
    expect(logsSealedBytes(settings)).toEqual([]);
  });

  test('count for the whole server only where the user or the database has no other ones', async () => {
    expect(keepsOldBytes(await settingsOf(READY, ['wal_recycle', 'log_statement']))).toEqual([
      'set wal_recycle to off for the whole server, and not for the user or the database',
    ]);
  });

  test.each([
    ['log_parameter_max_length_on_error', '-1', '0'],
    ['auto_explain.log_min_duration', '0', '-1'],
    ['debug_print_plan', 'on', 'off'],
    ['debug_print_rewritten', 'on', 'off'],
    ['debug_print_parse', 'on', 'off'],
    ['pgaudit.log_parameter', 'on', 'off'],
  ])('have sealed bytes logged by %s = %s', async (name, value, wanted) => {
    const settings = await settingsOf({ ...READY, [name]: value });
    expect(logsSealedBytes(settings)).toEqual([
      expect.stringMatching(new RegExp(`^set ${name} to ${wanted} \\(it is ${value}: sealed bytes go to`)),
    ]);
    expect(keepsOldBytes(settings)).toEqual([]);
  });

  test.each([
    [{ log_statement: 'all' }, true],
    [{ log_statement: 'mod' }, true],
    [{ log_statement: 'ddl' }, false],
    [{ log_statement: 'none' }, false],
    [{ log_min_duration_statement: '0' }, true],
    [{ log_min_duration_statement: '-1' }, false],
    [{ log_min_duration_sample: '100' }, true],
    [{ log_min_duration_sample: '-1' }, false],
    [{ log_transaction_sample_rate: '0.01' }, true],
    [{ log_transaction_sample_rate: '0' }, false],
  ])('%j has statements logged, with their parameters if those are: %s', async (logging, logged) => {
    const settings = await settingsOf({ ...logging, log_parameter_max_length: '-1' });
    const said = logsSealedBytes(settings).map((text) =>
      /^set log_parameter_max_length to 0 \(it is -1: .*with statements\)$/.test(text),
    );
    expect(said).toEqual(logged ? [true] : []);
  });
});
