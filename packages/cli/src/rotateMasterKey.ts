import type {
  MasterKeySource,
  PreparedRotation,
  RotationInfo,
  RotationProgress,
  RotationReport,
  VaultInfo,
} from '@keyturn/vault';
import { dataDirectoryAt } from './dataDirectory';
import { newPassphrase } from './input/passphrase';
import { masterKeyFile, masterKeySource } from './masterKeySource';
import { progressDisplay } from './output/progressDisplay';
import { UsageError } from './problems';
import { right } from './right';
import type { Settings } from './settings';
import { locateVault } from './vaultPlace';

/** What was asked for. */
export interface RotationRequest {
  readonly compromised: boolean;
  readonly startOver: boolean;
  /** What the vault is to open with; what it opens with now, or what a rotation was begun with, when left out. */
  readonly to: MasterKeySource['kind'] | undefined;
  readonly newPassphraseFile: string | undefined;
}

/** What was done, and what the vault opens with from now on. */
export interface Rotated {
  readonly report: RotationReport;
  readonly source: { readonly kind: 'file'; readonly path: string } | { readonly kind: 'passphrase' };
}

const wipe = (source: MasterKeySource | null): void => {
  if (source?.kind === 'passphrase') source.passphrase.fill(0);
};

/** What is left of a rotation that renews as much as is asked for takes no other key. */
const needsNoNewKey = (rotation: RotationInfo | null, { compromised }: RotationRequest): boolean =>
  rotation !== null && rotation.step !== 'resealing' && (rotation.renews || !compromised);

const kindOf = (info: VaultInfo, { to, newPassphraseFile, startOver }: RotationRequest) => {
  if (newPassphraseFile !== undefined) {
    if (to === 'file') throw new UsageError('--new-passphrase-file does not go with --to file.');
    return 'passphrase';
  }
  const { rotation, masterKeyKind } = info;
  const begun = rotation?.step === 'resealing' && !startOver ? rotation.comingMasterKeyKind : null;
  return to ?? begun ?? masterKeyKind;
};

/** The source of the new key; null where a rotation that is nearly done needs none. */
const newSource = async (
  settings: Settings,
  info: VaultInfo,
  request: RotationRequest,
): Promise<MasterKeySource | null> => {
  const { newPassphraseFile, to } = request;
  if (needsNoNewKey(info.rotation, request) && newPassphraseFile === undefined && to === undefined)
    return null;
  return kindOf(info, request) === 'file'
    ? masterKeyFile(settings)
    : {
        kind: 'passphrase',
        passphrase: await newPassphrase(newPassphraseFile ?? null, '--new-passphrase-file'),
      };
};

const DOING: { readonly [K in RotationProgress['step']]: string } = {
  resealing: 'sealing workspace keys',
  renewing: 'renewing workspace keys',
  erasing: 'erasing what the old key had sealed',
};

/** Rotates the master key, or goes on with a rotation that was cut off. */
export const rotateWith = async (settings: Settings, request: RotationRequest): Promise<Rotated> => {
  const { rotateMasterKey } = await import('@keyturn/vault');
  const { place, info } = await locateVault(dataDirectoryAt(settings.dataDirectory), settings.vault);
  const masterKey = await masterKeySource(settings, info);
  let newMasterKey: MasterKeySource | null = null;
  try {
    newMasterKey = await newSource(settings, info, request);
    const display = await progressDisplay('Rotating the master key');
    try {
      const report = await right(
        rotateMasterKey({
          ...place,
          masterKey,
          ...(newMasterKey === null ? {} : { newMasterKey }),
          compromised: request.compromised,
          startOver: request.startOver,
          onProgress: ({ step, done, total }) => display.show(done, total, DOING[step]),
        }),
      );
      const { kind } = newMasterKey ?? masterKey;
      return { report, source: kind === 'file' ? { kind, path: settings.masterKeyFile } : { kind } };
    } finally {
      display.end();
    }
  } finally {
    wipe(masterKey);
    wipe(newMasterKey);
  }
};

/** Puts the coming key beside the present one, and stops. */
export const prepareWith = async (settings: Settings): Promise<PreparedRotation> => {
  const { prepareMasterKeyRotation } = await import('@keyturn/vault');
  const { place, info } = await locateVault(dataDirectoryAt(settings.dataDirectory), settings.vault);
  if (info.masterKeyKind !== 'file') {
    throw new UsageError('This vault opens with a passphrase: there is no key file to prepare.');
  }
  return right(prepareMasterKeyRotation({ ...place, masterKey: masterKeyFile(settings) }));
};
