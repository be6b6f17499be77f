import { timingSafeEqual } from 'node:crypto';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as RA from 'fp-ts/ReadonlyArray';
import * as TE from 'fp-ts/TaskEither';
import type { DeploymentKeys } from '../deployment';
import type { VaultFault } from '../faults';
import { guarded } from '../guarded';
import { newWorkspaceKey, openWorkspaceKey, resealDataKey, type WorkspaceKeyName } from '../hierarchy';
import { removalUnder } from '../removal';
import { tamperedWorkspaceKey } from '../rowFaults';
import { wipingAfter } from '../wiping';
import { witnessUnder } from '../witness';
import { eachPage, PAGE } from './pages';
import type { DataKeyRow, RotationStorage, WorkspaceKeyRow } from './rotationStorage';

type RenewalStorage = Pick<
  RotationStorage,
  'workspaceKeys' | 'keepSuccessor' | 'dataKeys' | 'replaceDataKeys' | 'succeed'
>;

/** What became of data keys. */
interface DataKeys {
  readonly resealed: number;
  /** Opened under neither workspace key: they were beyond use before. */
  readonly unopened: number;
}

const nameOf = (
  { deploymentId, rotations }: DeploymentKeys,
  { workspaceId, madeIn }: Pick<WorkspaceKeyRow, 'workspaceId' | 'madeIn'>,
): WorkspaceKeyName => ({ deploymentId, workspaceId, sealedIn: rotations.number, madeIn });

const opened = (
  keys: DeploymentKeys,
  row: Pick<WorkspaceKeyRow, 'workspaceId' | 'madeIn'>,
  sealed: Uint8Array,
): Buffer => {
  const key = openWorkspaceKey(keys.workspaceSealing, nameOf(keys, row), sealed);
  if (key === null) {
    throw tamperedWorkspaceKey(row.workspaceId);
  }
  return key;
};

/** The same row with the key that this rotation makes. */
const renewed = (keys: DeploymentKeys, { workspaceId }: WorkspaceKeyRow) => ({
  workspaceId,
  madeIn: keys.rotations.number,
});

/** Throws `tampered` for a workspace whose key was not made by this rotation, or after it, whatever the row says. */
export const expectRenewed =
  (keys: DeploymentKeys) =>
  (row: WorkspaceKeyRow): void => {
    opened(keys, renewed(keys, row), row.sealed).fill(0);
  };

/**
 * The workspace's next key, sealed: kept from now on, or since an earlier run. Null when another process was faster.
 */
const successorOf = (
  storage: RenewalStorage,
  keys: DeploymentKeys,
  row: WorkspaceKeyRow,
  old: Buffer,
): TE.TaskEither<VaultFault, Uint8Array | null> => {
  const { workspaceId, sealed, successor } = row;
  const { workspaceSealing, deploymentId } = keys;
  return successor !== null
    ? TE.right(successor)
    : pipe(
        guarded(() => newWorkspaceKey(workspaceSealing, nameOf(keys, renewed(keys, row)))),
        TE.chain((next) =>
          wipingAfter(
            () => next.key.fill(0),
            pipe(
              storage.keepSuccessor(
                workspaceId,
                { sealed, successor: next.sealed },
                {
                  witness: (stored) => witnessUnder([old, next.key], { deploymentId, workspaceId }, stored),
                  removal: (stored) => removalUnder([old, next.key], { deploymentId, workspaceId }, stored),
                },
              ),
              TE.map((kept) => (kept ? next.sealed : null)),
            ),
          ),
        ),
      );
};

/** A page of data keys under the next key. Those that are under it already, or open under neither, stay as they are. */
const changesOf = (
  fromTo: readonly [Uint8Array, Uint8Array],
  deploymentId: string,
  workspaceId: string,
  rows: ReadonlyArray<DataKeyRow>,
) => {
  const [, next] = fromTo;
  const resealedOf = (keys: typeof fromTo, { keyId, sealed }: DataKeyRow): Uint8Array | null =>
    resealDataKey(keys, deploymentId, { workspaceId, keyId }, sealed);
  const { left: rest, right: changes } = pipe(
    rows,
    RA.partitionMap((row) =>
      pipe(
        resealedOf(fromTo, row),
        E.fromNullable(row),
        E.map((resealed) => ({ ...row, resealed })),
      ),
    ),
  );
  return { changes, unopened: rest.filter((row) => resealedOf([next, next], row) === null).length };
};

const resealDataKeys = (
  storage: RenewalStorage,
  fromTo: readonly [Uint8Array, Uint8Array],
  deploymentId: string,
  workspaceId: string,
): TE.TaskEither<VaultFault, DataKeys> => {
  let [resealed, unopened] = [0, 0];
  return pipe(
    eachPage(
      (after: Uint8Array | null) => storage.dataKeys(workspaceId, after, PAGE),
      ({ dataKeyId }) => dataKeyId,
      (rows) =>
        pipe(
          guarded(() => changesOf(fromTo, deploymentId, workspaceId, rows)),
          TE.chain((page) =>
            pipe(
              storage.replaceDataKeys(workspaceId, page.changes),
              TE.map((replaced) => {
                resealed += replaced;
                unopened += page.unopened;
                return true;
              }),
            ),
          ),
        ),
    ),
    TE.map(() => ({ resealed, unopened })),
  );
};

/**
 * Gives one workspace another key. From `keepSuccessor` on no row is stored under the old one, and both lie in the
 * vault; when all data keys are under the successor, it takes the old one's place. So a process that is killed anywhere
 * leaves nothing that does not open.
 */
const renewOne = (
  storage: RenewalStorage,
  keys: DeploymentKeys,
  row: WorkspaceKeyRow,
): TE.TaskEither<VaultFault, DataKeys | null> =>
  pipe(
    guarded(() => opened(keys, row, row.sealed)),
    TE.chain((old) =>
      wipingAfter(
        () => old.fill(0),
        pipe(
          successorOf(storage, keys, row, old),
          TE.chain((successor) =>
            successor === null
              ? TE.right(null)
              : pipe(
                  guarded(() => {
                    const next = opened(keys, renewed(keys, row), successor);
                    if (!timingSafeEqual(old, next)) return next;
                    next.fill(0);
                    throw tamperedWorkspaceKey(row.workspaceId);
                  }),
                  TE.chain((next) =>
                    wipingAfter(
                      () => next.fill(0),
                      resealDataKeys(storage, [old, next], keys.deploymentId, row.workspaceId),
                    ),
                  ),
                  TE.chainFirst(() => storage.succeed(row.workspaceId, successor, keys.rotations.number)),
                ),
          ),
        ),
      ),
    ),
  );

/**
 * Gives every workspace that is due another key. One that another process has begun with in the same moment is left for
 * a next call.
 */
export const renewAll = (
  storage: RenewalStorage,
  keys: DeploymentKeys,
  onWorkspace: (dataKeys: DataKeys | null) => void,
): TE.TaskEither<VaultFault, void> =>
  eachPage(
    (after: string | null) => storage.workspaceKeys(after, PAGE),
    ({ workspaceId }) => workspaceId,
    (rows) =>
      pipe(
        rows,
        TE.traverseSeqArray((row) =>
          pipe(
            row.madeIn !== keys.rotations.number || row.successor !== null
              ? renewOne(storage, keys, row)
              : TE.right(null),
            TE.map(onWorkspace),
          ),
        ),
        TE.map(() => true),
      ),
  );

/** Throws `tampered` for the first workspace whose key was not made by this rotation, or after it. */
export const expectAllRenewed = (
  storage: Pick<RotationStorage, 'workspaceKeys'>,
  keys: DeploymentKeys,
): TE.TaskEither<VaultFault, void> =>
  eachPage(
    (after: string | null) => storage.workspaceKeys(after, PAGE),
    ({ workspaceId }) => workspaceId,
    (rows) =>
      guarded(() => {
        rows.forEach(expectRenewed(keys));
        return true;
      }),
  );
