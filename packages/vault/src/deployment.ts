import { randomBytes, randomUUID } from 'node:crypto';
import * as E from 'fp-ts/Either';
import { box, isBoxOf, unbox, type BoxContext } from './box';
import { VaultFault } from './faults';
import { deriveKey, KEY_BYTES, keyIdOf } from './mac';
import type { Argon2Parameters } from './passphrase';

/** How the master key is come by. Passphrases carry the parameters of their argon2id. */
export type MasterKeyKind =
  { readonly kind: 'file' } | { readonly kind: 'passphrase'; readonly argon2: Argon2Parameters };

/** What a vault keeps of itself: one row. */
export interface Deployment {
  readonly deploymentId: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly masterKey: MasterKeyKind;
  readonly masterKeyId: Buffer;
  /** A known text sealed under the master key: it tells a wrong key without trying any secret. */
  readonly masterCheck: Buffer;
  readonly sealedPepper: Buffer;
}

/** The keys that a running vault holds, until it is closed. */
export interface DeploymentKeys {
  readonly deploymentId: string;
  readonly masterKeyId: Buffer;
  /** Seals the workspace keys. */
  readonly workspaceSealing: Buffer;
  readonly pepper: Buffer;
}

const CHECK_TEXT = Buffer.from('keyturn master key');

const check = (deploymentId: string): BoxContext => ({ purpose: 'master-check', aad: [deploymentId] });
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

/** A new vault's row. The pepper is made here, once, and never again: fingerprints in the event log depend on it. */
export const newDeployment = (
  deploymentId: string,
  master: Uint8Array,
  masterKey: MasterKeyKind,
  createdAt: number,
): Deployment => {
  const pepper = randomBytes(KEY_BYTES);
  const deployment: Deployment = {
    deploymentId,
    createdAt,
    masterKey,
    masterKeyId: keyIdOf(master),
    masterCheck: withDerived(master, 'master-check', (key) => box(key, check(deploymentId), CHECK_TEXT)),
    sealedPepper: withDerived(master, 'pepper', (key) => box(key, pepperBox(deploymentId), pepper)),
  };
  pepper.fill(0);
  return deployment;
};

export const newDeploymentId = (): string => randomUUID();

const damaged = (what: string): VaultFault =>
  new VaultFault('tampered', `the vault's ${what} is not what was sealed: restore the vault from a backup`);

/** Null when the key is this vault's. The check value decides, so that an altered key id is not taken for a wrong key. */
const wrongKey = (deployment: Deployment, master: Uint8Array): VaultFault | null => {
  const given = keyIdOf(master);
  return withDerived(master, 'master-check', (key) => {
    const text = unbox(key, check(deployment.deploymentId), deployment.masterCheck);
    const fits = given.equals(deployment.masterKeyId);
    if (text !== null && text.equals(CHECK_TEXT) && fits) {
      return null;
    }
    return fits || isBoxOf(key, deployment.masterCheck)
      ? damaged('check value')
      : new VaultFault(
          'master-key-wrong',
          `this vault was sealed with master key ${deployment.masterKeyId.toString('hex')}, and the one given is ` +
            `${given.toString('hex')}: give the right one`,
        );
  });
};

/** Checks the master key against the vault and derives what a running vault needs. `master` stays the caller's. */
export const openDeployment = (
  deployment: Deployment,
  master: Uint8Array,
): E.Either<VaultFault, DeploymentKeys> => {
  const wrong = wrongKey(deployment, master);
  if (wrong !== null) {
    return E.left(wrong);
  }
  const { deploymentId, masterKeyId, sealedPepper } = deployment;
  const pepper = withDerived(master, 'pepper', (key) => unbox(key, pepperBox(deploymentId), sealedPepper));
  return pepper === null || pepper.length !== KEY_BYTES
    ? E.left(damaged('pepper'))
    : E.right({
        deploymentId,
        masterKeyId,
        workspaceSealing: deriveKey(master, 'workspace-key'),
        pepper,
      });
};
