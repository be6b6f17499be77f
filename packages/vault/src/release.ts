import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from './faults';
import { frozen, missing, named } from './rowFaults';
import type { Secret } from './secret';
import type { RowState } from './storage';
import type { KeyBinding, SealedKeyRef, Vault } from './vault';
import { wipingAfter } from './wiping';

/** The secret is handed over within this many milliseconds of its authorisation, or not at all. */
const RELEASE_WITHIN_MS = 5000;

/** A secret that was unsealed, and how to ask what has become of its row since. */
export interface Unsealed {
  readonly secret: Secret;
  readonly state: TE.TaskEither<VaultFault, RowState>;
  /** Keeps that the event log names the row: it does, or its right to be opened would not stand there. */
  readonly markNamed: T.Task<void>;
}

export interface ReleaseSteps {
  /** Unseals the row and compares it with what the event log says of the key. */
  readonly unseal: (binding: KeyBinding) => TE.TaskEither<VaultFault, Unsealed>;
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonicMs: () => number;
}

const inTime = (steps: ReleaseSteps, ref: SealedKeyRef, authorisedAt: number): E.Either<VaultFault, void> =>
  steps.monotonicMs() - authorisedAt <= RELEASE_WITHIN_MS
    ? E.right(undefined)
    : E.left(
        new VaultFault(
          'release-too-late',
          `${named(ref)} was not released, since over ${RELEASE_WITHIN_MS / 1000} s went by since its ` +
            `authorisation: start or resume the run again`,
        ),
      );

const stillLive = (ref: SealedKeyRef, state: RowState): E.Either<VaultFault, void> =>
  state === 'live' ? E.right(undefined) : E.left(state === 'frozen' ? frozen(ref) : missing(ref));

/**
 * The order of a release: authorise → unseal and compare → confirm → in time? → row still live? → use, once → wipe.
 * The time is looked at before and after the row, since reading a row may wait for another process.
 */
export const release =
  (steps: ReleaseSteps): Vault['open'] =>
  (gate, use) =>
    pipe(
      gate.authorise,
      TE.map((binding) => ({ binding, authorisedAt: steps.monotonicMs() })),
      TE.chainW(({ binding, authorisedAt }) =>
        pipe(
          steps.unseal(binding),
          TE.chainW(({ secret, state, markNamed }) =>
            wipingAfter(
              () => secret.wipe(),
              pipe(
                gate.confirm,
                TE.chainEitherKW(() => inTime(steps, binding, authorisedAt)),
                TE.chainW(() => state),
                TE.chainEitherKW((now) => stillLive(binding, now)),
                TE.chainEitherKW(() => inTime(steps, binding, authorisedAt)),
                TE.chainW(() => use(secret)),
                TE.chainFirstTaskK(() => markNamed),
              ),
            ),
          ),
        ),
      ),
    );
