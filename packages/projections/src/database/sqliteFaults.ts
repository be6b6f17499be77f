import Database from 'better-sqlite3';
import { ProjectionFault, type ProjectionFaultCode } from '../faults';

const CODES: ReadonlyArray<readonly [prefix: string, code: ProjectionFaultCode, advice: string]> = [
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
];

/** The fault behind an error that SQLite's driver threw while it worked on `file`. */
export const faultOfSqlite = (error: unknown, file: string): ProjectionFault => {
  if (error instanceof ProjectionFault) return error;
  if (error instanceof Database.SqliteError) {
    const known = CODES.find(([prefix]) => error.code.startsWith(prefix));
    if (known !== undefined) {
      const [, code, advice] = known;
      return new ProjectionFault(code, `The read model ${file} failed: ${error.message}. ${advice}`, {
        cause: error,
      });
    }
  }
  // better-sqlite3 reports these two by plain TypeErrors.
  if (error instanceof TypeError && /directory does not exist/.test(error.message)) {
    return new ProjectionFault(
      'not-writable',
      `The directory of the read model ${file} does not exist: create it.`,
      {
        cause: error,
      },
    );
  }
  if (error instanceof TypeError && /database connection is not open/.test(error.message)) {
    return new ProjectionFault('closed', `The read model ${file} was closed.`, { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new ProjectionFault('unexpected', `The read model ${file} failed: ${reason}`, { cause: error });
};
