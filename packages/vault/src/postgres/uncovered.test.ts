import { describe, expect, test } from '@jest/globals';
import { scriptedSession } from '../testSupport/scriptedSession';
import type { ServerSettings } from './serverSettings';
import { findCopies } from './uncovered';

const NONE = { receivers: 0, slots: '', decoders: '', archive: 'off' };

const settings = (values: Readonly<Record<string, string>> = {}): ServerSettings => ({
  get: (name) => values[name],
  isOfSession: () => false,
});

const copiesOf = (row: Partial<typeof NONE>, values?: Readonly<Record<string, string>>) =>
  findCopies(scriptedSession({ pg_replication_slots: [{ ...NONE, ...row }] }), settings(values));

describe('what an erasure leaves', () => {
  test('is in any case what was copied by other means than the server’s', async () => {
    expect(await copiesOf({})).toEqual({
      decoders: '',
      uncovered: ['backups and snapshots of the server’s files, and dumps'],
    });
  });

  test.each([
    [{ receivers: 2 }, '2 connected standby servers or backups under way'],
    [{ slots: 'a' }, 'what was received by way of the replication slot a'],
    [{ archive: 'always' }, 'the archive of the write-ahead log (archive_mode=always)'],
  ])('with %j, also what that has received', async (row, left) => {
    expect((await copiesOf(row)).uncovered.slice(1)).toEqual([left]);
  });

  test('has each slot by itself: an event takes no text of over 200 characters', async () => {
    const names = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(63));
    const { uncovered } = await copiesOf({ slots: names.join(', '), receivers: 4, archive: 'always' });
    expect(uncovered.filter((copies) => names.some((name) => copies.endsWith(name)))).toHaveLength(4);
    expect(Math.max(...uncovered.map((copies) => `not covered: ${copies}`.length))).toBeLessThanOrEqual(200);
  });

  test('is in the server’s log, too, where that is set to have sealed bytes', async () => {
    const { uncovered } = await copiesOf({}, { debug_print_plan: 'on' });
    expect(uncovered.slice(1)).toEqual(['the server’s log, which is set to have sealed bytes']);
  });

  test('names the slots whose decoders write rows to files', async () => {
    expect((await copiesOf({ slots: 'd', decoders: 'd' })).decoders).toBe('d');
  });
});
