import { exchangeOpenings, type Openings } from './openings';

/** Faulty parts that the door is to find behind it, in the place of the product's own. */
export type BehindTheDoor = Partial<Openings>;

let now: BehindTheDoor = {};
let exchangeable = false;

/** Makes {@link openedOver} possible in this process. To be called before the door is opened for the first time. */
export const letPartsBeExchanged = (): void => {
  if (exchangeable) return;
  exchangeOpenings({
    vault: (vault) => now.vault?.(vault) ?? vault,
    eventStore: (store) => now.eventStore?.(store) ?? store,
    prober: (prober) => now.prober?.(prober) ?? prober,
  });
  exchangeable = true;
};

/** Opens something whose parts are faulty. Where none is, nothing is exchanged. */
export const openedOver = async <A>(parts: BehindTheDoor, open: () => Promise<A>): Promise<A> => {
  if (Object.keys(parts).length === 0) return open();
  if (!exchangeable) throw new Error('Parts can be exchanged where the checks are shown to fail, alone.');
  now = parts;
  try {
    return await open();
  } finally {
    now = {};
  }
};
