import { decodeEvent, keyringStream, type RecordedKeyringEvent, type WorkspaceId } from '@keyturn/domain';
import {
  followPast,
  genesisOf,
  linkOf,
  type DisownedRanges,
  type EventStore,
  type RecordedEvent,
  type Seal,
  type StreamHead,
} from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { ServiceFault, type Fault } from '../failure';
import { logDamaged, streamBehind, type Damage } from './damage';
import { makeReadingPastDisowned } from './pastDisowned';
import { isSealed, type SealChecking } from './sealChecking';

const PAGE = 1_000;

/** Where a reading begins: behind an event, which is read again and compared. */
export interface StartOfReading {
  /** -1: at the stream's beginning. */
  readonly revision: number;
  /** Null: what stands there is taken as it is. */
  readonly chain: Uint8Array | null;
  /** The event behind it, where that is known: the stream has to have it, with this chain value. */
  readonly next?: StreamHead;
}

export interface CheckedReading<A> {
  readonly workspaceId: WorkspaceId;
  readonly from: StartOfReading;
  /** An event that is known to be there: the stream has to reach it, with this chain value. */
  readonly known?: StreamHead | null;
  readonly initial: A;
  /** Takes the next page of events. It changes nothing else: a reading may have to begin anew. */
  readonly onPage: (value: A, events: ReadonlyArray<RecordedKeyringEvent>) => A;
}

/** The head that a reading reached, and what the events up to there came to. */
export interface CheckedStretch<A> {
  readonly head: StreamHead;
  readonly value: A;
  /** What was passed over. */
  readonly disowned: DisownedRanges;
}

export const sameChain = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** A reading as far as it has come. */
interface Progress {
  /** Null before the event was read that it goes on from. */
  readonly head: StreamHead | null;
  /** Of the last event read. */
  readonly seal: Seal | null;
  /** The highest number of a log key so far. */
  readonly sealKey: number;
}

/** What one reading goes by. */
interface Expectations {
  readonly from: StartOfReading;
  readonly known: StreamHead | null;
  readonly disowned: DisownedRanges;
}

/** One event further, or what is wrong with it. */
const step = (
  { head, sealKey }: Progress,
  { from, known, disowned }: Expectations,
  event: RecordedEvent,
): E.Either<
  { readonly revision: number; readonly differs: Damage },
  Progress & { readonly head: StreamHead }
> => {
  const damaged = (differs: Damage) => E.left({ revision: event.revision, differs });
  let next: { readonly head: StreamHead; readonly seal: Seal | null };
  if (head === null) {
    const link = linkOf(event.metadata);
    if (link === null || event.revision !== from.revision) return damaged('known');
    if (from.chain !== null && !sameChain(from.chain, link.chain)) return damaged('known');
    next = { head: { revision: event.revision, chain: link.chain }, seal: link.seal };
  } else {
    const followed = followPast(disowned, head, event);
    if (E.isLeft(followed)) return damaged(followed.left.differs);
    next = followed.right;
  }
  for (const there of [known, from.next]) {
    if (there?.revision === event.revision && !sameChain(there.chain, next.head.chain))
      return damaged('known');
  }
  // A key that was replaced seals nothing more.
  if (next.seal !== null && next.seal.sealKey < sealKey) return damaged('seal');
  return E.right({ ...next, sealKey: Math.max(sealKey, next.seal?.sealKey ?? 0) });
};

export const decoded = (event: RecordedEvent): E.Either<ServiceFault, RecordedKeyringEvent> => {
  const read = decodeEvent(event);
  return E.isLeft(read)
    ? E.left(new ServiceFault('undecodable-history', read.left.message))
    : E.right({ ...read.right, recordedAt: event.recordedAt });
};

/** What an attempt came to; `isMisfit` where an event does not fit: a later event may disown it. */
interface Attempt<A> {
  readonly read: E.Either<Fault, CheckedStretch<A>>;
  readonly isMisfit: boolean;
}

const stopped = (fault: Fault, isMisfit = false): Attempt<never> => ({ read: E.left(fault), isMisfit });

const readPast = async <A>(
  store: Pick<EventStore, 'readStream'>,
  seals: SealChecking | null,
  reading: CheckedReading<A>,
  disowned: DisownedRanges,
): Promise<Attempt<A>> => {
  const { workspaceId, from, known = null, onPage } = reading;
  const stream = keyringStream(workspaceId);
  const damaged = (revision: number, differs: Damage): Fault =>
    logDamaged(workspaceId, { stream, revision, differs });
  const expected = [known, from.next ?? null].flatMap((one) => (one === null ? [] : [one.revision]));
  for (const revision of [from.revision, ...expected]) {
    const gone = disowned.around(revision);
    if (gone !== null) return stopped(streamBehind(workspaceId, revision, gone.first - 1));
  }
  let { initial: value } = reading;
  let at: Progress = { head: from.revision < 0 ? genesisOf(stream) : null, seal: null, sealKey: 0 };
  for (let end = false; !end;) {
    const next = at.head === null ? from.revision : disowned.past(at.head).revision + 1;
    const page = await store.readStream(stream, { direction: 'forwards', from: next, limit: PAGE })();
    if (E.isLeft(page)) return stopped(page.left);
    const events: RecordedKeyringEvent[] = [];
    for (const recorded of page.right.events) {
      const { revision } = recorded;
      if (at.head !== null && revision <= (disowned.behind(at.head)?.last ?? -1)) continue;
      const isStart = at.head === null;
      const stepped = step(at, { from, known, disowned }, recorded);
      if (E.isLeft(stepped)) {
        const { differs } = stepped.left;
        // Behind what was disowned it is no damage: what is known stood among that, or behind it.
        const gone = differs === 'known' ? disowned.lastBefore(revision) : null;
        if (gone !== null) return stopped(streamBehind(workspaceId, revision, gone.first - 1));
        return stopped(damaged(revision, differs), true);
      }
      at = stepped.right;
      if (isStart) continue;
      const event = decoded(recorded);
      if (E.isLeft(event)) return stopped(event.left, true);
      events.push(event.right);
    }
    if (at.head === null) return stopped(streamBehind(workspaceId, from.revision, null));
    value = onPage(value, events);
    end = page.right.end || page.right.events.length === 0;
  }
  const { head, seal } = at;
  if (head === null) return stopped(streamBehind(workspaceId, from.revision, null));
  const missing = expected.find((revision) => head.revision < revision);
  if (missing !== undefined) return stopped(streamBehind(workspaceId, missing, head.revision));
  const whole: Attempt<A> = { read: E.right({ head, value, disowned }), isMisfit: false };
  if (seals === null || head.revision < 0) return whole;
  const sealed = await isSealed(seals, head, seal);
  if (E.isLeft(sealed)) return stopped(sealed.left);
  return sealed.right ? whole : stopped(damaged(head.revision, 'seal'));
};

/**
 * Reads a workspace's stream on from an event, and gives the head that it reached. Nothing is believed that is not
 * vouched for: the chain is followed over every event, and where the stream ends its last event has to bear a seal of
 * the deployment's log key, which vouches for the whole stream. Without `seals` the chain alone is followed: that finds
 * accidents, and no forger. What an event of the stream disowns is passed over.
 *
 * Faults: `log-damaged`, `event-store-behind`, `undecodable-history`; those of the store and, for keys read again, of
 * the vault.
 */
export const makeCheckedReading = (
  store: Pick<EventStore, 'readStream'>,
  seals: SealChecking | null,
): (<A>(reading: CheckedReading<A>) => Promise<E.Either<Fault, CheckedStretch<A>>>) => {
  const pastDisowned = makeReadingPastDisowned(store, seals);
  return async (reading) => {
    const attempt = await pastDisowned(keyringStream(reading.workspaceId), async (disowned) =>
      E.right(await readPast(store, seals, reading, disowned)),
    );
    return E.isLeft(attempt) ? attempt : attempt.right.read;
  };
};
