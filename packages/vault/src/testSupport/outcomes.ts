import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { VaultFault } from '../faults';

/** The value of a task that must succeed. */
export const succeed = async <E1, A>(task: TaskEither<E1, A>): Promise<A> => {
  const outcome = await task();
  if (E.isLeft(outcome)) {
    throw outcome.left instanceof Error ? outcome.left : new Error(`failed: ${String(outcome.left)}`);
  }
  return outcome.right;
};

/** The code of the fault that a task must end with. */
export const faultOf = async <E1, A>(task: TaskEither<E1, A>): Promise<string> => {
  const outcome = await task();
  if (E.isRight(outcome)) {
    return 'no fault';
  }
  return outcome.left instanceof VaultFault ? outcome.left.code : String(outcome.left);
};

/** The message of the fault that a task must end with. */
export const messageOf = async <E1, A>(task: TaskEither<E1, A>): Promise<string> => {
  const outcome = await task();
  return E.isLeft(outcome) && outcome.left instanceof VaultFault ? outcome.left.message : 'no fault';
};
