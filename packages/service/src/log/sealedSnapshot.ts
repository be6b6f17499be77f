import {
  decodeSnapshot,
  encodeSnapshot,
  keyringStream,
  SNAPSHOT_SCHEMA_VERSION,
  type Keyring,
  type WorkspaceId,
} from '@keyturn/domain';
import { linkOf, withLink, type StoredSnapshot } from '@keyturn/event-store';
import type { LogSealing, VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { FoldedKeyring } from '../foldedKeyring';
import { packSnapshot, unpackSnapshot } from './snapshotPacking';

/** What snapshots are sealed and checked with. */
export type SnapshotSealing = Pick<LogSealing, 'rereadLogKeys' | 'sealSnapshot' | 'verifySnapshot'>;

/** A sealed snapshot as a store keeps it; null when it would be larger than every store takes. */
export const sealedSnapshot = (
  { sealSnapshot }: SnapshotSealing,
  workspaceId: WorkspaceId,
  { keyring, chain }: FoldedKeyring,
): StoredSnapshot | null => {
  const text = packSnapshot(encodeSnapshot(keyring));
  if (text === null) return null;
  const { revision } = keyring;
  const schemaVersion = SNAPSHOT_SCHEMA_VERSION;
  const seal = sealSnapshot({ stream: keyringStream(workspaceId), revision, schemaVersion, chain, text });
  return { revision, schemaVersion, data: withLink({ rest: text, chain, seal }) };
};

/** `unreadable`: of another release, or nothing at all. `forged`: its seal does not fit. */
export type OpenedSnapshot = FoldedKeyring | 'unreadable' | 'forged';

const opened = (workspaceId: WorkspaceId, revision: number, text: string): Keyring | null => {
  const snapshot = decodeSnapshot(unpackSnapshot(text));
  return E.isRight(snapshot) &&
    snapshot.right.workspaceId === workspaceId &&
    snapshot.right.revision === revision
    ? snapshot.right
    : null;
};

/** The keyring of a stored snapshot. Its seal is checked before anything of it is inflated. */
export const openSnapshot = async (
  seals: SnapshotSealing,
  workspaceId: WorkspaceId,
  { revision, schemaVersion, data }: StoredSnapshot,
): Promise<E.Either<VaultFault, OpenedSnapshot>> => {
  if (schemaVersion !== SNAPSHOT_SCHEMA_VERSION) return E.right('unreadable');
  const link = linkOf(data);
  if (link === null || link.seal === null) return E.right('forged');
  const { rest: text, chain, seal } = link;
  const snapshot = { stream: keyringStream(workspaceId), revision, schemaVersion, chain, text };
  let verdict = seals.verifySnapshot(snapshot, seal);
  if (verdict === 'unknown-key') {
    const reread = await seals.rereadLogKeys();
    if (E.isLeft(reread)) return reread;
    verdict = seals.verifySnapshot(snapshot, seal);
  }
  // A key that was replaced is erased: what it sealed is as good as none, and nobody's fault.
  if (verdict === 'unknown-key') return E.right('unreadable');
  if (verdict === 'bad') return E.right('forged');
  const keyring = opened(workspaceId, revision, text);
  return E.right(keyring === null ? 'unreadable' : { keyring, chain });
};
