/** The system's code of an error, such as `ENOENT`. By shape: an error of another realm is no `Error` of this one. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown error';
