import { timingSafeEqual } from 'node:crypto';
import { VaultFault } from './faults';
import { utf8 } from './lengthPrefixed';
import { shortMac } from './mac';
import type { StoredRemoval } from './storage';
import type { Removal } from './vault';
import type { WitnessName } from './witness';

/** A removal at its place among those of its workspace. */
type PlacedRemoval = Omit<StoredRemoval, 'mac'>;

const u64be = (n: number): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(BigInt(n));
  return out;
};

const isPlace = (ordinal: number): boolean => Number.isSafeInteger(ordinal) && ordinal >= 0;

const macOf = (workspaceKey: Uint8Array, name: WitnessName, removal: PlacedRemoval): Buffer =>
  shortMac(workspaceKey, 'keyturn/removal/1', [
    name.deploymentId,
    name.workspaceId,
    u64be(removal.ordinal),
    removal.keyId,
    removal.fingerprint,
    Uint8Array.of(removal.hardDeleted ? 1 : 0, removal.leaked ? 1 : 0),
  ]);

const isKept = (workspaceKey: Uint8Array, name: WitnessName, stored: StoredRemoval): boolean => {
  if (!isPlace(stored.ordinal) || !isRemovalText(stored)) return false;
  const own = macOf(workspaceKey, name, stored);
  const fits = own.length === stored.mac.length && timingSafeEqual(own, stored.mac);
  own.fill(0);
  return fits;
};

const isRemovalText = ({ keyId, fingerprint }: Removal): boolean =>
  utf8(keyId) !== null && utf8(fingerprint) !== null;

/** One that can be kept: it says something of a key. */
export const isRemoval = (removal: Removal): boolean =>
  (removal.hardDeleted || removal.leaked) && isRemovalText(removal);

/** What is stored of a removal. */
export const storedRemoval = (
  workspaceKey: Uint8Array,
  name: WitnessName,
  { ordinal, keyId, fingerprint, hardDeleted, leaked }: PlacedRemoval,
): StoredRemoval => {
  const placed = { ordinal, keyId, fingerprint, hardDeleted, leaked };
  return { ...placed, mac: macOf(workspaceKey, name, placed) };
};

/** The same removal under the MAC of the key that succeeds the first; null for what was not kept under that. */
export const removalUnder = (
  [from, to]: readonly [Uint8Array, Uint8Array],
  name: WitnessName,
  stored: StoredRemoval,
): StoredRemoval | null => (isKept(from, name, stored) ? storedRemoval(to, name, stored) : null);

export const removalsDamaged = (workspaceId: string): VaultFault =>
  new VaultFault(
    'witness-damaged',
    `what the vault knows of hard deletes and leaks of workspace ${workspaceId} is not what it kept: ` +
      'restore the vault from a backup',
  );

/** What was kept. Throws `witness-damaged`. */
export const readRemoval = (
  workspaceKey: Uint8Array,
  name: WitnessName,
  stored: StoredRemoval,
): PlacedRemoval => {
  if (!isKept(workspaceKey, name, stored)) throw removalsDamaged(name.workspaceId);
  const { ordinal, keyId, fingerprint, hardDeleted, leaked } = stored;
  return { ordinal, keyId, fingerprint, hardDeleted, leaked };
};
