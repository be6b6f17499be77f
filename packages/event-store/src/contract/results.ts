import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';

/** Runs what should succeed; fails the test with the refusal or fault when it does not. */
export const right = async <A>(task: TaskEither<unknown, A>): Promise<A> => {
  const result = await task();
  if (E.isRight(result)) return result.right;
  throw result.left instanceof Error ? result.left : new Error(JSON.stringify(result.left));
};

/** Runs what should be refused or fail; gives the reason. */
export const left = async <L>(task: TaskEither<L, unknown>): Promise<L> => {
  const result = await task();
  if (E.isLeft(result)) return result.left;
  throw new Error(`expected a refusal or fault, but it succeeded with ${String(result.right)}`);
};
