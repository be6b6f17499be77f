import { encodeEvent, keyringStream, type EnvelopedEvent, type WorkspaceId } from '@keyturn/domain';
import {
  linkEvents,
  type AppendConflict,
  type AppendResult,
  type EventData,
  type EventStore,
  type LinkedAppend,
  type StoreFault,
  type StreamHead,
} from '@keyturn/event-store';
import type { LogSealing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type * as NEA from 'fp-ts/NonEmptyArray';
import type { TaskEither } from 'fp-ts/TaskEither';
import { setTimeout as delay } from 'node:timers/promises';
import { v4 as uuidv4 } from 'uuid';
import { ServiceFault, type Fault } from '../failure';
import type { Witnesses } from './witnesses';

/** One append may be sent this often while its outcome is unknown. */
const SENDS = 4;
const BETWEEN_SENDS_MS = 20;

export interface Appended extends AppendResult, LinkedAppend {
  /** False when an answer got lost on the way: the append may have been made by an earlier send. */
  readonly acknowledgedOnFirstSend: boolean;
}

/** What the log is sealed, checked and witnessed with. */
export interface LogGuard {
  readonly seals: LogSealing;
  readonly witnesses: Witnesses;
}

/**
 * Appends behind a head, chained and sealed. The vault learns of the new head, unless `untold`: then by the next
 * reading, which asks it first what it knows.
 */
export type SealedAppend = (
  workspaceId: WorkspaceId,
  head: StreamHead,
  events: NEA.NonEmptyArray<EnvelopedEvent>,
  witness?: 'untold',
) => TaskEither<AppendConflict | Fault, Appended>;

export const noGuard = (): ServiceFault =>
  new ServiceFault('defect', 'A log without its vault can only be read. Report it.');

export const makeSealedAppend =
  (store: Pick<EventStore, 'append'>, guard: LogGuard | null): SealedAppend =>
  (workspaceId, head, events, witness) =>
  async () => {
    if (guard === null) return E.left(noGuard());
    const encoded: EventData[] = [];
    for (const enveloped of events) {
      const event = encodeEvent(enveloped);
      if (E.isLeft(event)) return E.left(new ServiceFault('unencodable-event', event.left.message));
      const { type, data, metadata } = event.right;
      // Made for this attempt, and kept for sending it again: docs/decisions/0031.
      encoded.push({ id: uuidv4(), type, data, metadata });
    }
    const [first, ...rest] = encoded;
    if (first === undefined) return E.left(new ServiceFault('unencodable-event', 'An append of no events.'));
    const stream = keyringStream(workspaceId);
    const { revision } = head;
    if (revision < 0) {
      // No event of another's tells this process of a newer log key, and the one it has may be retired.
      const reread = await guard.seals.rereadLogKeys();
      if (E.isLeft(reread)) return reread;
    }
    const linked = linkEvents(stream, head, [first, ...rest], guard.seals.sealChain);
    const expected = revision < 0 ? 'no-stream' : revision;
    let unknown: StoreFault | null = null;
    for (let send = 1; ; send += 1) {
      const appended = await store.append(stream, expected, linked.events)();
      if (E.isRight(appended)) {
        if (witness !== 'untold') guard.witnesses.moved(workspaceId, linked.head);
        return E.right({ ...appended.right, ...linked, acknowledgedOnFirstSend: send === 1 });
      }
      if (appended.left._tag === 'AppendConflict') return appended;
      if (appended.left.code === 'outcome-unknown') unknown = appended.left;
      // That this send wrote nothing says nothing of one before it.
      if (unknown === null) return appended;
      if (send === SENDS) return E.left(unknown);
      await delay(BETWEEN_SENDS_MS * send);
    }
  };
