import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';

/** The left side; a right one fails the test. */
export const leftOf = async <L>(task: TaskEither<L, unknown>): Promise<L> => {
  const result = await task();
  if (E.isLeft(result)) return result.left;
  throw new Error(`A left side was expected. Right: ${JSON.stringify(result.right, null, 2)}`);
};
