import * as E from 'fp-ts/Either';
import { constVoid, pipe } from 'fp-ts/function';
import * as T from 'fp-ts/Task';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from './faults';
import { fingerprintOf } from './fingerprint';
import { guarded } from './guarded';
import type { HeldKeys } from './heldKeys';
import { openDataKey, openSecret } from './hierarchy';
import { withWorkspaceKeys, type WorkspaceKeys } from './openedWorkspace';
import type { Unsealed } from './release';
import { inconsistentWhereTampered, rereading } from './rereading';
import { frozen, missing, tampered, tamperedWorkspaceKey } from './rowFaults';
import { Secret } from './secret';
import type { SealedRow, StoredWorkspaceKey, VaultStorage } from './storage';
import type { KeyBinding, SecretChecking, Witness } from './vault';
import { readWitness } from './witness';
import { witnessReader } from './witnessing';

/** A row that may be opened, with all that it takes. */
interface Openable {
  readonly row: SealedRow;
  readonly sealedDataKey: Uint8Array;
  readonly workspaceKey: StoredWorkspaceKey;
}

const find = (
  storage: Pick<VaultStorage, 'read' | 'readWorkspaceKey'>,
  binding: KeyBinding,
  states: ReadonlyArray<SealedRow['state']>,
): TE.TaskEither<VaultFault, Openable> =>
  pipe(
    TE.Do,
    TE.bind('row', () => pipe(storage.read(binding), TE.chain(TE.fromNullable(missing(binding))))),
    TE.filterOrElse(
      ({ row }) => states.includes(row.state),
      () => frozen(binding),
    ),
    TE.filterOrElse(
      ({ row }) => row.fingerprint === binding.fingerprint,
      () => tampered(binding),
    ),
    TE.bind('sealedDataKey', ({ row }) => TE.fromNullable(missing(binding))(row.sealedDataKey)),
    TE.bind('workspaceKey', () =>
      pipe(
        storage.readWorkspaceKey(binding.workspaceId),
        TE.chain(TE.fromNullable(tamperedWorkspaceKey(binding.workspaceId))),
      ),
    ),
  );

/** A secret that is what the event log says, the fingerprint computed anew; null when it is not. */
const readSecret = (held: HeldKeys, binding: KeyBinding, bytes: Uint8Array): Secret | null =>
  fingerprintOf(held.get().pepper, binding.workspaceId, bytes) === binding.fingerprint
    ? pipe(
        Secret.from(bytes),
        E.getOrElse((): Secret | null => null),
      )
    : null;

/** While workspace keys are renewed, a data key is under the workspace's key or under its successor. */
const dataKeyOf = (
  { present, former }: WorkspaceKeys,
  deploymentId: string,
  binding: KeyBinding,
  sealed: Uint8Array,
): Buffer => {
  for (const key of former === null ? [present] : [present, former]) {
    const dataKey = openDataKey(key, deploymentId, binding, sealed);
    if (dataKey !== null) return dataKey;
  }
  throw tampered(binding);
};

const openRow = (
  held: HeldKeys,
  binding: KeyBinding,
  { row, sealedDataKey }: Openable,
  workspace: WorkspaceKeys,
): Secret => {
  const { deploymentId } = held.get();
  const dataKey = dataKeyOf(workspace, deploymentId, binding, sealedDataKey);
  try {
    const secret = openSecret(dataKey, deploymentId, binding, row.sealedSecret, (bytes) =>
      readSecret(held, binding, bytes),
    );
    if (secret === null) {
      throw tampered(binding);
    }
    return secret;
  } finally {
    dataKey.fill(0);
  }
};

const openWithWitness = (
  held: HeldKeys,
  binding: KeyBinding,
  found: Openable,
): { readonly secret: Secret; readonly witness: Witness } => {
  const keys = held.get();
  const { deploymentId } = keys;
  const { workspaceId } = binding;
  return withWorkspaceKeys(keys, workspaceId, found.workspaceKey, (workspace) => {
    const witness = readWitness(workspace.present, { deploymentId, workspaceId }, found.workspaceKey.witness);
    return { secret: openRow(held, binding, found, workspace), witness };
  });
};

/** Looks whether a row opens as what the event log says of it. The secret is wiped at once. */
export const openingChecker =
  (held: HeldKeys, storage: Pick<VaultStorage, 'read' | 'readWorkspaceKey'>): SecretChecking['checkOpens'] =>
  (binding) =>
    rereading(
      held,
      pipe(
        find(storage, binding, ['live', 'frozen']),
        TE.chainW((found) =>
          inconsistentWhereTampered(
            guarded(() => {
              const { workspaceId } = binding;
              withWorkspaceKeys(held.get(), workspaceId, found.workspaceKey, (workspace) =>
                openRow(held, binding, found, workspace),
              ).wipe();
            }),
          ),
        ),
      ),
    );

/** Unseals a row for what the event log says of it. Nothing that was unsealed stays but the secret itself. */
export const unsealer =
  (held: HeldKeys, storage: Pick<VaultStorage, 'markNamed' | 'read' | 'readWorkspaceKey' | 'stateOf'>) =>
  (binding: KeyBinding): TE.TaskEither<VaultFault, Unsealed> =>
    rereading(
      held,
      pipe(
        find(storage, binding, ['live']),
        TE.chainW((found) =>
          inconsistentWhereTampered(
            guarded(() => ({
              ...openWithWitness(held, binding, found),
              look: pipe(
                witnessReader(held, storage)(binding.workspaceId),
                TE.chain(TE.fromNullable(missing(binding))),
                TE.bindTo('witness'),
                TE.bind('state', () => storage.stateOf(binding, found.row.dataKeyId)),
              ),
              // One that can't be told now is told by the next release, or by a sweep.
              markNamed: found.row.named
                ? T.of(undefined)
                : pipe(storage.markNamed(binding), TE.match(constVoid, constVoid)),
            })),
          ),
        ),
      ),
    );
