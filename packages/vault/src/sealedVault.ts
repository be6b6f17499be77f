import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';
import { fingerprintOf } from './fingerprint';
import type { HeldKeys } from './heldKeys';
import { release } from './release';
import { missing } from './rowFaults';
import { sealer } from './seal';
import { pairer } from './pair';
import type { VaultStorage } from './storage';
import { unsealer } from './unseal';
import type { SealedKeyRef, Vault } from './vault';

export interface Clocks {
  /** Milliseconds since 1970. */
  readonly wallMs: () => number;
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonicMs: () => number;
}

/**
 * The vault over any storage. It holds the deployment's own keys until it is closed, and nothing else between calls.
 */
export const sealedVault = (held: HeldKeys, storage: VaultStorage, clocks: Clocks): Vault => {
  const unseal = unsealer(held, storage);

  const found = (ref: SealedKeyRef) =>
    TE.chain((there: boolean): TE.TaskEither<VaultFault, void> =>
      there ? TE.right(undefined) : TE.left(missing(ref)),
    );

  return {
    deploymentId: held.get().deploymentId,
    fingerprint: (workspaceId, secret) =>
      secret.use((bytes) => fingerprintOf(held.get().pepper, workspaceId, bytes)),
    seal: sealer(held, storage, clocks.wallMs),
    open: release({ unseal, monotonicMs: clocks.monotonicMs }),
    freeze: (ref) => pipe(storage.freeze(ref, clocks.wallMs()), found(ref)),
    unfreeze: (ref, frozenUpTo) => pipe(storage.unfreeze(ref, frozenUpTo ?? null), found(ref)),
    markNamed: storage.markNamed,
    discard: storage.remove,
    sealedKeyIds: storage.keyIdsOf,
    shredTogether: (groups) =>
      pipe(
        storage.shred(groups),
        TE.map((receipts) => {
          const destroyedAt = clocks.wallMs();
          return receipts.map(E.map((done) => ({ destroyedAt, ...done })));
        }),
      ),
    workspaceIds: storage.workspaceIds,
    rowsOf: storage.rowsOf,
    pairing: storage.pairing,
    pair: pairer(storage),
    close: () => {
      held.wipe();
      return storage.close();
    },
  };
};
