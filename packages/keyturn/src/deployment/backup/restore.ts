import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { settled } from '../../settle';
import * as loaded from '../../parts';
import { isThere, type DataDirectory } from '../dataDirectory';
import { readEventStoreRecord } from '../eventStoreRecord';
import type { Place } from '../place';
import { SetupFault } from '../setupFault';
import { readVaultRecord } from '../vaultRecord';
import { BACKUP_FILES, damagedBackup, MANIFEST_FILE, readManifest, type BackupManifest } from './manifest';
import {
  copyPrivately,
  fillDirectory,
  readSmall,
  requireOwnDirectory,
  syncNames,
  withFiles,
} from './privateFiles';

/** A backup that was put into its place. */
export interface RestoredBackup extends BackupManifest {
  /** The data directory that it is now. */
  readonly directory: string;
}

const LARGEST_MANIFEST = 64 * 1024 * 1024;

/** The vault comes last: until then nothing opens what is there. */
const ORDER = [
  BACKUP_FILES.eventStoreRecord,
  BACKUP_FILES.events,
  BACKUP_FILES.vaultKeys,
  BACKUP_FILES.vault,
  BACKUP_FILES.vaultRecord,
];

const manifestIn = async (from: string): Promise<BackupManifest> => {
  await requireOwnDirectory(from);
  const text = await readSmall(join(from, MANIFEST_FILE), LARGEST_MANIFEST);
  if (text === null) throw damagedBackup(`${from} has no ${MANIFEST_FILE}: it is no finished backup.`);
  return readManifest(text);
};

/** What was put there says of itself what the manifest says, in whichever format that is kept. */
const requireFit = async (data: DataDirectory, manifest: BackupManifest): Promise<void> => {
  const has = (path: string): boolean => manifest.files.some((file) => file.path === path);
  const { readVaultFormat } = loaded.vault();
  const deploymentId = has(BACKUP_FILES.vault)
    ? (await settled(readVaultFormat({ directory: data.vault }))).deploymentId
    : readVaultRecord(data.vaultRecord);
  if (deploymentId !== manifest.deploymentId) {
    throw damagedBackup(`Its vault is of another deployment than its ${MANIFEST_FILE} says.`);
  }
  const storeIdOf = async (): Promise<string | null> => {
    if (!has(BACKUP_FILES.events)) return readEventStoreRecord(data.eventStoreRecord);
    const { readSqliteEventStoreFormat } = loaded.eventStoreSqlite();
    return (await settled(readSqliteEventStoreFormat(data.events))).storeId;
  };
  if ((await storeIdOf()) !== manifest.storeId) {
    throw damagedBackup(`Its events are of another store than its ${MANIFEST_FILE} says.`);
  }
};

const put = async (from: string, data: DataDirectory, manifest: BackupManifest): Promise<void> => {
  const files = new Map(manifest.files.map((file) => [file.path, file]));
  if (files.has(BACKUP_FILES.vault)) {
    await requireOwnDirectory(join(from, 'vault'));
    await mkdir(data.vault, { mode: 0o700 });
  }
  for (const path of ORDER) {
    const expected = files.get(path);
    if (expected === undefined) continue;
    if (!isThere(join(from, path))) throw damagedBackup(`${join(from, path)} is missing.`);
    const { bytes, sha256 } = await copyPrivately(join(from, path), join(data.root, path));
    if (bytes !== expected.bytes || sha256 !== expected.sha256) {
      throw damagedBackup(`${join(from, path)} is not what was backed up: its size or its SHA-256 differs.`);
    }
  }
};

/**
 * Puts a backup into an empty data directory, each file only as it was backed up. What is on servers is to be restored
 * there. No master key is read.
 */
export const restore = async ({ data }: Place, given: string): Promise<RestoredBackup> => {
  if (data === null)
    throw new SetupFault('bad-option', 'A backup is restored into a data directory. Name it.');
  const from = resolve(given);
  return withFiles(`Restoring into ${data.root}`, async () => {
    const manifest = await manifestIn(from);
    await fillDirectory(data.root, async () => {
      await put(from, data, manifest);
      await requireFit(data, manifest);
      if (manifest.files.some(({ path }) => path === BACKUP_FILES.vault)) await syncNames(data.vault);
    });
    return { directory: data.root, ...manifest };
  });
};
