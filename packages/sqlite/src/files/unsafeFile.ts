/** Who can reach a path is not as it has to be. The message names the path, and says what to do. */
export class UnsafeFile extends Error {
  override readonly name = 'UnsafeFile';
  /** For who knows errors by their shape. */
  readonly code = 'unsafe-file';
}

/** By shape: another realm has error classes of its own. */
export const isUnsafeFile = (error: unknown): error is UnsafeFile =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'unsafe-file';
