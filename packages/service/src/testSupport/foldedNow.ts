import { defaultDecider } from '@keyturn/domain';
import { linkOf } from '@keyturn/event-store';
import type { FoldedKeyring } from '../foldedKeyring';
import type { KeyturnOnDisk } from './keyturnOnDisk';
import { historyOf, storedEvents } from './stream';

/** The keyring of acme, folded from all its events. */
export const foldedNow = async ({ eventStore }: KeyturnOnDisk): Promise<FoldedKeyring> => {
  const newest = (await storedEvents(eventStore)).at(-1);
  const link = newest === undefined ? null : linkOf(newest.metadata);
  if (link === null) throw new Error('no events');
  const keyring = defaultDecider.replay(defaultDecider.initialState, await historyOf(eventStore));
  return { keyring, chain: link.chain };
};
