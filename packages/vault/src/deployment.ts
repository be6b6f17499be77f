import { randomBytes, randomUUID } from 'node:crypto';
import * as E from 'fp-ts/Either';
import { box, isBoxOf, unbox, type BoxContext } from './box';
import { VaultFault } from './faults';
import {
  LOG_KEY_PURPOSE,
  newLogKeys,
  openLogKeys,
  sealLogKeys,
  wipeLogKeys,
  type LogKeys,
  type StoredLogKeys,
} from './logKeys';
import { deriveKey, KEY_BYTES, keyIdOf } from './mac';
import type { Argon2Parameters } from './passphrase';
import type { Proof } from './vault';

/** Where the master key comes from. Passphrases carry the parameters of their argon2id. */
export type MasterKeyKind =
  { readonly kind: 'file' } | { readonly kind: 'passphrase'; readonly argon2: Argon2Parameters };

/** The rotations of the master key are numbered. The check value is bound to both numbers. */
interface RotationNumbers {
  /** The one that brought this master key; 0 for the first. */
  readonly number: number;
  /** The last one that renewed the workspaces' keys: none that was made before it counts any more; 0 when none has. */
  readonly renewedIn: number;
}

/** What a vault keeps of a master key. */
export interface MasterKeyRecord {
  readonly masterKey: MasterKeyKind;
  readonly masterKeyId: Buffer;
  /** A known text sealed under the master key: it tells a wrong key without trying any secret. */
  readonly masterCheck: Buffer;
  readonly sealedPepper: Buffer;
  readonly logKeys: StoredLogKeys;
  readonly rotations: RotationNumbers;
}

/** How far a rotation of the master key has come. */
export type Rotation =
  /** The present master key opens everything, and workspace keys are being sealed under the coming one, too. */
  | { readonly step: 'resealing'; readonly coming: MasterKeyRecord }
  /** The coming key has become the present one. Workspaces get new keys. Then the replaced bytes are erased. */
  | { readonly step: 'renewing' | 'erasing'; readonly replacedId: Buffer };

/** What a vault keeps of itself: one row, with its present master key. */
export interface Deployment extends MasterKeyRecord {
  readonly deploymentId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** What a shred has to show. */
  readonly proof: Proof;
  /** Null when none is under way. */
  readonly rotation: Rotation | null;
}

/** The keys that a running vault holds, until it is closed. */
export interface DeploymentKeys {
  readonly deploymentId: string;
  readonly masterKeyId: Buffer;
  /** Seals the workspace keys. */
  readonly workspaceSealing: Buffer;
  readonly pepper: Buffer;
  /** Seals the log keys. */
  readonly logKeySealing: Buffer;
  readonly logKeys: LogKeys;
  readonly rotations: RotationNumbers;
  /** What a shred has to show: as the master key knows it, and not as a row says. */
  readonly proof: Proof;
}

/** Whether the rotation that is under way gives every workspace a new key, and the log, too. */
export const renews = ({ rotation, rotations }: Deployment): boolean => {
  if (rotation === null) return false;
  const { number, renewedIn } = rotation.step === 'resealing' ? rotation.coming.rotations : rotations;
  return number === renewedIn;
};

export const wipeKeys = ({ workspaceSealing, pepper, logKeySealing, logKeys }: DeploymentKeys): void => {
  workspaceSealing.fill(0);
  pepper.fill(0);
  logKeySealing.fill(0);
  wipeLogKeys(logKeys);
};

const CHECK_TEXT = Buffer.from('keyturn master key');

/** What the check value is bound to. Only a vault that proves less names that: others are as they were before. */
const check = (
  { deploymentId, proof }: Pick<Deployment, 'deploymentId' | 'proof'>,
  {
    rotations,
    logKeys,
  }: Pick<MasterKeyRecord, 'rotations'> & { readonly logKeys: { readonly number: number } },
): BoxContext => ({
  purpose: 'master-check',
  aad: [
    deploymentId,
    ...[rotations.number, rotations.renewedIn, logKeys.number].map(String),
    ...(proof === 'erased' ? [] : [proof]),
  ],
});
const pepperBox = (deploymentId: string): BoxContext => ({ purpose: 'pepper', aad: [deploymentId] });

/** Runs with the master key's own key for one purpose, and wipes that key. */
const withDerived = <A>(master: Uint8Array, purpose: string, run: (key: Buffer) => A): A => {
  const key = deriveKey(master, purpose);
  try {
    return run(key);
  } finally {
    key.fill(0);
  }
};

/** What a deployment has of its own, whatever its master key. */
export type DeploymentSecrets = Pick<DeploymentKeys, 'pepper' | 'logKeys' | 'rotations' | 'proof'>;

/** What the vault keeps of a master key, with the deployment's own secrets sealed under it. */
export const masterKeyRecord = (
  deploymentId: string,
  master: Uint8Array,
  masterKey: MasterKeyKind,
  { pepper, logKeys, rotations, proof }: DeploymentSecrets,
): MasterKeyRecord => ({
  masterKey,
  masterKeyId: keyIdOf(master),
  masterCheck: withDerived(master, 'master-check', (key) =>
    box(key, check({ deploymentId, proof }, { rotations, logKeys }), CHECK_TEXT),
  ),
  sealedPepper: withDerived(master, 'pepper', (key) => box(key, pepperBox(deploymentId), pepper)),
  logKeys: withDerived(master, LOG_KEY_PURPOSE, (key) => sealLogKeys(key, deploymentId, logKeys)),
  rotations,
});

/** A new vault's row. The pepper is made here and never changes: fingerprints in the event log depend on it. */
export const newDeployment = (
  deploymentId: string,
  master: Uint8Array,
  masterKey: MasterKeyKind,
  createdAt: number,
  proof: Proof = 'erased',
): Deployment => {
  const pepper = randomBytes(KEY_BYTES);
  const logKeys = newLogKeys();
  const record = masterKeyRecord(deploymentId, master, masterKey, {
    pepper,
    logKeys,
    rotations: { number: 0, renewedIn: 0 },
    proof,
  });
  pepper.fill(0);
  wipeLogKeys(logKeys);
  return { deploymentId, createdAt, proof, ...record, rotation: null };
};

export const newDeploymentId = (): string => randomUUID();

const damaged = (what: string): VaultFault =>
  new VaultFault('tampered', `the vault's ${what} is not what was sealed: restore the vault from a backup`);

const otherOf = (proof: Proof): Proof => (proof === 'row' ? 'erased' : 'row');

const otherProof = (proof: Proof): VaultFault =>
  new VaultFault(
    'tampered',
    `the vault's row has the proof ${proof}, and its master key knows of ${otherOf(proof)}: somebody who can write ` +
      `to the vault has changed it; set it back to ${otherOf(proof)}, or restore the vault from a backup`,
  );

const damagedLogKeys = (): VaultFault => damaged('log key');

/** The check value decides, so that an altered key id is not taken for a wrong key. */
const judge = (
  { deploymentId, proof }: Pick<Deployment, 'deploymentId' | 'proof'>,
  record: MasterKeyRecord,
  master: Uint8Array,
): 'fits' | 'other-proof' | 'damaged' | 'another' =>
  withDerived(master, 'master-check', (key) => {
    const isFor = (as: Proof): boolean =>
      unbox(key, check({ deploymentId, proof: as }, record), record.masterCheck)?.equals(CHECK_TEXT) === true;
    const fits = keyIdOf(master).equals(record.masterKeyId);
    if (fits && isFor(proof)) return 'fits';
    if (fits && isFor(otherOf(proof))) return 'other-proof';
    return fits || isBoxOf(key, record.masterCheck) ? 'damaged' : 'another';
  });

/** Master keys from one source. */
export interface GivenMasterKeys {
  readonly keys: ReadonlyArray<Buffer>;
  /** Where they are from, as the beginning of "… holds <id>". */
  readonly holder: string;
  /** Of a key that a passphrase gives no id is told: it would tell whether a guess is right, without the vault. */
  readonly isGuessable?: boolean;
}

/** Names keys in a fault: "/etc/keyturn/key holds 0123456789abcdef", "the passphrase gives another". */
export const holding = ({ holder, keys, isGuessable = false }: GivenMasterKeys): string =>
  isGuessable
    ? `${holder} another`
    : `${holder} ${keys.map((key) => keyIdOf(key).toString('hex')).join(' and ')}`;

/**
 * Finds the master key of a record among those given, checks it and derives what a running vault needs. The keys given
 * stay the caller's. Faults: `tampered`; `master-key-wrong` in the words of `wrong`.
 */
export const unlock = (
  deployment: Pick<Deployment, 'deploymentId' | 'proof'>,
  record: MasterKeyRecord,
  given: GivenMasterKeys,
  wrong: () => string,
): E.Either<VaultFault, DeploymentKeys> => {
  const { deploymentId, proof } = deployment;
  const verdicts = given.keys.map((master) => ({ master, verdict: judge(deployment, record, master) }));
  const own = verdicts.find(({ verdict }) => verdict !== 'another');
  if (own === undefined) {
    return E.left(new VaultFault('master-key-wrong', wrong()));
  }
  if (own.verdict === 'other-proof') {
    return E.left(otherProof(proof));
  }
  if (own.verdict === 'damaged') {
    return E.left(damaged('check value'));
  }
  const { masterKeyId, sealedPepper } = record;
  const pepper = withDerived(own.master, 'pepper', (key) =>
    unbox(key, pepperBox(deploymentId), sealedPepper),
  );
  if (pepper === null || pepper.length !== KEY_BYTES) {
    return E.left(damaged('pepper'));
  }
  const logKeySealing = deriveKey(own.master, LOG_KEY_PURPOSE);
  const logKeys = openLogKeys(logKeySealing, deploymentId, record.logKeys);
  if (logKeys === null) {
    pepper.fill(0);
    logKeySealing.fill(0);
    return E.left(damagedLogKeys());
  }
  return E.right({
    deploymentId,
    masterKeyId,
    workspaceSealing: deriveKey(own.master, 'workspace-key'),
    pepper,
    logKeySealing,
    logKeys,
    rotations: record.rotations,
    proof,
  });
};

/** A key that was replaced is held while the log goes over to the next one, and at no other time. */
const hasStrayLogKey = ({ logKeys, rotation }: Deployment): boolean =>
  logKeys.sealedFormer !== null && rotation?.step !== 'renewing';

/** The log keys as they are now, for who holds the key that seals them. Fault `tampered`. */
export const logKeysOf = (
  deployment: Deployment,
  logKeySealing: Uint8Array,
): E.Either<VaultFault, LogKeys> =>
  hasStrayLogKey(deployment)
    ? E.left(damagedLogKeys())
    : E.fromNullable(damagedLogKeys())(
        openLogKeys(logKeySealing, deployment.deploymentId, deployment.logKeys),
      );

const wrongFor = ({ masterKeyId, rotation }: Deployment, given: GivenMasterKeys): string => {
  const present = masterKeyId.toString('hex');
  const coming = rotation?.step === 'resealing' ? rotation.coming.masterKeyId : null;
  return coming !== null && given.keys.some((key) => keyIdOf(key).equals(coming))
    ? `a rotation of this vault's master key is under way, from ${present} to ${coming.toString('hex')}, and ` +
        `${holding(given)}: until the rotation is finished ${present} is needed, too; ` +
        'restore it, then run the rotation again'
    : `this vault was sealed with master key ${present}, and ${holding(given)}: give the right one (a vault that was ` +
        `restored from a backup needs the master key of that time)`;
};

/** The keys of a vault, with its master key among those given. They stay the caller's. */
export const openDeployment = (
  deployment: Deployment,
  given: GivenMasterKeys,
): E.Either<VaultFault, DeploymentKeys> =>
  hasStrayLogKey(deployment)
    ? E.left(damagedLogKeys())
    : unlock(deployment, deployment, given, () => wrongFor(deployment, given));

/**
 * The ids of the keys derived from this master key. Every box sealed under one of them has its id in the header, so
 * files can be searched for such boxes.
 */
export const marksOf = (master: Uint8Array): ReadonlyArray<Buffer> =>
  ['master-check', 'pepper', 'workspace-key', LOG_KEY_PURPOSE].map((purpose) =>
    withDerived(master, purpose, keyIdOf),
  );
