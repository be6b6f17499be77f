import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';
import type { HeldKeys } from './heldKeys';

/** What was read does not fit together: a fault, unless a rotation replaced something between two readings. */
export class Misfit {
  constructor(readonly fault: VaultFault) {}
}

/**
 * A rotation replaces one key of each kind, the master key and the workspace's: of three attempts one finds everything in
 * its place.
 */
const ATTEMPTS = 3;

/** Tries again, with the vault's present keys, where what was read does not fit; the last misfit counts as a fault. */
export const rereading = <A>(
  held: HeldKeys,
  attempt: TE.TaskEither<VaultFault | Misfit, A>,
): TE.TaskEither<VaultFault, A> => {
  const from = (left: number): TE.TaskEither<VaultFault, A> =>
    pipe(
      attempt,
      TE.orElse((reason) => {
        if (!(reason instanceof Misfit)) return TE.left(reason);
        if (left === 1) return TE.left(reason.fault);
        return pipe(
          held.refresh,
          TE.chain(() => from(left - 1)),
        );
      }),
    );
  return from(ATTEMPTS);
};

/** `tampered` is a misfit: a key of before a rotation does not open what was sealed after it. */
export const misfitWhereTampered = <A>(
  run: TE.TaskEither<VaultFault, A>,
): TE.TaskEither<VaultFault | Misfit, A> =>
  pipe(
    run,
    TE.mapLeft((fault) => (fault.code === 'tampered' ? new Misfit(fault) : fault)),
  );
