import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { Position } from '@keyturn/event-store';
import type { Connection } from './connection';
import { beginRead, receive, type Receiving } from './receiving';
import { allSubscription, isUserStream, newestRead, positionOf, streamOf, type AllRequest } from './wire';

/** A message of a scan of the global order. */
export type ScanMessage =
  | { readonly kind: 'event'; readonly position: Position; readonly event: ReadResp.ReadEvent.RecordedEvent }
  /** Nothing else matched up to there. */
  | { readonly kind: 'checkpoint'; readonly position: Position }
  /** Nothing else matches up to the end, which lies at the position or after it; null where that is not known. */
  | { readonly kind: 'caught-up'; readonly position: Position | null };

/** A checkpoint ahead of the event at its commit position; that of an event itself has both positions equal. */
const isAheadOfEvent = (position: Position): boolean => position % 2n === 0n;

/** Translates the server's messages, run by run. Events of the server's own streams and the adapter's are left out. */
const makeTranslator = (end: Position | null) => {
  /**
   * The server names its place when it is at its end, too: ahead of an event that is not there yet. Readers compare
   * their place with the store's newest event, so this one is left out; where the end is was asked for before the scan.
   */
  let held: Position | null = null;
  return function* (messages: ReadonlyArray<ReadResp>): Generator<ScanMessage> {
    for (const message of messages) {
      const event = message.getEvent()?.getEvent();
      const checkpoint = message.getCheckpoint();
      if (message.hasCaughtUp()) {
        held = null;
        yield { kind: 'caught-up', position: end };
        continue;
      }
      if (held !== null) yield { kind: 'checkpoint', position: held };
      held = null;
      if (event !== undefined && isUserStream(streamOf(event))) {
        yield { kind: 'event', position: positionOf(event), event };
      }
      if (checkpoint === undefined) continue;
      const position = positionOf(checkpoint);
      if (isAheadOfEvent(position)) held = position;
      else yield { kind: 'checkpoint', position };
    }
  };
};

/** A server that lives answers a plain question within this. */
const WAIT_MS = 60_000;

/** The one message of a read of the newest event, and the connection that it came over. */
const newest = async (
  connection: Connection,
  { signal }: Receiving,
): Promise<{ readonly end: Position | null; readonly over: object } | null> => {
  const opened = await beginRead(connection, newestRead(), signal);
  if (opened === null) return null;
  let end: Position | null = null;
  const receiving = { hold: 1, waitMs: WAIT_MS, ...(signal === undefined ? {} : { signal }) };
  for await (const messages of receive(opened, receiving)) {
    for (const message of messages) {
      const event = message.getEvent()?.getEvent();
      if (event !== undefined) end = positionOf(event);
    }
  }
  return { end, over: opened.over };
};

/**
 * Looks through the global order by a subscription, in runs as they come: first what there is, then what comes. Ends
 * when its signal says so; throws the error with which the connection or the server ends it.
 */
export async function* scan(
  connection: Connection,
  request: AllRequest,
  receiving: Receiving,
): AsyncGenerator<ReadonlyArray<ScanMessage>, void> {
  const asked = await newest(connection, receiving);
  if (asked === null) return;
  const opened = await beginRead(connection, allSubscription(request), receiving.signal);
  if (opened === null) return;
  // Over another connection another node may answer, one that has not seen that event.
  const translate = makeTranslator(opened.over === asked.over ? asked.end : null);
  for await (const messages of receive(opened, receiving)) yield [...translate(messages)];
}
