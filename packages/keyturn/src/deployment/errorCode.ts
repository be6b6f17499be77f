/** What Node calls an error of the file system. By shape: an error of another realm is no `Error` of this one. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
