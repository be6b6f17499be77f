import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from './faults';
import { frozen, missing, named } from './rowFaults';
import type { Secret } from './secret';
import type { RowState } from './storage';
import type { KeyBinding, ReleaseGate, SealedKeyRef, Vault, Witness } from './vault';
import { isSameHead } from './witness';
import { wipingAfter } from './wiping';

/** The secret is handed over within this many milliseconds of its authorisation, or not at all. */
const RELEASE_WITHIN_MS = 5000;

/** A secret that was unsealed, and how to ask what has become of its row since. */
export interface Unsealed {
  readonly secret: Secret;
  /** As read with the row. */
  readonly witness: Witness;
  /** The witness and the row as they are now. */
  readonly look: TE.TaskEither<VaultFault, { readonly witness: Witness; readonly state: RowState }>;
  /** Keeps that the event log names the row: it does, or its right to be opened would not stand there. */
  readonly markNamed: T.Task<void>;
}

/** What the last look before a release is made with. */
type Confirming = Pick<Unsealed, 'look'> & { readonly ref: SealedKeyRef; readonly authorisedAt: number };

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
 * The order of a release: authorise → unseal and compare → confirm → in time? → row still live, witness still the same?
 * → use, once → wipe. Where the vault has learned of a newer head meanwhile, that is confirmed, too. The time is looked
 * at before and after the row, since reading a row may wait for another process.
 */
export const release =
  (steps: ReleaseSteps): Vault['open'] =>
  (gate, use) => {
    const confirmed = <E>(
      confirm: ReleaseGate<E>['confirm'],
      { look, ref, authorisedAt }: Confirming,
      witness: Witness,
    ): TE.TaskEither<E | VaultFault, void> =>
      pipe(
        confirm(witness),
        TE.chainEitherKW(() => inTime(steps, ref, authorisedAt)),
        TE.chainW(() => look),
        TE.chainFirstEitherKW(({ state }) => stillLive(ref, state)),
        TE.chainFirstEitherKW(() => inTime(steps, ref, authorisedAt)),
        TE.chainW((now) =>
          isSameHead(now.witness, witness)
            ? TE.right(undefined)
            : confirmed(confirm, { look, ref, authorisedAt }, now.witness),
        ),
      );
    return pipe(
      gate.authorise,
      TE.map((binding) => ({ binding, authorisedAt: steps.monotonicMs() })),
      TE.chainW(({ binding, authorisedAt }) =>
        pipe(
          steps.unseal(binding),
          TE.chainW(({ secret, witness, look, markNamed }) =>
            wipingAfter(
              () => secret.wipe(),
              pipe(
                confirmed(gate.confirm, { look, ref: binding, authorisedAt }, witness),
                TE.chainW(() => use(secret)),
                TE.chainFirstTaskK(() => markNamed),
              ),
            ),
          ),
        ),
      ),
    );
  };
