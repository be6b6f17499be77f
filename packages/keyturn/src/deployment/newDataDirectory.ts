import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import type { EventStore } from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import { settled } from '../settle';
import { codeOf } from './errorCode';
import type { Place } from './place';
import { SetupFault } from './setupFault';
import { vaultAt } from './vaultPlace';
import { readVaultRecord } from './vaultRecord';
import * as loaded from '../parts';

/**
 * The vault, or what names it, is made last: where one stands, an initialisation has come to its end.
 *
 * @throws SetupFault `already-initialised`, `incomplete-data-directory`
 */
export const refuseInitialised = async ({ data, onProgress }: Place): Promise<void> => {
  if (data === null) return;
  const { root, events, eventStoreRecord } = data;
  const stands =
    readVaultRecord(data.vaultRecord) !== null ||
    (await vaultAt({ directory: data.vault }, onProgress)) !== null;
  if (!stands) return;
  throw existsSync(events) || existsSync(eventStoreRecord)
    ? new SetupFault('already-initialised', `${root} was initialised before. Nothing was touched.`)
    : new SetupFault(
        'incomplete-data-directory',
        `${root} has a vault and no event store: restore the whole directory from a backup. Nothing was touched.`,
      );
};

/** Events of an older release and no finished vault: to make one they are too old, and to migrate there is nothing. */
export const leftByOlderRelease = (root: string, cause: unknown): SetupFault =>
  new SetupFault(
    'incomplete-data-directory',
    `${root} has events of an older release and no finished vault. If its initialisation was cut off, nothing was ` +
      'founded yet: empty the directory, and initialise it again; otherwise restore the whole directory from a backup.',
    { cause },
  );

/**
 * Makes the directory where it is not there. One that another user made is not used: whoever owns it can put anything
 * in it. @throws SetupFault `not-writable`, VaultFault `unsafe-files`
 */
export const makeDirectory = async ({ data }: Place): Promise<void> => {
  if (data === null) return;
  const { root } = data;
  const ours = await loaded.vault().ensureDirectory(root)();
  if (isLeft(ours) && ours.left.code === 'unsafe-files') throw ours.left;
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    if ((await readdir(root)).length === 0) await chmod(root, 0o700);
  } catch (cause) {
    throw new SetupFault(
      'not-writable',
      `The data directory ${root} can't be made (${codeOf(cause)}). Name another, or see to permissions and space.`,
      { cause },
    );
  }
};

/** Makes the read models, empty. */
export const makeReadModels = async ({ readModels: file }: Place, store: EventStore): Promise<void> => {
  const { openReadModels } = loaded.projections();
  const models = await settled(openReadModels({ file, store }));
  await models.close();
};
