import type { TaskEither } from 'fp-ts/TaskEither';

/** Runs what it is given one after the other, in the order in which it is called. */
export const inTurn = (): (<E, A>(run: TaskEither<E, A>) => TaskEither<E, A>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => () => {
    const mine = last.then(run);
    last = mine.catch(() => undefined);
    return mine;
  };
};
