import {
  disownedBy,
  DisownedRanges,
  eventsOf,
  findDisowned,
  followPast,
  linkOf,
  type EventStore,
  type RecordedEvent,
} from '@keyturn/event-store';
import { isLeft, isRight } from 'fp-ts/Either';
import type { StreamState } from '../database/streamStates';
import { storeFailed } from '../faults';
import type { CheckSeal } from './sealChecking';
import type { ReadStretch } from './streamReading';

/** What the events of a stream disown. Rejects with a `ProjectionFault`. */
export type FindDisowned = (stream: string) => Promise<DisownedRanges>;

/** Without `checkSeal` every seal is taken for good: what is shown then says that seals were not checked. */
const bearsGoodSeal = async (
  checkSeal: CheckSeal | null,
  { revision, metadata }: RecordedEvent,
): Promise<boolean> => {
  const link = linkOf(metadata);
  if (link === null || link.seal === null) return false;
  return checkSeal === null || (await checkSeal({ ...link.seal, revision, chain: link.chain })) === 'good';
};

export const findingDisowned =
  (store: Pick<EventStore, 'readStream'>, checkSeal: CheckSeal | null): FindDisowned =>
  async (stream) => {
    const found = await findDisowned(
      stream,
      (from, to, onEvent) => eventsOf(store, stream, { from, to }, onEvent),
      (event) => bearsGoodSeal(checkSeal, event),
    );
    if (isLeft(found)) throw storeFailed(found.left);
    return found.right;
  };

/**
 * What an earlier batch found to be disowned behind the head, looked at again: the event that disowns it may have been
 * taken away, or never have been there for who checks seals. None where it does not fit any more.
 */
export const passing = async (
  { stream, head, passingTo }: StreamState,
  { stretch, checkSeal }: { readonly stretch: ReadStretch; readonly checkSeal: CheckSeal | null },
): Promise<DisownedRanges> => {
  const none = new DisownedRanges();
  if (passingTo === null) return none;
  const found = await stretch(stream, passingTo + 1, passingTo + 1);
  const [event] = typeof found === 'string' ? [] : found;
  const range = event === undefined ? null : disownedBy(event);
  if (event === undefined || range?.first !== head.revision + 1) return none;
  const ranges = new DisownedRanges([range]);
  return isRight(followPast(ranges, head, event)) && (await bearsGoodSeal(checkSeal, event)) ? ranges : none;
};
