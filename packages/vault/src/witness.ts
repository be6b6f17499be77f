import { createHash, timingSafeEqual } from 'node:crypto';
import { VaultFault } from './faults';
import { lengthPrefixed } from './lengthPrefixed';
import { shortMac } from './mac';
import type { StoredWitness } from './storage';
import type { Witness } from './vault';

/** Whose witness it is. */
export interface WitnessName {
  readonly deploymentId: string;
  readonly workspaceId: string;
}

const CHAIN_BYTES = 32;

/** The chain value before a stream's first event: SHA-256("keyturn/genesis/1\0" ‖ LP(stream)). */
const genesisOf = (workspaceId: string): Buffer => {
  const hash = createHash('sha256').update('keyturn/genesis/1\0');
  for (const piece of lengthPrefixed(`keyring-${workspaceId}`)) hash.update(piece);
  return hash.digest();
};

const i64be = (n: number): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigInt64BE(BigInt(n));
  return out;
};

/** A head that can be one. */
export const isHead = ({ revision, chain }: Witness): boolean =>
  Number.isSafeInteger(revision) && revision >= -1 && chain.length === CHAIN_BYTES;

const macOf = (workspaceKey: Uint8Array, name: WitnessName, { revision, chain }: Witness): Buffer =>
  shortMac(workspaceKey, 'keyturn/witness/1', [name.deploymentId, name.workspaceId, i64be(revision), chain]);

const isKept = (workspaceKey: Uint8Array, name: WitnessName, stored: StoredWitness): boolean => {
  if (!isHead(stored)) return false;
  const own = macOf(workspaceKey, name, stored);
  const fits = own.length === stored.mac.length && timingSafeEqual(own, stored.mac);
  own.fill(0);
  return fits;
};

/** What is stored of a head. */
export const storedWitness = (workspaceKey: Uint8Array, name: WitnessName, head: Witness): StoredWitness => ({
  revision: head.revision,
  chain: head.chain,
  mac: macOf(workspaceKey, name, head),
});

/** Of a workspace that nothing is known of yet. */
export const firstWitness = (workspaceKey: Uint8Array, name: WitnessName): StoredWitness =>
  storedWitness(workspaceKey, name, { revision: -1, chain: genesisOf(name.workspaceId) });

/** The same head under the MAC of the key that succeeds the first; null for what was not kept under that. */
export const witnessUnder = (
  [from, to]: readonly [Uint8Array, Uint8Array],
  name: WitnessName,
  stored: StoredWitness,
): StoredWitness | null =>
  isKept(from, name, stored)
    ? storedWitness(to, name, { revision: stored.revision, chain: stored.chain })
    : null;

const witnessDamaged = (workspaceId: string, what: string): VaultFault =>
  new VaultFault(
    'witness-damaged',
    `what the vault knows of the newest event of workspace ${workspaceId} ${what}: ` +
      'restore the vault from a backup, or have an operator accept the log as it is',
  );

/** What was kept. Throws `witness-damaged`. */
export const readWitness = (
  workspaceKey: Uint8Array,
  name: WitnessName,
  stored: StoredWitness | null,
): Witness => {
  if (stored === null) throw witnessDamaged(name.workspaceId, 'is missing');
  if (!isKept(workspaceKey, name, stored)) throw witnessDamaged(name.workspaceId, 'is not what it kept');
  return { revision: stored.revision, chain: stored.chain };
};

export const isSameHead = (a: Witness, b: Witness): boolean =>
  a.revision === b.revision && Buffer.compare(a.chain, b.chain) === 0;

/** The higher of what is kept and another head. Throws `witness-differs`. */
export const higherOf = (workspaceId: string, kept: Witness, head: Witness): Witness => {
  if (head.revision === kept.revision && !isSameHead(head, kept))
    throw new VaultFault(
      'witness-differs',
      `the event log of workspace ${workspaceId} has another event at revision ${head.revision} than the vault knows ` +
        'of: restore the event log from a backup, or have an operator accept it as it is',
    );
  return head.revision > kept.revision ? head : kept;
};
