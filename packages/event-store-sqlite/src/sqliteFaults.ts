import { StoreFault } from '@keyturn/event-store';
import Database from 'better-sqlite3';
import { NewerSchema } from './schema';

const codeOf = (cause: unknown): string => (cause instanceof Database.SqliteError ? cause.code : '');

/** What SQLite's error means for whoever appends to or reads from the store in `file`. */
export const faultOf = (file: string, cause: unknown): StoreFault => {
  if (cause instanceof StoreFault) return cause;
  const code = codeOf(cause);
  const fault = (kind: StoreFault['code'], message: string): StoreFault =>
    new StoreFault(kind, `${message} (event store ${file}${code === '' ? '' : `, ${code}`})`, { cause });
  if (cause instanceof NewerSchema) {
    return fault(
      'corrupt',
      `The file has ${cause.message}, made by a newer release. Use that release; nothing was changed.`,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return fault(
      'unavailable',
      'Another process holds the store for writing. Nothing was written; try again.',
    );
  }
  if (code.startsWith('SQLITE_FULL')) {
    return fault('not-writable', 'The disk is full. Nothing was written; free some space, then try again.');
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_PERM') ||
    code.startsWith('SQLITE_AUTH')
  ) {
    return fault(
      'not-writable',
      'The store can only be read here. Give this user the right to write the file and its folder.',
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return fault(
      'not-writable',
      'The file can not be opened. Check that its folder exists and may be written.',
    );
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return fault(
      'not-writable',
      'The disk refused to read or write. Nothing was written; check the disk, then try again.',
    );
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return fault(
      'corrupt',
      'The file is damaged or no event store. Restore it from a backup; nothing was changed.',
    );
  }
  return fault('unavailable', 'The store could not be used.');
};
