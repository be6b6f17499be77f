import { DisownedRanges, DisownedSearch, type EventStore } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { Fault } from '../failure';
import { bearsGoodSeal, type SealChecking } from './sealChecking';
import { eventsOf } from './streamPages';

/** What the events of a stream disown, from a revision on that did not fit. */
const disownedFrom = async (
  store: Pick<EventStore, 'readStream'>,
  seals: SealChecking | null,
  stream: string,
  from: number,
): Promise<E.Either<Fault, DisownedRanges>> => {
  // A newer key than is held may have sealed them. A vault that is away says nothing.
  await seals?.rereadLogKeys();
  const search = new DisownedSearch();
  const read = await eventsOf(store, stream, from, (event) => {
    search.take(event, bearsGoodSeal(seals, event));
  });
  return E.map(() => search.found())(read);
};

/**
 * Reads a stream past what its own events disown. They stand behind what they disown: so an attempt that meets an event
 * that does not fit (`misfit`) has them looked for, and another attempt is made that knows of them.
 */
export const makeReadingPastDisowned =
  (store: Pick<EventStore, 'readStream'>, seals: SealChecking | null) =>
  async <A extends { readonly misfit: number | null }>(
    stream: string,
    attempt: (disowned: DisownedRanges) => Promise<E.Either<Fault, A>>,
  ): Promise<E.Either<Fault, A>> => {
    const read = await attempt(new DisownedRanges());
    if (E.isLeft(read) || read.right.misfit === null) return read;
    const found = await disownedFrom(store, seals, stream, read.right.misfit);
    if (E.isLeft(found)) return found;
    return found.right.all.length === 0 ? read : attempt(found.right);
  };
