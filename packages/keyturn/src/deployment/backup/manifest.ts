import * as E from 'fp-ts/Either';
import { parse } from 'fp-ts/Json';
import * as t from 'io-ts';
import { SetupFault } from '../setupFault';

/** Everything that a backup can hold, as it lies in a data directory too. Nothing else is ever restored. */
export const BACKUP_FILES = {
  events: 'events.sqlite',
  eventStoreRecord: 'event-store.json',
  vault: 'vault/vault.sqlite',
  vaultKeys: 'vault/vault-keys.sqlite',
  vaultRecord: 'vault.json',
} as const;

export type BackupFile = (typeof BACKUP_FILES)[keyof typeof BACKUP_FILES];

export const MANIFEST_FILE = 'manifest.json';
const FORMAT = 'keyturn-backup/1';

const Path = t.keyof({
  [BACKUP_FILES.events]: null,
  [BACKUP_FILES.eventStoreRecord]: null,
  [BACKUP_FILES.vault]: null,
  [BACKUP_FILES.vaultKeys]: null,
  [BACKUP_FILES.vaultRecord]: null,
});
const Whole = t.refinement(t.number, (n) => Number.isSafeInteger(n) && n >= 0, 'Whole');
const Sha256 = t.refinement(t.string, (text) => /^[0-9a-f]{64}$/.test(text), 'Sha256');
const orNull = <A>(codec: t.Type<A, unknown>) => t.union([codec, t.null]);

const Manifest = t.strict({
  format: t.literal(FORMAT),
  deploymentId: t.string,
  storeId: t.string,
  /** RFC 3339. */
  takenAt: t.string,
  /** Names the master key that opens the vault; null where the vault is on a server. */
  masterKeyId: orNull(t.string),
  logKeyNumber: orNull(Whole),
  files: t.readonlyArray(t.strict({ path: Path, bytes: Whole, sha256: Sha256 })),
  /** Where each workspace's stream ends; null where the events are on a server. */
  heads: orNull(t.readonlyArray(t.strict({ workspaceId: t.string, revision: Whole, chain: t.string }))),
});

/** What a backup says of itself. */
export type BackupManifest = Omit<t.TypeOf<typeof Manifest>, 'format'>;

export const manifestText = (manifest: BackupManifest): string =>
  `${JSON.stringify({ format: FORMAT, ...manifest }, null, 2)}\n`;

export const damagedBackup = (what: string, cause?: unknown): SetupFault =>
  new SetupFault('backup-damaged', `${what} Nothing was restored: use another backup.`, { cause });

/** The parts of a deployment, each once: in the directory, or the record of the server that has it. */
const isComplete = (paths: ReadonlyArray<BackupFile>): boolean => {
  const has = (path: BackupFile): boolean => paths.filter((one) => one === path).length === 1;
  const { events, eventStoreRecord, vault, vaultKeys, vaultRecord } = BACKUP_FILES;
  const eventsFit = has(events) !== has(eventStoreRecord);
  const vaultFits = has(vault) === has(vaultKeys) && has(vault) !== has(vaultRecord);
  return eventsFit && vaultFits && new Set(paths).size === paths.length;
};

/** Reads a manifest. @throws SetupFault `backup-damaged` */
export const readManifest = (text: string): BackupManifest => {
  const json = parse(text);
  const format: unknown =
    E.isRight(json) && typeof json.right === 'object' && json.right !== null
      ? Reflect.get(json.right, 'format')
      : undefined;
  if (typeof format === 'string' && format.startsWith('keyturn-backup/') && format !== FORMAT) {
    throw damagedBackup(`The backup has the format ${format}, which this release does not know: upgrade.`);
  }
  const manifest = E.isRight(json) ? Manifest.decode(json.right) : json;
  if (E.isLeft(manifest)) throw damagedBackup(`Its ${MANIFEST_FILE} is none that Keyturn wrote.`);
  if (isComplete(manifest.right.files.map(({ path }) => path))) return manifest.right;
  throw damagedBackup(`Its ${MANIFEST_FILE} does not name all parts of a deployment, each once.`);
};
