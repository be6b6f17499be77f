import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';
import type { HeldKeys } from './heldKeys';

/** Two readings do not fit together. That is a fault, unless a rotation replaced something in between. */
export class InconsistentRead {
  constructor(readonly fault: VaultFault) {}
}

/**
 * A rotation replaces one key of each kind, the master key and the workspace's: of three attempts one finds
 * everything in its place.
 */
const ATTEMPTS = 3;

/**
 * Tries again, with the vault's present keys, where what was read does not fit; the last inconsistent read counts as
 * a fault.
 */
export const rereading = <A>(
  held: HeldKeys,
  attempt: TE.TaskEither<VaultFault | InconsistentRead, A>,
): TE.TaskEither<VaultFault, A> => {
  const from = (left: number): TE.TaskEither<VaultFault, A> =>
    pipe(
      attempt,
      TE.orElse((reason) => {
        if (!(reason instanceof InconsistentRead)) return TE.left(reason);
        if (left === 1) return TE.left(reason.fault);
        return pipe(
          held.refresh,
          TE.chain(() => from(left - 1)),
        );
      }),
    );
  return from(ATTEMPTS);
};

/** `tampered` counts as an inconsistent read: a key from before a rotation does not open what was sealed after it. */
export const inconsistentWhereTampered = <A>(
  run: TE.TaskEither<VaultFault, A>,
): TE.TaskEither<VaultFault | InconsistentRead, A> =>
  pipe(
    run,
    TE.mapLeft((fault) => (fault.code === 'tampered' ? new InconsistentRead(fault) : fault)),
  );

/**
 * The same for many items, each with its own outcome: those with `tampered` are tried again with the vault's present
 * keys, and no others.
 */
export const rereadingEach = <I, A>(
  held: HeldKeys,
  items: ReadonlyArray<I>,
  attempt: (items: ReadonlyArray<I>) => TE.TaskEither<VaultFault, ReadonlyArray<E.Either<VaultFault, A>>>,
): TE.TaskEither<VaultFault, ReadonlyArray<E.Either<VaultFault, A>>> => {
  const from = (
    wanted: ReadonlyArray<I>,
    left: number,
  ): TE.TaskEither<VaultFault, ReadonlyArray<E.Either<VaultFault, A>>> =>
    pipe(
      attempt(wanted),
      TE.chain((outcomes) => {
        const places = outcomes.flatMap((outcome, place) =>
          E.isLeft(outcome) && outcome.left.code === 'tampered' ? [place] : [],
        );
        if (left === 1 || places.length === 0) return TE.right(outcomes);
        const again = wanted.filter((_, place) => places.includes(place));
        return pipe(
          held.refresh,
          TE.chain(() => from(again, left - 1)),
          // The others have come to what they have come to.
          TE.orElse((fault) =>
            TE.right<VaultFault, ReadonlyArray<E.Either<VaultFault, A>>>(places.map(() => E.left(fault))),
          ),
          TE.map((second) => outcomes.map((outcome, place) => second[places.indexOf(place)] ?? outcome)),
        );
      }),
    );
  return from(items, ATTEMPTS);
};
