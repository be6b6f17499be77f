import type { TaskEither } from 'fp-ts/TaskEither';

/** Runs a task, then wipes what it worked on, also when it fails, throws or rejects. */
export const wipingAfter =
  <E, A>(wipe: () => unknown, run: TaskEither<E, A>): TaskEither<E, A> =>
  async () => {
    try {
      return await run();
    } finally {
      wipe();
    }
  };
