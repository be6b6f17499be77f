type ResultName = `SQLITE_${string}`;

type Names = readonly [primary: string, extended?: Readonly<Record<number, string>>];

/** SQLite's own names (https://www.sqlite.org/rescode.html): by the low byte of a code, then by the rest of it. */
const NAMES: Readonly<Record<number, Names>> = {
  1: ['ERROR', { 1: 'MISSING_COLLSEQ', 2: 'RETRY', 3: 'SNAPSHOT' }],
  2: ['INTERNAL'],
  3: ['PERM'],
  4: ['ABORT', { 2: 'ROLLBACK' }],
  5: ['BUSY', { 1: 'RECOVERY', 2: 'SNAPSHOT', 3: 'TIMEOUT' }],
  6: ['LOCKED', { 1: 'SHAREDCACHE', 2: 'VTAB' }],
  7: ['NOMEM'],
  8: [
    'READONLY',
    { 1: 'RECOVERY', 2: 'CANTLOCK', 3: 'ROLLBACK', 4: 'DBMOVED', 5: 'CANTINIT', 6: 'DIRECTORY' },
  ],
  9: ['INTERRUPT'],
  10: [
    'IOERR',
    {
      1: 'READ',
      2: 'SHORT_READ',
      3: 'WRITE',
      4: 'FSYNC',
      5: 'DIR_FSYNC',
      6: 'TRUNCATE',
      7: 'FSTAT',
      8: 'UNLOCK',
      9: 'RDLOCK',
      10: 'DELETE',
      11: 'BLOCKED',
      12: 'NOMEM',
      13: 'ACCESS',
      14: 'CHECKRESERVEDLOCK',
      15: 'LOCK',
      16: 'CLOSE',
      17: 'DIR_CLOSE',
      18: 'SHMOPEN',
      19: 'SHMSIZE',
      20: 'SHMLOCK',
      21: 'SHMMAP',
      22: 'SEEK',
      23: 'DELETE_NOENT',
      24: 'MMAP',
      25: 'GETTEMPPATH',
      26: 'CONVPATH',
      27: 'VNODE',
      28: 'AUTH',
      29: 'BEGIN_ATOMIC',
      30: 'COMMIT_ATOMIC',
      31: 'ROLLBACK_ATOMIC',
      32: 'DATA',
      33: 'CORRUPTFS',
      34: 'IN_PAGE',
    },
  ],
  11: ['CORRUPT', { 1: 'VTAB', 2: 'SEQUENCE', 3: 'INDEX' }],
  12: ['NOTFOUND'],
  13: ['FULL'],
  14: ['CANTOPEN', { 1: 'NOTEMPDIR', 2: 'ISDIR', 3: 'FULLPATH', 4: 'CONVPATH', 5: 'DIRTYWAL', 6: 'SYMLINK' }],
  15: ['PROTOCOL'],
  16: ['EMPTY'],
  17: ['SCHEMA'],
  18: ['TOOBIG'],
  19: [
    'CONSTRAINT',
    {
      1: 'CHECK',
      2: 'COMMITHOOK',
      3: 'FOREIGNKEY',
      4: 'FUNCTION',
      5: 'NOTNULL',
      6: 'PRIMARYKEY',
      7: 'TRIGGER',
      8: 'UNIQUE',
      9: 'VTAB',
      10: 'ROWID',
      11: 'PINNED',
      12: 'DATATYPE',
    },
  ],
  20: ['MISMATCH'],
  21: ['MISUSE'],
  22: ['NOLFS'],
  23: ['AUTH', { 1: 'USER' }],
  24: ['FORMAT'],
  25: ['RANGE'],
  26: ['NOTADB'],
};

/** SQLite's name of a result code; of its primary code where the extended one is not known. */
export const nameOfResult = (code: number): ResultName => {
  const [primary, extended] = NAMES[code & 0xff] ?? [`UNKNOWN_${code}`];
  const more = extended?.[code >> 8];
  return more === undefined ? `SQLITE_${primary}` : `SQLITE_${primary}_${more}`;
};
