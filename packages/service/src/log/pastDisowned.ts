import {
  disownedBy,
  DisownedSearch,
  headPast,
  linkOf,
  rangeWith,
  type DisownedRange,
  type EventStore,
  type RecordedEvent,
  type StreamHead,
} from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { Fault } from '../failure';
import type { SealChecking } from './sealChecking';

const PAGE = 1_000;

/** What the next event is chained to: what was disowned behind a head is passed over. */
export const headBehind = (
  disowned: ReadonlyArray<DisownedRange>,
  head: StreamHead,
): { readonly head: StreamHead; readonly passed: DisownedRange | null } => {
  const passed = disowned.find(({ first }) => first === head.revision + 1) ?? null;
  return { head: passed === null ? head : headPast(head, passed), passed };
};

/** Whether the event disowns the range: what was seen while looking ahead may be another one by now. */
export const disowns = (event: RecordedEvent, { first, last }: DisownedRange): boolean =>
  disownedBy(event)?.first === first && event.revision === last + 1;

/** Without `seals` every seal is taken for good, as its reader does. */
const bearsGoodSeal = (seals: SealChecking | null, { metadata }: RecordedEvent): boolean => {
  const link = linkOf(metadata);
  if (link === null || link.seal === null) return false;
  return seals === null || seals.verifySeal(link.chain, link.seal) === 'good';
};

/** What the events of a stream disown, from a revision on that did not fit. */
const disownedFrom = async (
  store: Pick<EventStore, 'readStream'>,
  seals: SealChecking | null,
  stream: string,
  from: number,
): Promise<E.Either<Fault, ReadonlyArray<DisownedRange>>> => {
  // A newer key than is held may have sealed them. A vault that is away says nothing.
  await seals?.rereadLogKeys();
  const search = new DisownedSearch();
  for (let next = from, end = false; !end;) {
    const page = await store.readStream(stream, { direction: 'forwards', from: next, limit: PAGE })();
    if (E.isLeft(page)) return page;
    const { events } = page.right;
    for (const event of events) {
      if (search.take(event, bearsGoodSeal(seals, event)) && seals !== null) return E.right(search.found());
    }
    next = (events.at(-1)?.revision ?? next) + 1;
    end = page.right.end || events.length === 0;
  }
  return E.right(search.found());
};

/** Reads a stream as far as it fits, past what is known to be disowned; `misfit` is where an event does not fit. */
type Attempt<A extends { readonly misfit: number | null }> = (
  disowned: ReadonlyArray<DisownedRange>,
) => Promise<E.Either<Fault, A>>;

/**
 * Reads a stream past what its own events disown. They stand behind what they disown: so an attempt that meets an event
 * that does not fit has them looked for, and another attempt is made that knows of them.
 */
export const makeReadingPastDisowned =
  (store: Pick<EventStore, 'readStream'>, seals: SealChecking | null) =>
  async <A extends { readonly misfit: number | null }>(
    stream: string,
    attempt: Attempt<A>,
  ): Promise<E.Either<Fault, A>> => {
    for (let disowned: ReadonlyArray<DisownedRange> = []; ;) {
      const read = await attempt(disowned);
      if (E.isLeft(read) || read.right.misfit === null) return read;
      const found = await disownedFrom(store, seals, stream, read.right.misfit);
      if (E.isLeft(found)) return found;
      const more = found.right.filter(({ first }) => rangeWith(disowned, first) === null);
      if (more.length === 0) return read;
      disowned = [...disowned, ...more];
    }
  };
