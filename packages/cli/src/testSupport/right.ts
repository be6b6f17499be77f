import { isLeft } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';

/** The right side of a task; its left side, an error of ours, is thrown. */
export const right = async <E extends Error, A>(task: TaskEither<E, A>): Promise<A> => {
  const result = await task();
  if (isLeft(result)) throw result.left;
  return result.right;
};
