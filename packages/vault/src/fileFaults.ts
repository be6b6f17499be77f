import { isUnsafeFile } from '@keyturn/sqlite';
import { VaultFault } from './faults';

/**
 * The code that the system or SQLite gave an error, such as `ENOENT`. By shape: a second copy of a module, or another
 * realm, has error classes of its own.
 */
export const errnoOf = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null;

const NOT_WRITABLE = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'ENOTDIR',
  'EISDIR',
  'EFBIG',
  'EEXIST',
]);

/** `doing` completes "could not …", such as `create /srv/vault`. */
export const fromFileSystem = (error: unknown, doing: string): VaultFault => {
  if (isUnsafeFile(error)) return new VaultFault('unsafe-files', error.message, { cause: error });
  const errno = errnoOf(error);
  return NOT_WRITABLE.has(errno ?? '')
    ? new VaultFault(
        'not-writable',
        `could not ${doing} (${errno}): see to permissions and free space, then try again`,
        {
          cause: error,
        },
      )
    : new VaultFault('unavailable', `could not ${doing} (${errno ?? 'unknown error'}): try again`, {
        cause: error,
      });
};
