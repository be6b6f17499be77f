import {
  disownedBy,
  headPast,
  linkOf,
  rangeWith,
  type RecordedEvent,
  type StreamHead,
} from '@keyturn/event-store';
import { isDamage, type ReadEvent } from './eventReading';
import type { ReadStretch } from './streamReading';

export const sameChain = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Whether an event lies on the way to a head that was reached: by its chain, or as what was disowned before. */
export const leadsTo = async (
  to: StreamHead,
  { stream, revision, metadata }: RecordedEvent,
  { read, stretch }: { readonly read: ReadEvent; readonly stretch: ReadStretch },
): Promise<boolean> => {
  const between = revision < to.revision ? await stretch(stream, revision + 1, to.revision) : [];
  // A stream that can't be read any more tells nothing.
  if (typeof between === 'string') return true;
  const disowned = between.flatMap((event) => disownedBy(event) ?? []);
  if (rangeWith(disowned, revision) !== null) return true;
  const link = linkOf(metadata);
  if (link === null) return false;
  let head: StreamHead = { revision, chain: link.chain };
  for (const event of between) {
    if (rangeWith(disowned, event.revision) !== null) continue;
    const passed = rangeWith(disowned, head.revision + 1);
    const next = read(passed === null ? head : headPast(head, passed), event);
    if (isDamage(next)) return false;
    ({ head } = next);
  }
  return head.revision === to.revision && sameChain(head.chain, to.chain);
};
