import { resolve } from 'node:path';
import type { MasterKey, RotationProgress, RotationReport, VaultInfo } from 'keyturn';
import { newPassphrase } from './input/passphrase';
import type { Io } from './io';
import { masterKeyOf } from './masterKey';
import { progressDisplay } from './output/progressDisplay';
import { UsageError } from './problems';
import type { Session } from './session';

type Kind = VaultInfo['masterKeyKind'];

/** What was asked for. */
export interface RotationRequest {
  readonly compromised: boolean;
  readonly startOver: boolean;
  /** What the vault is to open with; what it opens with now, or what a rotation was begun with, when left out. */
  readonly to: Kind | undefined;
  readonly newPassphraseFile: string | undefined;
}

/** What was done, and what the vault opens with from now on. */
export interface Rotated {
  readonly report: RotationReport;
  readonly source: { readonly kind: 'file'; readonly path: string } | { readonly kind: 'passphrase' };
}

/** What is left of a rotation that renews as much as is asked for takes no other key. */
const needsNoNewKey = (rotation: VaultInfo['rotation'], { compromised }: RotationRequest): boolean =>
  rotation !== null && rotation.step !== 'resealing' && (rotation.renews || !compromised);

const kindOf = (info: VaultInfo, { to, newPassphraseFile, startOver }: RotationRequest): Kind => {
  if (newPassphraseFile !== undefined) {
    if (to === 'file') throw new UsageError('--new-passphrase-file does not go with --to file.');
    return 'passphrase';
  }
  const { rotation, masterKeyKind } = info;
  const begun = rotation?.step === 'resealing' && !startOver ? rotation.comingMasterKeyKind : null;
  return to ?? begun ?? masterKeyKind;
};

/** The new key, once the vault has said how it stands; and what to wipe of it. */
const comingKey = (path: string, io: Io, request: RotationRequest) => {
  let passphrase: Buffer | null = null;
  let kind: Kind | null = null;
  return {
    /** Null where a rotation that is nearly done needs none. */
    of: async (info: VaultInfo): Promise<MasterKey | null> => {
      const { newPassphraseFile, to } = request;
      if (needsNoNewKey(info.rotation, request) && newPassphraseFile === undefined && to === undefined)
        return null;
      kind = kindOf(info, request);
      if (kind === 'file') return { file: path };
      const file = newPassphraseFile === undefined ? null : resolve(io.cwd, newPassphraseFile);
      passphrase = await newPassphrase(file, '--new-passphrase-file', io);
      return { passphrase };
    },
    kind: () => kind,
    wipe: () => passphrase?.fill(0),
  };
};

const DOING: { readonly [K in RotationProgress['step']]: string } = {
  resealing: 'sealing workspace keys',
  renewing: 'renewing workspace keys',
  erasing: 'erasing what the old key had sealed',
};

/** Rotates the master key, or goes on with a rotation that was cut off. */
export const rotateWith = async (
  { settings, io, place }: Session,
  request: RotationRequest,
): Promise<Rotated> => {
  const { rotateMasterKey } = await import('keyturn');
  const path = settings.masterKeyFile;
  const [present, coming] = [masterKeyOf(settings, io), comingKey(path, io, request)];
  const display = await progressDisplay(io.stderr, 'Rotating the master key');
  try {
    const report = await rotateMasterKey({
      ...place,
      masterKey: present.option,
      newMasterKey: coming.of,
      compromised: request.compromised,
      startOver: request.startOver,
      onRotation: ({ step, done, total }) => display.show(done, total, DOING[step]),
    });
    const kind = coming.kind() ?? present.kind();
    return { report, source: kind === 'passphrase' ? { kind } : { kind: 'file', path } };
  } finally {
    display.end();
    present.wipe();
    coming.wipe();
  }
};
