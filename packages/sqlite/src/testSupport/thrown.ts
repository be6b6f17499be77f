import { SqliteError } from '../sqliteError';

export const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('it went through');
};

/** The code of the error of SQLite that is thrown. */
export const codeOf = (run: () => unknown): string => {
  const error = thrownBy(run);
  if (error instanceof SqliteError) return error.code;
  throw error;
};
