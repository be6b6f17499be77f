import { isUnsafeFile } from '@keyturn/sqlite';
import { ProjectionFault, type ProjectionFaultCode } from '../faults';

const CODES: ReadonlyArray<readonly [prefix: string, code: ProjectionFaultCode, advice: string]> = [
  ['closed', 'closed', 'It was closed: open it again.'],
  ['SQLITE_BUSY', 'busy', 'Another process holds its write lock; try again.'],
  ['SQLITE_LOCKED', 'busy', 'Another process holds its write lock; try again.'],
  [
    'SQLITE_FULL',
    'not-writable',
    'The disk is full: make room and try again. Nothing of the batch was kept.',
  ],
  ['SQLITE_READONLY', 'not-writable', 'It or its directory is read-only for this user.'],
  ['SQLITE_CANTOPEN', 'not-writable', 'Check that its directory exists and may be written by this user.'],
  ['SQLITE_PERM', 'not-writable', 'Check that it may be written by this user.'],
  ['SQLITE_IOERR', 'not-writable', 'The disk gave an error: check it and its free space.'],
  [
    'SQLITE_CORRUPT',
    'corrupt',
    'Move the file away and open again: everything in it is rebuilt from the event store.',
  ],
  [
    'SQLITE_NOTADB',
    'corrupt',
    'It is no SQLite database. Move it away and open again: a read model is rebuilt from the event store.',
  ],
  // What the system says of a file that is to be made.
  ...['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'].map(
    (code) =>
      [
        code,
        'not-writable',
        'Check that its directory exists, has space, and may be written by this user.',
      ] as const,
  ),
];

/**
 * The fault behind an error that was thrown while `file` was worked on. Errors are told by their members: the driver is
 * native code, and its classes need not be the ones that this module sees.
 */
export const faultOfSqlite = (error: unknown, file: string): ProjectionFault => {
  if (error instanceof ProjectionFault) return error;
  if (isUnsafeFile(error))
    return new ProjectionFault('unsafe-files', `The read model can't be used: ${error.message}.`, {
      cause: error,
    });
  const sqlite = sqliteCode(error);
  const message = messageOf(error);
  const known = sqlite === null ? undefined : CODES.find(([prefix]) => sqlite.startsWith(prefix));
  if (known === undefined) {
    return new ProjectionFault('unexpected', `The read model ${file} failed: ${message}`, { cause: error });
  }
  const [, code, advice] = known;
  return new ProjectionFault(code, `The read model ${file} failed: ${message}. ${advice}`, { cause: error });
};

/** SQLite's own code of an error, such as `SQLITE_BUSY`; null for an error that is not SQLite's. */
export const sqliteCode = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;

const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
