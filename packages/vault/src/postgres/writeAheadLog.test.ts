import { describe, expect, test } from '@jest/globals';
import { scriptedSession } from '../testSupport/scriptedSession';
import { Obstacle } from './obstacle';
import type { Session } from './session';
import { emptyWriteAheadLog } from './writeAheadLog';

const segmentOf = (number: number): string =>
  `00000001${number.toString(16).toUpperCase().padStart(16, '0')}`;

interface Log {
  /** The names that lie in `pg_wal`, while this segment is written to. */
  readonly files: (present: number) => ReadonlyArray<string>;
  /** What keeps old segments there, as the server knows it. */
  readonly keepers?: ReadonlyArray<string>;
}

const rowsOf = (names: ReadonlyArray<string>) => names.map((name) => ({ name }));

/** A server that is writing segment 5 of its log. At a segment's beginning a switch does nothing. */
const serverWith = ({ files, keepers = [] }: Log): Session => {
  let present = 5;
  let atBeginning = false;
  return scriptedSession({
    pg_switch_wal: () => {
      if (!atBeginning) present += 1;
      atBeginning = true;
      return [];
    },
    pg_current_xact_id: () => {
      atBeginning = false;
      return [];
    },
    pg_walfile_name: () => rowsOf([segmentOf(present)]),
    pg_ls_waldir: () => rowsOf(files(present)),
    pg_replication_slots: rowsOf(keepers),
  });
};

describe('the write-ahead log', () => {
  test('is empty of what was before once a new segment is the oldest', async () => {
    const server = serverWith({ files: (present) => [segmentOf(present)] });
    expect(await emptyWriteAheadLog(server, 0)).toBe(segmentOf(6));
  });

  test.each([2, 69])('is led past %i segments that have names which are yet to come', async (count) => {
    const recycled = Array.from({ length: count }, (_, i) => i + 6);
    const server = serverWith({
      files: (present) => [present, ...recycled.filter((number) => number > present)].map(segmentOf),
    });
    expect(await emptyWriteAheadLog(server, 0)).toBe(segmentOf(6 + count));
  });

  test('is not empty where such segments come again and again', async () => {
    const server = serverWith({ files: (present) => [present, present + 1].map(segmentOf) });
    await expect(emptyWriteAheadLog(server, 0)).rejects.toThrow(
      new Obstacle('the server still has recycled segments of its log, with what was in them'),
    );
  });

  test('is not empty while old segments are there, whatever keeps them', async () => {
    const files = (present: number) => [3, 4, present].map(segmentOf);
    const keepers = ['the replication slot a', 'wal_keep_size'];
    await expect(emptyWriteAheadLog(serverWith({ files, keepers }), 0)).rejects.toThrow(
      "2 old segments of the server's log are still there: the replication slot a or wal_keep_size keeps them",
    );
    await expect(emptyWriteAheadLog(serverWith({ files }), 0)).rejects.toThrow(
      "2 old segments of the server's log are still there: something keeps them",
    );
  });

  test('has old rows in a segment that was not written to its end, too', async () => {
    const server = serverWith({ files: (present) => [`${segmentOf(4)}.partial`, segmentOf(present)] });
    await expect(emptyWriteAheadLog(server, 0)).rejects.toThrow('1 old segments');
  });

  test('has none in files of other kinds', async () => {
    const others = [
      'archive_status',
      '00000002.history',
      `${segmentOf(4)}.00000028.backup`,
      `x${segmentOf(4)}`,
    ];
    const server = serverWith({ files: (present) => [...others, segmentOf(present)] });
    expect(await emptyWriteAheadLog(server, 0)).toBe(segmentOf(6));
  });
});
