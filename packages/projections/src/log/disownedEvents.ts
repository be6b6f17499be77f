import {
  DisownedRanges,
  DisownedSearch,
  linkOf,
  type EventStore,
  type RecordedEvent,
} from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import { setImmediate as turn } from 'node:timers/promises';
import type { StreamState } from '../database/streamStates';
import { storeFailed } from '../faults';
import type { CheckSeal } from './sealChecking';

const PAGE = 1_000;

/** What an earlier batch found to be disowned behind the head. */
export const passingOf = ({ head, passingTo }: StreamState): DisownedRanges =>
  new DisownedRanges(passingTo === null ? [] : [{ first: head.revision + 1, last: passingTo, digest: '' }]);

/** What the events of a stream disown, from a revision on that did not fit. */
export type FindDisowned = (stream: string, from: number) => Promise<DisownedRanges>;

/**
 * Without `checkSeal` every seal is taken for good: what is shown then says that seals were not checked. Rejects with a
 * `ProjectionFault`.
 */
export const findingDisowned = (
  store: Pick<EventStore, 'readStream'>,
  checkSeal: CheckSeal | null,
): FindDisowned => {
  const bearsGoodSeal = async ({ revision, metadata }: RecordedEvent): Promise<boolean> => {
    const link = linkOf(metadata);
    if (link === null || link.seal === null) return false;
    return checkSeal === null || (await checkSeal({ ...link.seal, revision, chain: link.chain })) === 'good';
  };
  return async (stream, from) => {
    const search = new DisownedSearch();
    for (let next = from; ;) {
      const page = await store.readStream(stream, { direction: 'forwards', from: next, limit: PAGE })();
      if (isLeft(page)) throw storeFailed(page.left);
      const { events, end } = page.right;
      for (const event of events) search.take(event, await bearsGoodSeal(event));
      const last = events.at(-1);
      if (end || last === undefined) return search.found();
      next = last.revision + 1;
      await turn();
    }
  };
};
