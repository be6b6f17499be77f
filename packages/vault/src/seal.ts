import { randomBytes } from 'node:crypto';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { VaultFault } from './faults';
import { fingerprintOf } from './fingerprint';
import { guarded } from './guarded';
import type { HeldKeys } from './heldKeys';
import { newDataKey, sealSecret } from './hierarchy';
import { withWorkspaceKeys } from './openedWorkspace';
import { inconsistentWhereTampered, rereading, type InconsistentRead } from './rereading';
import { named } from './rowFaults';
import type { Secret } from './secret';
import type { NewSealedRow, StoredWorkspaceKey, VaultStorage } from './storage';
import type { KeyBinding, Vault, Witness } from './vault';
import { readWitness } from './witness';
import { replacedMeanwhile, storedWorkspace } from './workspaceMaking';

const DATA_KEY_ID_BYTES = 16;

const sealRow = (
  held: HeldKeys,
  binding: KeyBinding,
  secret: Secret,
  stored: StoredWorkspaceKey,
  createdAt: number,
): { readonly row: NewSealedRow; readonly witness: Witness } => {
  const keys = held.get();
  const { deploymentId } = keys;
  const { workspaceId, keyId, fingerprint } = binding;
  return withWorkspaceKeys(keys, workspaceId, stored, ({ present }) => {
    const witness = readWitness(present, { deploymentId, workspaceId }, stored.witness);
    const dataKey = newDataKey(present, deploymentId, binding);
    try {
      return {
        row: {
          workspaceId,
          keyId,
          fingerprint,
          createdAt,
          dataKeyId: randomBytes(DATA_KEY_ID_BYTES),
          sealedDataKey: dataKey.sealed,
          sealedSecret: secret.use((bytes) => sealSecret(dataKey.key, deploymentId, binding, bytes)),
          workspaceKey: stored.successor ?? stored.sealed,
        },
        witness,
      };
    } finally {
      dataKey.key.fill(0);
    }
  });
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
): TE.TaskEither<VaultFault | InconsistentRead, Witness> =>
  pipe(
    storedWorkspace(held, storage, binding.workspaceId, now),
    TE.chain((stored) =>
      inconsistentWhereTampered(guarded(() => sealRow(held, binding, secret, stored, now()))),
    ),
    TE.chainW(({ row, witness }) =>
      pipe(
        storage.insert(row),
        TE.chainW((inserted) =>
          inserted ? TE.right(witness) : TE.left(replacedMeanwhile(binding.workspaceId)),
        ),
      ),
    ),
  );

export const sealer =
  (held: HeldKeys, storage: VaultStorage, now: () => number): Vault['seal'] =>
  (binding, secret) =>
    pipe(
      guarded(() => checkFingerprint(held, binding, secret)),
      TE.chain(() => rereading(held, attempt(held, storage, now, binding, secret))),
    );
