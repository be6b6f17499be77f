import type { Position, RecordedEvent } from '@keyturn/event-store';
import type { Connection } from './connection';
import { beginRead, receive, unlessAborted, type Receiving } from './receiving';
import { goesOnFromAnyPlace } from './serverFeatures';
import type { AllRequest, ReadMessage, ReadQuery } from './reads';
import { isUserStream } from './streamNames';

/** A message of a scan of the global order. */
export type ScanMessage =
  | { readonly kind: 'event'; readonly position: Position; readonly event: RecordedEvent }
  /** Nothing else matched up to there. */
  | { readonly kind: 'checkpoint'; readonly position: Position }
  /** Nothing else matches up to the end, which lies at the position or after it; null where that is not known. */
  | { readonly kind: 'caught-up'; readonly position: Position | null };

/** A checkpoint ahead of the event at its commit position; that of an event itself has both positions equal. */
const isAheadOfEvent = (position: Position): boolean => position % 2n === 0n;

/** Whether an event is the server's own, such as the tombstone of a stream. */
const isSystemEvent = ({ type }: RecordedEvent): boolean => type.startsWith('$');

/** Translates the server's messages, run by run. Events of the server's own streams and the adapter's are left out. */
const makeTranslator = (end: Position | null) => {
  /**
   * The server names its place when it is at its end, too: ahead of an event that is not there yet. Readers compare
   * their place with the store's newest event, so this one is left out; where the end is was asked for before the scan.
   */
  let held: Position | null = null;
  return function* (messages: ReadonlyArray<ReadMessage>): Generator<ScanMessage> {
    for (const { event, checkpoint, caughtUp } of messages) {
      if (caughtUp) {
        held = null;
        yield { kind: 'caught-up', position: end };
        continue;
      }
      if (held !== null) yield { kind: 'checkpoint', position: held };
      held = null;
      if (event !== null && isUserStream(event.stream)) {
        const { position } = event;
        // A tombstone, a link: the server's own, whatever stream they stand in. Readers go past them.
        yield isSystemEvent(event) ? { kind: 'checkpoint', position } : { kind: 'event', position, event };
      }
      if (checkpoint === null) continue;
      if (isAheadOfEvent(checkpoint)) held = checkpoint;
      else yield { kind: 'checkpoint', position: checkpoint };
    }
  };
};

/** A server that lives answers a plain question within this. */
const WAIT_MS = 60_000;

interface Newest {
  /** Null for none. */
  readonly position: Position | null;
  /** The connection that it came over. */
  readonly over: object;
}

/** Reads the one event that a query is for; null when the signal ended it. */
const newest = async (
  connection: Connection,
  query: ReadQuery,
  { signal }: Receiving,
): Promise<Newest | null> => {
  const opened = await beginRead(connection, query, signal);
  if (opened === null) return null;
  let position: Position | null = null;
  const receiving = { hold: 1, waitMs: WAIT_MS, ...(signal === undefined ? {} : { signal }) };
  for await (const messages of receive(opened, receiving)) {
    for (const { event } of messages) position = event?.position ?? position;
  }
  return { position, over: opened.over };
};

/** Where to subscribe from, for all events behind a place: undefined for the beginning of the log. */
interface Start {
  readonly from: Position | undefined;
}

/**
 * A scavenge may have taken the event of the place: a newest event of all is often a snapshot, or a reading of the
 * clock. A server that would then lose the event behind it is told of one that is there: the newest of all where the
 * place lies behind it, else the one before the place. What comes up to the place is dropped by the readers of a scan.
 * Gives null when the signal ended it.
 */
const startOf = async (
  connection: Connection,
  after: Position | undefined,
  end: Position | null,
  receiving: Receiving,
): Promise<Start | null> => {
  if (after === undefined) return { from: undefined };
  const features = await unlessAborted(() => connection.features(), receiving.signal);
  if (features === null) return null;
  if (goesOnFromAnyPlace(features)) return { from: after };
  if (end !== null && end <= after) return { from: end };
  const before = await newest(connection, { kind: 'before', position: after }, receiving);
  return before === null ? null : { from: before.position ?? undefined };
};

/**
 * Looks through the global order by a subscription, in runs as they come: first what there is, then what comes. What
 * lies at the place to go on from or before it may come, too. Ends when its signal says so; throws the error with which
 * the connection or the server ends it.
 */
export async function* scan(
  connection: Connection,
  { after, ...filter }: AllRequest,
  receiving: Receiving,
): AsyncGenerator<ReadonlyArray<ScanMessage>, void> {
  const asked = await newest(connection, { kind: 'newest' }, receiving);
  if (asked === null) return;
  const start = await startOf(connection, after, asked.position, receiving);
  if (start === null) return;
  const query = { kind: 'all', after: start.from, ...filter } as const;
  const opened = await beginRead(connection, query, receiving.signal);
  if (opened === null) return;
  // Over another connection another node may answer, one that has not seen that event.
  const translate = makeTranslator(opened.over === asked.over ? asked.position : null);
  for await (const messages of receive(opened, receiving)) yield [...translate(messages)];
}
