import { linkOf } from '@keyturn/event-store';
import type { CopiedHead, EventsCopy } from '@keyturn/event-store-sqlite';
import { workspaceOfStream } from '@keyturn/domain';
import { isLeft } from 'fp-ts/Either';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { settled } from '../../settle';
import * as loaded from '../../parts';
import { isThere, type DataDirectory } from '../dataDirectory';
import { readEventStoreRecord } from '../eventStoreRecord';
import type { Place } from '../place';
import { SetupFault } from '../setupFault';
import { readVaultRecord } from '../vaultRecord';
import { BACKUP_FILES, MANIFEST_FILE, manifestText, type BackupFile, type BackupManifest } from './manifest';
import { copyPrivately, fillDirectory, sealedOff, syncNames, withFiles, writeSmall } from './privateFiles';

/** A backup that was made. */
export interface MadeBackup extends BackupManifest {
  /** Where it lies. */
  readonly directory: string;
}

/** Where the parts of a deployment lie, by its directory alone. */
interface Parts {
  /** The store on a server that has the events; null where they lie in the directory. */
  readonly storeId: string | null;
  /** The deployment of the vault on a server; null where the vault lies in the directory. */
  readonly deploymentId: string | null;
}

const partsOf = (data: DataDirectory): Parts => {
  const storeId = readEventStoreRecord(data.eventStoreRecord);
  const deploymentId = readVaultRecord(data.vaultRecord);
  const [hasEvents, hasVault] = [isThere(data.events), isThere(data.vault)];
  if ((storeId !== null || hasEvents) && (deploymentId !== null || hasVault))
    return { storeId, deploymentId };
  throw storeId === null && deploymentId === null && !hasEvents && !hasVault
    ? new SetupFault(
        'not-initialised',
        `There is no Keyturn data in ${data.root}. Name the directory to be backed up.`,
      )
    : new SetupFault(
        'incomplete-data-directory',
        `${data.root} lacks its events or its vault: there is nothing whole to back up.`,
      );
};

const headsOf = (heads: ReadonlyArray<CopiedHead>): BackupManifest['heads'] =>
  heads.flatMap(({ stream, revision, metadata }) => {
    const workspaceId = workspaceOfStream(stream);
    const link = linkOf(metadata);
    return workspaceId === null
      ? []
      : [
          {
            workspaceId,
            revision,
            chain: link === null ? '' : Buffer.from(link.chain).toString('base64url'),
          },
        ];
  });

type OfVault = Pick<BackupManifest, 'deploymentId' | 'masterKeyId' | 'logKeyNumber'>;
type OfEvents = Pick<BackupManifest, 'storeId' | 'heads'>;

/** The vault, and from that very moment on the events are held. */
const copyVault = async (
  data: DataDirectory,
  { deploymentId }: Parts,
  to: string,
  events: EventsCopy | null,
): Promise<OfVault> => {
  const hold = () => events?.hold() ?? null;
  if (deploymentId !== null) {
    const held = hold();
    if (held !== null && isLeft(held)) throw held.left;
    await copyPrivately(data.vaultRecord, join(to, BACKUP_FILES.vaultRecord));
    return { deploymentId, masterKeyId: null, logKeyNumber: null };
  }
  await mkdir(join(to, 'vault'), { mode: 0o700 });
  const { copyVault: copy } = loaded.vault();
  const { held, ...ofVault } = await settled(
    copy({ directory: data.vault, to: join(to, 'vault'), whileHeld: hold }),
  );
  if (held !== null && isLeft(held)) throw held.left;
  return ofVault;
};

const copyEvents = async (
  data: DataDirectory,
  { storeId }: Parts,
  to: string,
  events: EventsCopy | null,
): Promise<OfEvents> => {
  if (storeId !== null) {
    await copyPrivately(data.eventStoreRecord, join(to, BACKUP_FILES.eventStoreRecord));
    return { storeId, heads: null };
  }
  if (events === null) throw new SetupFault('not-initialised', `There are no events in ${data.root}.`);
  const id = events.storeId();
  if (isLeft(id)) throw id.left;
  const heads = events.heads();
  if (isLeft(heads)) throw heads.left;
  await settled(events.copyTo(join(to, BACKUP_FILES.events)));
  return { storeId: id.right, heads: headsOf(heads.right) };
};

const filesOf = ({ storeId, deploymentId }: Parts): ReadonlyArray<BackupFile> => [
  ...(deploymentId === null ? [BACKUP_FILES.vault, BACKUP_FILES.vaultKeys] : [BACKUP_FILES.vaultRecord]),
  storeId === null ? BACKUP_FILES.events : BACKUP_FILES.eventStoreRecord,
];

const copyAll = async (data: DataDirectory, to: string): Promise<BackupManifest> => {
  const parts = partsOf(data);
  const { openEventsCopy } = loaded.eventStoreSqlite();
  // Opened before the vault is held, which is to be short.
  const events = parts.storeId === null ? await settled(openEventsCopy(data.events)) : null;
  try {
    const ofVault = await copyVault(data, parts, to, events);
    const ofEvents = await copyEvents(data, parts, to, events);
    const files = [];
    for (const path of filesOf(parts)) files.push({ path, ...(await sealedOff(join(to, path))) });
    const takenAt = new Date().toISOString();
    return { ...ofVault, ...ofEvents, takenAt, files };
  } finally {
    events?.close();
  }
};

/**
 * Backs up what of a deployment lies in its directory, while services run. No server is asked for anything, and no
 * master key is read.
 */
export const backup = async ({ data }: Place, to: string): Promise<MadeBackup> => {
  if (data === null) {
    throw new SetupFault('bad-option', 'A backup is made of a data directory. Name it.');
  }
  const directory = resolve(to);
  const { liesInside } = loaded.vault();
  if (liesInside(data.root, directory)) {
    throw new SetupFault('bad-option', `The backup would lie in ${data.root} itself. Name another place.`);
  }
  return withFiles(`Writing the backup ${directory}`, async () => {
    const manifest = await fillDirectory(directory, async () => {
      const made = await copyAll(data, directory);
      // Last: what has no manifest is no backup.
      await writeSmall(join(directory, MANIFEST_FILE), manifestText(made));
      if (made.files.some(({ path }) => path === BACKUP_FILES.vault))
        await syncNames(join(directory, 'vault'));
      return made;
    });
    return { directory, ...manifest };
  });
};
