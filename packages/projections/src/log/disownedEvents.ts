import { DisownedSearch, linkOf, type DisownedRange, type RecordedEvent } from '@keyturn/event-store';
import type { CheckSeal } from './sealChecking';
import type { ReadStretch } from './streamReading';

const STRETCH = 1_000;

/** What the events of a stream disown, from a revision on that did not fit. */
export type FindDisowned = (stream: string, from: number) => Promise<ReadonlyArray<DisownedRange>>;

/** Without `checkSeal` every seal is taken for good: what is shown then says that seals were not checked. */
export const disownedIn = (stretch: ReadStretch, checkSeal: CheckSeal | null): FindDisowned => {
  const bearsGoodSeal = async ({ revision, metadata }: RecordedEvent): Promise<boolean> => {
    const link = linkOf(metadata);
    if (link === null || link.seal === null) return false;
    return checkSeal === null || (await checkSeal({ ...link.seal, revision, chain: link.chain })) === 'good';
  };
  return async (stream, from) => {
    const search = new DisownedSearch();
    for (let next = from; ; next += STRETCH) {
      const events = await stretch(stream, next, next + STRETCH - 1);
      if (typeof events === 'string' || events.length === 0) return search.found();
      for (const event of events) {
        if (search.take(event, await bearsGoodSeal(event)) && checkSeal !== null) return search.found();
      }
    }
  };
};
