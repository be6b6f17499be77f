import { VaultFault } from './faults';

/** The system's name of an error, such as `ENOENT`. */
export const errnoOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

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
