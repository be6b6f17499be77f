import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from './faults';

/** Runs what may throw a fault. Anything else that is thrown is a mistake in a program, and goes through. */
export const guarded = <A>(run: () => A): TE.TaskEither<VaultFault, A> =>
  TE.tryCatch(
    () => new Promise<A>((done) => done(run())),
    (error) => {
      if (error instanceof VaultFault) {
        return error;
      }
      throw error;
    },
  );
