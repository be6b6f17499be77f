import { isUnsafeFile } from '@keyturn/sqlite';
import { StoreFault, type StoreFaultCode } from '@keyturn/event-store';
import { errorCode } from './errorCode';
import { AlteredSchema, ForeignFile, OtherFormat } from './schema';

type Meaning = readonly [code: StoreFaultCode, message: string];

const readOnly: Meaning = [
  'not-writable',
  'The store can only be read here. Give this user the right to write the file and its folder.',
];
const notOpened: Meaning = [
  'not-writable',
  'The file can not be opened. Check that it is a file, that its folder exists, and that both may be written.',
];
const full: Meaning = [
  'not-writable',
  'The disk is full. Nothing was written; free some space, then try again.',
];
const damaged: Meaning = [
  'corrupt',
  'The file is damaged, or no event store. Nothing was changed; restore it from a backup.',
];

/** By the beginning of SQLite's or the system's error code; the first that fits counts. */
const meanings: ReadonlyArray<readonly [prefix: string, meaning: Meaning]> = [
  [
    'SQLITE_BUSY',
    ['unavailable', 'Another process holds the store for writing. Nothing was written; try again.'],
  ],
  [
    'SQLITE_PROTOCOL',
    ['unavailable', 'Too many processes use the store at once. Nothing was written; try again.'],
  ],
  ['SQLITE_LOCKED', ['unavailable', 'The store is locked. Nothing was written; try again.']],
  ['SQLITE_FULL', full],
  ['SQLITE_READONLY', readOnly],
  ['SQLITE_PERM', readOnly],
  ['SQLITE_AUTH', readOnly],
  ['SQLITE_CANTOPEN', notOpened],
  ['SQLITE_NOTADB', damaged],
  ['SQLITE_CORRUPT', damaged],
  ['SQLITE_IOERR_CORRUPTFS', damaged],
  ['SQLITE_IOERR_SHORT_READ', damaged],
  // A statement that the prepared schema does not fit: tables were altered by hand.
  ['SQLITE_ERROR', damaged],
  ['SQLITE_CONSTRAINT', damaged],
  ['SQLITE_MISMATCH', damaged],
  ['SQLITE_TOOBIG', ['too-large', 'SQLite takes no value of that size. Nothing was written; append less.']],
  // The shared-memory file could not grow.
  ['SQLITE_IOERR_SHMSIZE', full],
  ['SQLITE_IOERR', ['unavailable', 'The disk failed to read or write. Nothing was written; check the disk.']],
  ['SQLITE_NOMEM', ['unavailable', 'There is not enough memory. Nothing was written.']],
  ['EROFS', readOnly],
  ['EACCES', readOnly],
  ['EPERM', readOnly],
  ['ENOSPC', full],
  ['EDQUOT', full],
  ['ENOENT', notOpened],
  ['ENOTDIR', notOpened],
  ['EISDIR', notOpened],
  ['ELOOP', notOpened],
  ['ENAMETOOLONG', notOpened],
];

const meaningOf = (cause: unknown, code: string): Meaning => {
  if (cause instanceof ForeignFile) return ['corrupt', cause.message];
  if (cause instanceof OtherFormat) return [cause.faultCode, cause.message];
  if (cause instanceof AlteredSchema) return ['schema-altered', cause.message];
  if (isUnsafeFile(cause)) return ['unsafe-files', `${cause.message}.`];
  const found = meanings.find(([prefix]) => code.startsWith(prefix));
  return found?.[1] ?? ['unavailable', 'The store failed in a way that it does not know.'];
};

/** What an error means for whoever appends to or reads from the store in `file`. */
export const faultOf = (file: string, cause: unknown): StoreFault => {
  if (cause instanceof StoreFault) return cause;
  const code = errorCode(cause);
  const [kind, message] = meaningOf(cause, code);
  return new StoreFault(kind, `${message} (event store ${file}${code === '' ? '' : `, ${code}`})`, { cause });
};

/**
 * The same for an error of COMMIT itself. When the disk fails then, the transaction is undone for every reader, but its
 * end may be on disk, and count after a crash.
 */
export const faultOfCommit = (file: string, cause: unknown): StoreFault => {
  const code = errorCode(cause);
  return code.startsWith('SQLITE_IOERR')
    ? new StoreFault(
        'outcome-unknown',
        `The disk failed while committing. Send the same append again; check the disk. (event store ${file}, ${code})`,
        { cause },
      )
    : faultOf(file, cause);
};
