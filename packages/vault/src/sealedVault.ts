import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';
import { fingerprintOf } from './fingerprint';
import { guarded } from './guarded';
import type { HeldKeys } from './heldKeys';
import { logSealing } from './logSealing';
import { removalMemory } from './removalMemory';
import { release } from './release';
import { rereadingEach } from './rereading';
import { missing } from './rowFaults';
import { sealer } from './seal';
import { pairer } from './pair';
import type { VaultStorage } from './storage';
import { openingChecker, unsealer } from './unseal';
import type { SealedKeyRef, ShredGroup, Vault, WorkspaceHead } from './vault';
import { expectHeads, keepingHigher, logWitnessing } from './witnessing';

export interface Clocks {
  /** Milliseconds since 1970. */
  readonly wallMs: () => number;
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonicMs: () => number;
}

const headsOf = (groups: ReadonlyArray<ShredGroup>): ReadonlyArray<WorkspaceHead> =>
  groups.flatMap(({ workspaceId, head }) =>
    head === undefined ? [] : [{ workspaceId, revision: head.revision, chain: head.chain }],
  );

/**
 * The vault over any storage. It holds the deployment's own keys until it is closed, and nothing else between calls.
 */
export const sealedVault = (held: HeldKeys, storage: VaultStorage, clocks: Clocks): Vault => {
  const unseal = unsealer(held, storage);
  const witnessing = logWitnessing(held, storage, clocks.wallMs);

  const found = (ref: SealedKeyRef) =>
    TE.chain((there: boolean): TE.TaskEither<VaultFault, void> =>
      there ? TE.right(undefined) : TE.left(missing(ref)),
    );

  return {
    deploymentId: held.get().deploymentId,
    proof: held.get().proof,
    fingerprint: (workspaceId, secret) =>
      secret.use((bytes) => fingerprintOf(held.get().pepper, workspaceId, bytes)),
    seal: sealer(held, storage, clocks.wallMs),
    open: release({ unseal, monotonicMs: clocks.monotonicMs }),
    checkOpens: openingChecker(held, storage),
    freeze: (ref) =>
      pipe(
        witnessing.witnessOf(ref.workspaceId),
        TE.chain(TE.fromNullable(missing(ref))),
        TE.chainFirst(() => pipe(storage.freeze(ref, clocks.wallMs()), found(ref))),
      ),
    unfreeze: (ref, frozenUpTo) => pipe(storage.unfreeze(ref, frozenUpTo ?? null), found(ref)),
    markNamed: storage.markNamed,
    discard: storage.remove,
    sealedKeyIds: storage.keyIdsOf,
    shredTogether: (groups) => {
      expectHeads(headsOf(groups));
      return pipe(
        rereadingEach(held, groups, (wanted) =>
          pipe(
            guarded(() => held.get().proof),
            TE.chain((proof) => storage.shred(wanted, keepingHigher(held, headsOf(wanted)), proof)),
          ),
        ),
        TE.map((receipts) => {
          const destroyedAt = clocks.wallMs();
          return receipts.map(E.map((done) => ({ destroyedAt, ...done })));
        }),
      );
    },
    workspaceIds: storage.workspaceIds,
    rowsOf: storage.rowsOf,
    pairing: storage.pairing,
    pair: pairer(storage),
    lowerHighWater: storage.lowerHighWater,
    ...logSealing(held, storage),
    ...witnessing,
    ...removalMemory(held, storage, clocks.wallMs),
    close: () => {
      held.wipe();
      return storage.close();
    },
  };
};
