import type { VaultStorage } from '../storage';
import { toPairing } from '../storedRows';
import type { Pairing } from '../vault';
import { type Connections, VAULT_FILE } from './connection';
import { attempt } from './sqliteFaults';

/** Which event store the vault belongs to. Positions are text: SQLite's integers end at 63 bits. */
export const pairingRow = ({
  vault,
}: Connections): Pick<VaultStorage, 'pairing' | 'pair' | 'lowerHighWater'> => {
  const select = vault.prepare('SELECT store_id, high_water FROM pairing');
  const upsert = vault.prepare(
    'INSERT INTO pairing VALUES (1, ?, ?) ON CONFLICT (only_row) DO UPDATE SET high_water = excluded.high_water',
  );
  const lower = vault.prepare('UPDATE pairing SET high_water = ?');
  const read = (): Pairing | null => toPairing(select.get(), VAULT_FILE);
  const pair = (given: Pairing): Pairing => {
    const kept = read();
    if (kept !== null && (kept.storeId !== given.storeId || !isHigher(given, kept))) return kept;
    upsert.run(given.storeId, given.highWater?.toString() ?? null);
    return given;
  };
  return {
    pairing: attempt(VAULT_FILE, read),
    pair: (given) => attempt(VAULT_FILE, () => vault.transaction('immediate', () => pair(given))),
    lowerHighWater: (position) =>
      attempt(VAULT_FILE, () => {
        lower.run(position?.toString() ?? null);
      }),
  };
};

const isHigher = (given: Pairing, kept: Pairing): boolean =>
  given.highWater !== null && (kept.highWater === null || given.highWater > kept.highWater);
