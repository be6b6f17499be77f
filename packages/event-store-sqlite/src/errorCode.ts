/**
 * The code of an error of SQLite (`SQLITE_BUSY`) or of the system (`ENOSPC`); empty for another error. By its shape:
 * the driver's native part is loaded once, and throws the error class of whoever loaded it first.
 */
export const errorCode = (cause: unknown): string => {
  const hasCode = typeof cause === 'object' && cause !== null && 'code' in cause;
  return hasCode && typeof cause.code === 'string' ? cause.code : '';
};
