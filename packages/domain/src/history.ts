import type { Decider } from './decider';
import type { EnvelopedEvent } from './envelope';
import type { Instant } from './instant';
import type { Keyring } from './state/keyring';

/** An event with the time at which its store recorded it. */
export interface RecordedKeyringEvent extends EnvelopedEvent {
  readonly recordedAt: Instant;
}

/** Revisions that follow each other, both ends included. */
export interface Revisions {
  readonly first: number;
  readonly last: number;
}

/**
 * A history that was read so far, and where it is cut for a point in time. The cut is by revision: it lies behind the
 * newest command recorded by then, and all before that is taken, whatever times the store's clock gave it.
 */
export interface HistoryCut {
  /** The keyring behind the newest whole command recorded by then. */
  readonly keyring: Keyring;
  /** When that command's last event was recorded; null when there is none. */
  readonly recordedAt: Instant | null;
  /** Whether the times of what was read never fall. */
  readonly inOrder: boolean;
  /** What was read and recorded later, before and behind the cut. */
  readonly later: ReadonlyArray<Revisions>;
  /** The keyring behind all whole commands that were read. */
  readonly head: Keyring;
  /** The beginning of a command whose other events have not been read yet. */
  readonly pending: ReadonlyArray<RecordedKeyringEvent>;
  /** The latest time that was read. */
  readonly latest: Instant;
}

export const startOfHistory = (decider: Decider): HistoryCut => ({
  keyring: decider.initialState,
  recordedAt: null,
  inOrder: true,
  later: [],
  head: decider.initialState,
  pending: [],
  latest: Number.NEGATIVE_INFINITY,
});

const isLastOfCommand = ({ envelope }: EnvelopedEvent): boolean => envelope.index + 1 >= envelope.count;

const addRevision = (ranges: Revisions[], revision: number): void => {
  const last = ranges.at(-1);
  if (last?.last === revision - 1) ranges[ranges.length - 1] = { first: last.first, last: revision };
  else ranges.push({ first: revision, last: revision });
};

/** Of an event that comes next behind a revision: what was disowned lies between them. */
const revisionOf = ({ event }: EnvelopedEvent, before: number): number =>
  event.type === 'EventsDisowned' ? event.data.to + 1 : before + 1;

/** Reads one more page of a history, all of it. Invariants hold between commands: so it cuts there. */
export const readOn = (
  decider: Decider,
  cut: HistoryCut,
  page: Iterable<RecordedKeyringEvent>,
  at: Instant,
): HistoryCut => {
  const whole: EnvelopedEvent[] = [];
  let { recordedAt, inOrder, latest } = cut;
  const later = [...cut.later];
  let pending: RecordedKeyringEvent[] = [...cut.pending];
  let taken = 0;
  let revision = cut.head.revision + pending.length;
  for (const event of page) {
    inOrder &&= event.recordedAt >= latest;
    latest = Math.max(latest, event.recordedAt);
    pending.push(event);
    revision = revisionOf(event, revision);
    if (event.recordedAt > at) addRevision(later, revision);
    if (!isLastOfCommand(event)) continue;
    whole.push(...pending);
    pending = [];
    if (event.recordedAt > at) continue;
    taken = whole.length;
    recordedAt = event.recordedAt;
  }
  const keyring = taken === 0 ? cut.keyring : decider.replay(cut.head, whole.slice(0, taken));
  const head = decider.replay(taken === 0 ? cut.head : keyring, whole.slice(taken));
  return { keyring, recordedAt, inOrder, later, head, pending, latest };
};
