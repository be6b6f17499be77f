import type { VaultStorage } from '../storage';
import { toPairing } from '../storedRows';
import type { Pairing } from '../vault';
import type { Database } from './connection';
import type { Session } from './session';

const SELECT = 'SELECT store_id, high_water FROM pairing';

const UPSERT = `
  INSERT INTO pairing AS kept (only_row, store_id, high_water) VALUES (1, $1, $2)
  ON CONFLICT (only_row) DO UPDATE SET high_water = excluded.high_water
  WHERE kept.store_id = excluded.store_id AND excluded.high_water > coalesce(kept.high_water, -1)`;

const LOWER = 'UPDATE pairing SET high_water = $1';

/** Which event store the vault belongs to. */
export const pairingRow = ({
  run,
  name,
}: Database): Pick<VaultStorage, 'pairing' | 'pair' | 'lowerHighWater'> => {
  const read = async (session: Session): Promise<Pairing | null> =>
    toPairing((await session.query(SELECT)).rows[0], name);
  return {
    pairing: run(read),
    pair: (given) =>
      run(async (session) => {
        await session.query(UPSERT, [given.storeId, given.highWater?.toString() ?? null]);
        return (await read(session)) ?? given;
      }),
    lowerHighWater: (position) =>
      run(async (session) => {
        await session.query(LOWER, [position?.toString() ?? null]);
      }),
  };
};
