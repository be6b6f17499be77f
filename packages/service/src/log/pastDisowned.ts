import { DisownedRanges, eventsOf, findDisowned, type EventStore } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { Fault } from '../failure';
import { bearsGoodSeal, type SealChecking } from './sealChecking';

/** What the events of a stream disown. Without `seals` every seal is taken for good, as its reader does. */
export const disownedOf = async (
  store: Pick<EventStore, 'readStream'>,
  seals: SealChecking | null,
  stream: string,
): Promise<E.Either<Fault, DisownedRanges>> => {
  // A newer key than is held may have sealed them. A vault that is away says nothing.
  await seals?.rereadLogKeys();
  return findDisowned<Fault>(
    stream,
    (from, to, onEvent) => eventsOf(store, stream, { from, to }, onEvent),
    (event) => bearsGoodSeal(seals, event),
  );
};

/**
 * Reads a stream past what its own events disown. They stand behind what they disown: so an attempt that meets an event
 * that does not fit has them looked for, and another attempt is made that knows of them.
 */
export const makeReadingPastDisowned =
  (store: Pick<EventStore, 'readStream'>, seals: SealChecking | null) =>
  async <A extends { readonly isMisfit: boolean }>(
    stream: string,
    attempt: (disowned: DisownedRanges) => Promise<E.Either<Fault, A>>,
  ): Promise<E.Either<Fault, A>> => {
    const read = await attempt(new DisownedRanges());
    if (E.isLeft(read) || !read.right.isMisfit) return read;
    const disowned = await disownedOf(store, seals, stream);
    if (E.isLeft(disowned)) return disowned;
    return disowned.right.all.length === 0 ? read : attempt(disowned.right);
  };
