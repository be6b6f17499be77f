import { isUnsafeFile } from '@keyturn/sqlite';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault, type VaultFaultCode } from '../faults';
import { errnoOf, fromFileSystem } from '../fileFaults';

/** By the beginning of SQLite's result code (https://www.sqlite.org/rescode.html); the first that fits counts. */
const BY_CODE: ReadonlyArray<readonly [prefix: string, code: VaultFaultCode, next: string]> = [
  ['SQLITE_FULL', 'not-writable', 'free some disk space, then try again'],
  ['SQLITE_READONLY', 'not-writable', "see to the permissions of the vault's directory and files"],
  ['SQLITE_PERM', 'not-writable', "see to the permissions of the vault's directory and files"],
  ['SQLITE_CANTOPEN', 'not-writable', "see to the permissions of the vault's directory and files"],
  ['SQLITE_BUSY', 'unavailable', 'another process uses the vault: try again'],
  ['SQLITE_LOCKED', 'unavailable', 'another process uses the vault: try again'],
  ['SQLITE_CORRUPT', 'tampered', 'the file is damaged: restore the vault from a backup'],
  ['SQLITE_NOTADB', 'tampered', 'the file is no database: restore the vault from a backup'],
  ['SQLITE_IOERR_SHORT_READ', 'tampered', 'the file was cut short: restore the vault from a backup'],
  ['SQLITE_IOERR_CORRUPTFS', 'tampered', 'the file system is damaged: restore the vault from a backup'],
  ['SQLITE_IOERR', 'unavailable', 'the disk failed to read or write: see to it, then try again'],
  ['SQLITE_CONSTRAINT', 'tampered', 'the tables are not those of a vault: restore it from a backup'],
  ['SQLITE_MISMATCH', 'tampered', 'the tables are not those of a vault: restore it from a backup'],
  ['SQLITE_SCHEMA', 'tampered', 'the tables are not those of a vault: restore it from a backup'],
  // Every statement is fixed, so a plain SQLITE_ERROR means that a table or column is not there.
  ['SQLITE_ERROR', 'tampered', 'the tables are not those of a vault: restore it from a backup'],
];

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The one place where SQLite's errors become faults. Their text has statements, never values. */
export const fromSqlite = (error: unknown, file: string): VaultFault => {
  if (error instanceof VaultFault) {
    return error;
  }
  if (isUnsafeFile(error)) return new VaultFault('unsafe-files', error.message, { cause: error });
  const result = errnoOf(error);
  if (result === 'no-driver') {
    return new VaultFault('unavailable', `${file} can't be used: ${messageOf(error)}`, { cause: error });
  }
  if (result === null || result === 'closed') {
    return new VaultFault('unavailable', `${file} can't be used: open the vault again`, { cause: error });
  }
  if (!result.startsWith('SQLITE_')) {
    return fromFileSystem(error, `use ${file}`);
  }
  const found = BY_CODE.find(([prefix]) => result.startsWith(prefix));
  const [, code, next] = found ?? ['', 'unavailable' as const, 'try again'];
  return new VaultFault(code, `${file}: ${result}: ${next}`, { cause: error });
};

export const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(errnoOf(error) ?? '');

/** Runs statements as a TaskEither; what they throw becomes a fault. */
export const attempt = <A>(file: string, run: () => A | Promise<A>): TE.TaskEither<VaultFault, A> =>
  TE.tryCatch(
    () => new Promise<A>((done) => done(run())),
    (error) => fromSqlite(error, file),
  );
