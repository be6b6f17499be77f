import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';

/** The right side; a left one, which may be a refusal and no error, is thrown as an error's cause. */
export const expectRight = async <L, A>(task: TaskEither<L, A>): Promise<A> => {
  const result = await task();
  if (E.isRight(result)) return result.right;
  throw new Error(`left: ${JSON.stringify(result.left)}`, { cause: result.left });
};
