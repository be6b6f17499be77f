import {
  decodeSnapshot,
  encodeSnapshot,
  keyringStream,
  SNAPSHOT_SCHEMA_VERSION,
  type Keyring,
  type SnapshotPart,
  type WorkspaceId,
} from '@keyturn/domain';
import {
  fromJsonText,
  linkOf,
  withLink,
  type PartText,
  type SnapshotToSave,
  type StoredSnapshot,
} from '@keyturn/event-store';
import type { LogSealing, VaultFault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { FoldedKeyring } from '../foldedKeyring';
import { packPart, partName, unpackPart } from './snapshotPart';
import { makeTurns } from './turns';

/** What snapshots are sealed and checked with. */
export type SnapshotSealing = Pick<LogSealing, 'rereadLogKeys' | 'sealSnapshot' | 'verifySnapshot'>;

/** The text that is sealed. It names each part by the digest of its text, so that the seal is over them, too. */
const Sealed = t.type({ head: t.unknown, parts: t.readonlyArray(t.string) });

/** What was packed before, and what was read: it is stored under the same name again, with the same text. */
const known = new WeakMap<SnapshotPart, { readonly name: string; readonly text: PartText }>();

/** A sealed snapshot as a store is given it. What has not changed since another one is not encoded again. */
export const sealedSnapshot = async (
  { sealSnapshot }: SnapshotSealing,
  workspaceId: WorkspaceId,
  { keyring, chain }: FoldedKeyring,
): Promise<SnapshotToSave> => {
  const { head, parts } = encodeSnapshot(keyring);
  const nextPiece = makeTurns();
  const named: string[] = [];
  const texts = new Map<string, PartText>();
  for (const part of parts) {
    const before = known.get(part);
    if (before !== undefined) {
      named.push(before.name);
      texts.set(before.name, before.text);
      continue;
    }
    await nextPiece();
    const text = packPart(part.encode());
    const name = partName(text);
    known.set(part, { name, text: () => packPart(part.encode()) });
    named.push(name);
    texts.set(name, text);
  }
  const text = JSON.stringify({ head, parts: named } satisfies t.TypeOf<typeof Sealed>);
  const { revision } = keyring;
  const schemaVersion = SNAPSHOT_SCHEMA_VERSION;
  const seal = sealSnapshot({ stream: keyringStream(workspaceId), revision, schemaVersion, chain, text });
  return { revision, schemaVersion, data: withLink({ rest: text, chain, seal }), parts: texts };
};

/**
 * `unreadable`: of another release, or nothing at all. `forged`: its seal does not fit. `damaged`: its seal fits, and a
 * part is missing, or another than was sealed.
 */
export type OpenedSnapshot = FoldedKeyring | 'unreadable' | 'forged' | 'damaged';

/** Each part is compared with its name before it is inflated, now or later. */
const putTogether = async (
  text: string,
  parts: StoredSnapshot['parts'],
): Promise<Keyring | 'unreadable' | 'damaged'> => {
  const sealed = Sealed.decode(fromJsonText(text));
  if (E.isLeft(sealed)) return 'unreadable';
  const decoding = decodeSnapshot(sealed.right.head, sealed.right.parts.length);
  if (E.isLeft(decoding)) return 'unreadable';
  const nextPiece = makeTurns();
  for (const name of sealed.right.parts) {
    await nextPiece();
    const text = parts.get(name);
    if (text === undefined || partName(text) !== name) return 'damaged';
    const part = decoding.right.take(() => unpackPart(text));
    if (E.isLeft(part)) return 'unreadable';
    if (part.right !== null) known.set(part.right, { name, text });
  }
  await nextPiece();
  const keyring = decoding.right.finish();
  return E.isLeft(keyring) ? 'unreadable' : keyring.right;
};

/** The keyring of a stored snapshot. Its seal is checked before anything of it is looked at. */
export const openSnapshot = async (
  seals: SnapshotSealing,
  workspaceId: WorkspaceId,
  { revision, schemaVersion, data, parts }: StoredSnapshot,
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
  const keyring = await putTogether(text, parts);
  if (typeof keyring === 'string') return E.right(keyring);
  const isThisOne = keyring.workspaceId === workspaceId && keyring.revision === revision;
  return E.right(isThisOne ? { keyring, chain } : 'unreadable');
};
