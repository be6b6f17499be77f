import { decodeEvent } from '@keyturn/domain';
import { followChain, type RecordedEvent, type StreamHead } from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import type { ProjectedEvent } from '../runtime/projector';
import type { Damage } from './damage';
import type { PlacedSeal } from './sealChecking';

/** An event that fits its stream. */
export interface FittingEvent {
  readonly head: StreamHead;
  /** Null where the event bears none. */
  readonly seal: PlacedSeal | null;
  readonly event: ProjectedEvent;
}

/** Follows a stream by one event, and decodes it. */
export type ReadEvent = (before: StreamHead, event: RecordedEvent) => FittingEvent | Damage;

export const isDamage = (read: FittingEvent | Damage): read is Damage => 'differs' in read;

const readEvent: ReadEvent = (before, recorded) => {
  const { revision } = recorded;
  const followed = followChain(before, recorded);
  if (isLeft(followed)) return { differs: followed.left.differs, revision, detail: null };
  const read = decodeEvent(recorded);
  if (isLeft(read))
    return read.left.why === 'wrong-stream'
      ? { differs: 'workspace', revision, detail: null }
      : { differs: 'unreadable', revision, detail: read.left.message };
  const { head, seal } = followed.right;
  return {
    head,
    seal: seal === null ? null : { ...seal, ...head },
    event: { recorded, event: read.right.event, envelope: read.right.envelope },
  };
};

/** Reads each event once, however many projectors follow its stream from the same place. */
export const eventsReadOnce = (): ReadEvent => {
  const known = new Map<
    RecordedEvent,
    { readonly before: StreamHead; readonly read: FittingEvent | Damage }
  >();
  return (before, event) => {
    const earlier = known.get(event);
    if (
      earlier?.before.revision === before.revision &&
      Buffer.compare(earlier.before.chain, before.chain) === 0
    )
      return earlier.read;
    const read = readEvent(before, event);
    known.set(event, { before, read });
    return read;
  };
};
