import { existsSync } from 'node:fs';
import { exchangeOpenings, type Openings } from '../faulty/openings';
import { thatTellsNothing } from '../faulty/probers';
import { thatForgets, thatLeavesOut, whoseClockStands } from '../faulty/stores';
import { thatDoesNotShred, thatDoesNotThaw, thatSealsLate } from '../faulty/vaults';
import { FAULTY_NAMES, type FaultyName } from './faultyNames';

const PARTS: { readonly [N in FaultyName]: Partial<Openings> } = {
  'a vault that does not shred, and says that it did': { vault: thatDoesNotShred },
  'a vault that does not let a frozen row open again': { vault: thatDoesNotThaw },
  'a vault that says that a secret is sealed, and seals it later': { vault: thatSealsLate(2_000) },
  'a store that forgets a hard delete, which it acknowledged': { eventStore: thatForgets('KeyHardDeleted') },
  'a store whose clock stands': { eventStore: whoseClockStands },
  'a store that leaves out events when all are read': { eventStore: thatLeavesOut('DefaultChanged') },
  'a prober that can never tell': { prober: thatTellsNothing },
};

/**
 * To be loaded before the product: whoever opens a part by its package gets the faulty one that TRUST_FAULTY names,
 * once there is the file that TRUST_FAULTY_SINCE names.
 */
const { TRUST_FAULTY: name, TRUST_FAULTY_SINCE: since } = process.env;
const known = FAULTY_NAMES.find((one) => one === name);
if (known === undefined) throw new Error(`there is no faulty part "${name ?? ''}"`);
const { vault, eventStore, prober } = PARTS[known];

const orSound =
  <P>(faulty: ((part: P) => P) | undefined) =>
  (part: P): P =>
    faulty !== undefined && since !== undefined && existsSync(since) ? faulty(part) : part;

exchangeOpenings({ vault: orSound(vault), eventStore: orSound(eventStore), prober: orSound(prober) });
