import type {
  MasterKeySource,
  PreparedRotation,
  RotationProgress,
  RotationReport,
  VaultAccess,
  VaultFault,
  VaultInfo,
} from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { keyturnError, settled } from '../settle';
import { openEventStore } from './eventStore';
import {
  masterKeyOf,
  refuseKeyInside,
  withMasterKey,
  type MasterKey,
  type MasterKeyOption,
} from './masterKey';
import type { Place } from './place';
import { SetupFault } from './setupFault';
import { locateVault } from './vaultPlace';
import * as loaded from '../parts';

/** How the master key is rotated. */
export interface Rotation {
  readonly masterKey: MasterKeyOption;
  /**
   * What the vault is to open with. Null: the present file with a new key in it, or what an earlier rotation is to be
   * finished with.
   */
  readonly newMasterKey: (vault: VaultInfo) => Promise<MasterKey | null> | MasterKey | null;
  /** The old key may be in wrong hands: every workspace gets a new key, too. */
  readonly compromised: boolean;
  /** Give up a rotation that was begun, and begin another. */
  readonly startOver: boolean;
  readonly onProgress: ((progress: RotationProgress) => void) | undefined;
}

const outside = (place: Place, masterKey: MasterKey): MasterKey => {
  refuseKeyInside(place.data?.root ?? null, masterKey);
  return masterKey;
};

/**
 * Has every workspace's log go over to the vault's new log key. Before that no rotation is done, since the old key's
 * seals are worth nothing once it is gone.
 */
const goingOver =
  (place: Place, access: VaultAccess, number: number): TaskEither<VaultFault, void> =>
  async () => {
    const { openVault, VaultFault } = loaded.vault();
    const { makeLogRenewal } = loaded.service();
    const open: Array<() => Promise<void>> = [];
    try {
      const eventStore = await openEventStore(place);
      open.push(eventStore.close);
      const vault = await settled(openVault(access));
      open.push(vault.close);
      await settled(makeLogRenewal({ eventStore, vault })(number));
      return E.right(undefined);
    } catch (cause) {
      const why = keyturnError(cause).message;
      const message =
        `the vault has its new keys, and the log could not go over to its own yet: ${why} ` +
        'Mend that, then run the rotation again';
      return E.left(new VaultFault('rotation-incomplete', message, { cause }));
    } finally {
      for (const close of open.reverse()) await close();
    }
  };

/** Rotates the master key, or goes on with a rotation that was cut off. Works while services have the vault open. */
export const rotate = async (place: Place, rotation: Rotation): Promise<RotationReport> => {
  const { rotateMasterKey } = loaded.vault();
  const { place: at, info } = await locateVault(place);
  const { compromised, startOver, onProgress } = rotation;
  const present = outside(place, await masterKeyOf(rotation.masterKey, info));
  const given = await rotation.newMasterKey(info);
  const coming = given === null ? null : outside(place, given);
  const run = (masterKey: MasterKeySource, newMasterKey: MasterKeySource | null): Promise<RotationReport> =>
    settled(
      rotateMasterKey({
        ...at,
        masterKey,
        ...(newMasterKey === null ? {} : { newMasterKey }),
        compromised,
        startOver,
        renewLog: ({ to }) => goingOver(place, { ...at, masterKey: newMasterKey ?? masterKey }, to),
        ...(onProgress === undefined ? {} : { onProgress }),
      }),
    );
  return withMasterKey(present, (source) =>
    coming === null ? run(source, null) : withMasterKey(coming, (newSource) => run(source, newSource)),
  );
};

/** Puts the coming key beside the present one in the key file, and stops. */
export const prepareRotation = async (place: Place, option: MasterKeyOption): Promise<PreparedRotation> => {
  const { prepareMasterKeyRotation } = loaded.vault();
  const { place: at, info } = await locateVault(place);
  const masterKey = await masterKeyOf(option, info);
  if (!('file' in masterKey)) {
    throw new SetupFault('bad-option', 'Only a vault that opens with a key file has one to prepare.');
  }
  refuseKeyInside(place.data?.root ?? null, masterKey);
  return withMasterKey(masterKey, (source) =>
    settled(prepareMasterKeyRotation({ ...at, masterKey: source })),
  );
};
