import { randomBytes } from 'node:crypto';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from './faults';
import { fingerprintOf } from './fingerprint';
import { guarded } from './guarded';
import type { HeldKeys } from './heldKeys';
import { newDataKey, newWorkspaceKey, openWorkspaceKey, sealSecret } from './hierarchy';
import { InconsistentRead, inconsistentWhereTampered, rereading } from './rereading';
import { named, tamperedWorkspaceKey } from './rowFaults';
import type { Secret } from './secret';
import type { NewSealedRow, VaultStorage } from './storage';
import type { KeyBinding, Vault } from './vault';

const DATA_KEY_ID_BYTES = 16;

const replacedMeanwhile = (workspaceId: string): InconsistentRead =>
  new InconsistentRead(
    new VaultFault(
      'unavailable',
      `keys of workspace ${workspaceId} were replaced again and again while one was sealed: try again`,
    ),
  );

/**
 * The stored key of a workspace, still sealed, that new data keys belong under; made on the workspace's first secret.
 */
const workspaceKeyOf = (
  held: HeldKeys,
  storage: VaultStorage,
  workspaceId: string,
  now: () => number,
): TE.TaskEither<VaultFault | InconsistentRead, Uint8Array> =>
  pipe(
    storage.readWorkspaceKey(workspaceId),
    TE.chain((stored) =>
      stored !== null
        ? TE.right(stored)
        : pipe(
            guarded(() => {
              const { workspaceSealing, deploymentId, masterKeyId } = held.get();
              const made = newWorkspaceKey(workspaceSealing, deploymentId, workspaceId);
              made.key.fill(0);
              return { sealed: made.sealed, masterKeyId };
            }),
            TE.chain(({ sealed, masterKeyId }) =>
              storage.keepWorkspaceKey(workspaceId, sealed, masterKeyId, now()),
            ),
          ),
    ),
    TE.chainW((stored) =>
      stored === null ? TE.left(replacedMeanwhile(workspaceId)) : TE.right(stored.successor ?? stored.sealed),
    ),
  );

const sealRow = (
  held: HeldKeys,
  binding: KeyBinding,
  secret: Secret,
  sealedWorkspaceKey: Uint8Array,
  createdAt: number,
): NewSealedRow => {
  const { workspaceSealing, deploymentId } = held.get();
  const workspaceKey = openWorkspaceKey(
    workspaceSealing,
    deploymentId,
    binding.workspaceId,
    sealedWorkspaceKey,
  );
  if (workspaceKey === null) {
    throw tamperedWorkspaceKey(binding.workspaceId);
  }
  const dataKey = newDataKey(workspaceKey, deploymentId, binding);
  try {
    return {
      workspaceId: binding.workspaceId,
      keyId: binding.keyId,
      fingerprint: binding.fingerprint,
      createdAt,
      dataKeyId: randomBytes(DATA_KEY_ID_BYTES),
      sealedDataKey: dataKey.sealed,
      sealedSecret: secret.use((bytes) => sealSecret(dataKey.key, deploymentId, binding, bytes)),
      workspaceKey: sealedWorkspaceKey,
    };
  } finally {
    workspaceKey.fill(0);
    dataKey.key.fill(0);
  }
};

/** A row under another fingerprint than the secret's own would never open. */
const checkFingerprint = (held: HeldKeys, binding: KeyBinding, secret: Secret): void => {
  const own = secret.use((bytes) => fingerprintOf(held.get().pepper, binding.workspaceId, bytes));
  if (own !== binding.fingerprint) {
    throw new VaultFault(
      'tampered',
      `the fingerprint given for ${named(binding)} is not that of its secret, so nothing was stored: ` +
        `take it from the vault's own fingerprint()`,
    );
  }
};

const attempt = (
  held: HeldKeys,
  storage: VaultStorage,
  now: () => number,
  binding: KeyBinding,
  secret: Secret,
): TE.TaskEither<VaultFault | InconsistentRead, void> =>
  pipe(
    workspaceKeyOf(held, storage, binding.workspaceId, now),
    TE.chain((workspaceKey) =>
      inconsistentWhereTampered(guarded(() => sealRow(held, binding, secret, workspaceKey, now()))),
    ),
    TE.chainW(storage.insert),
    TE.chainW((stored) => (stored ? TE.right(undefined) : TE.left(replacedMeanwhile(binding.workspaceId)))),
  );

export const sealer =
  (held: HeldKeys, storage: VaultStorage, now: () => number): Vault['seal'] =>
  (binding, secret) =>
    pipe(
      guarded(() => checkFingerprint(held, binding, secret)),
      TE.chain(() => rereading(held, attempt(held, storage, now, binding, secret))),
    );
