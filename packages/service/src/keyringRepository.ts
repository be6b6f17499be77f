import {
  decodeEvent,
  decodeSnapshot,
  encodeEvent,
  encodeSnapshot,
  keyringStream,
  SNAPSHOT_SCHEMA_VERSION,
  type Decider,
  type EnvelopedEvent,
  type Keyring,
  type KeyringEvent,
  type RecordedKeyringEvent,
  type WorkspaceId,
} from '@keyturn/domain';
import type {
  AppendConflict,
  AppendResult,
  EventData,
  EventStore,
  RecordedEvent,
  StoredSnapshot,
} from '@keyturn/event-store';
import { StoreFault } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type * as NEA from 'fp-ts/NonEmptyArray';
import type { TaskEither } from 'fp-ts/TaskEither';
import { setTimeout as delay } from 'node:timers/promises';
import { v4 as uuidv4 } from 'uuid';
import { ServiceFault } from './failure';
import { eventIdOf } from './eventId';
import { packSnapshot, unpackSnapshot } from './snapshotPacking';

const PAGE = 1_000;
/** One append may be sent this often while its outcome is unknown. */
const SENDS = 4;
const BETWEEN_SENDS_MS = 20;

/** A folded keyring and how far its newest stored snapshot reaches (-1: there is none). */
interface LoadedKeyring {
  readonly keyring: Keyring;
  readonly snapshotRevision: number;
}

interface Appended extends AppendResult {
  /** False when an answer got lost on the way: the append may have been made by an earlier send. */
  readonly acknowledgedOnFirstSend: boolean;
}

/**
 * Decodes events that follow each other from a revision on; a stream that was cut off at its beginning is no history.
 */
const decodeFrom = (
  first: number,
  events: ReadonlyArray<RecordedEvent>,
): E.Either<ServiceFault, ReadonlyArray<RecordedKeyringEvent>> => {
  const decoded: RecordedKeyringEvent[] = [];
  for (const recorded of events) {
    const expected = first + decoded.length;
    if (recorded.revision !== expected) {
      return E.left(
        new ServiceFault(
          'undecodable-history',
          `Stream ${recorded.stream} has revision ${recorded.revision} where ${expected} should be: ` +
            'events are missing. Restore it from a backup.',
        ),
      );
    }
    const event = decodeEvent(recorded);
    if (E.isLeft(event)) return E.left(new ServiceFault('undecodable-history', event.left.message));
    decoded.push({ ...event.right, recordedAt: recorded.recordedAt });
  }
  return E.right(decoded);
};

/** Reads and appends the event streams of keyrings. Holds no state. */
export interface KeyringRepository {
  readonly load: (workspaceId: WorkspaceId) => TaskEither<StoreFault | ServiceFault, LoadedKeyring>;
  /** Folds what was appended since `keyring`; the very same object when nothing was. */
  readonly refresh: (
    workspaceId: WorkspaceId,
    keyring: Keyring,
  ) => TaskEither<StoreFault | ServiceFault, Keyring>;
  readonly append: (
    workspaceId: WorkspaceId,
    keyring: Keyring,
    events: NEA.NonEmptyArray<EnvelopedEvent>,
  ) => TaskEither<AppendConflict | StoreFault | ServiceFault, Appended>;
  /** The events from one revision to another, both included, as far as the stream has them. */
  readonly between: (
    workspaceId: WorkspaceId,
    first: number,
    last: number,
  ) => TaskEither<StoreFault | ServiceFault, ReadonlyArray<EnvelopedEvent>>;
  readonly saveSnapshot: (workspaceId: WorkspaceId, keyring: Keyring) => TaskEither<StoreFault, void>;
  /** The event store's own clock, milliseconds since 1970. */
  readonly storeTime: TaskEither<StoreFault, number>;
  /**
   * Every event of the stream after a revision, page by page, with the store's recording time. A page handler that
   * returns false has seen enough.
   */
  readonly pages: (
    workspaceId: WorkspaceId,
    afterRevision: number,
    onPage: (events: ReadonlyArray<RecordedKeyringEvent>) => boolean,
  ) => TaskEither<StoreFault | ServiceFault, void>;
  /** The newest event up to a revision that a test picks, as the test gives it; null when there is none. */
  readonly newest: <A>(
    workspaceId: WorkspaceId,
    upToRevision: number,
    pick: (event: KeyringEvent) => A | null,
  ) => TaskEither<StoreFault | ServiceFault, A | null>;
}

export const makeKeyringRepository = (store: EventStore, decider: Decider): KeyringRepository => {
  const pages: KeyringRepository['pages'] = (workspaceId, afterRevision, onPage) => async () => {
    let from = afterRevision + 1;
    for (;;) {
      const page = await store.readStream(keyringStream(workspaceId), {
        direction: 'forwards',
        from,
        limit: PAGE,
      })();
      if (E.isLeft(page)) return page;
      const events = decodeFrom(from, page.right.events);
      if (E.isLeft(events)) return events;
      const wantsMore = onPage(events.right);
      from += events.right.length;
      if (!wantsMore || page.right.end || events.right.length === 0) return E.right(undefined);
    }
  };

  const newest: KeyringRepository['newest'] = (workspaceId, upToRevision, pick) => async () => {
    for (let from = upToRevision; from >= 0;) {
      const page = await store.readStream(keyringStream(workspaceId), {
        direction: 'backwards',
        from,
        limit: PAGE,
      })();
      if (E.isLeft(page)) return page;
      for (const recorded of page.right.events) {
        const event = decodeEvent(recorded);
        if (E.isLeft(event)) return E.left(new ServiceFault('undecodable-history', event.left.message));
        const picked = pick(event.right.event);
        if (picked !== null) return E.right(picked);
      }
      if (page.right.end || page.right.events.length === 0) break;
      from -= page.right.events.length;
    }
    return E.right(null);
  };

  const refresh: KeyringRepository['refresh'] = (workspaceId, keyring) => async () => {
    let current = keyring;
    const read = await pages(workspaceId, keyring.revision, (events) => {
      if (events.length > 0) current = decider.replay(current, events);
      return true;
    })();
    return E.isLeft(read) ? read : E.right(current);
  };

  const between: KeyringRepository['between'] = (workspaceId, first, last) => async () => {
    const page = await store.readStream(keyringStream(workspaceId), {
      direction: 'forwards',
      from: first,
      limit: last - first + 1,
    })();
    return E.isLeft(page) ? page : decodeFrom(first, page.right.events);
  };

  /**
   * A snapshot is only an aid: one that can't be read, is of another schema or workspace, or reaches past the stream
   * (the store was restored from a backup) gives way to the events themselves.
   */
  const usable =
    (
      workspaceId: WorkspaceId,
      stored: StoredSnapshot | null,
    ): TaskEither<StoreFault | ServiceFault, Keyring | null> =>
    async () => {
      if (stored?.schemaVersion !== SNAPSHOT_SCHEMA_VERSION) return E.right(null);
      const snapshot = decodeSnapshot(unpackSnapshot(stored.data));
      if (E.isLeft(snapshot) || snapshot.right.workspaceId !== workspaceId) return E.right(null);
      const { revision } = snapshot.right;
      const last = await between(workspaceId, revision, revision)();
      if (E.isLeft(last)) return last;
      return E.right(last.right.length === 1 ? snapshot.right : null);
    };

  const load: KeyringRepository['load'] = (workspaceId) => async () => {
    const stored = await store.loadSnapshot(keyringStream(workspaceId))();
    if (E.isLeft(stored)) return stored;
    const snapshot = await usable(workspaceId, stored.right)();
    if (E.isLeft(snapshot)) return snapshot;
    const base = snapshot.right ?? decider.initialState;
    const keyring = await refresh(workspaceId, base)();
    return E.isLeft(keyring) ? keyring : E.right({ keyring: keyring.right, snapshotRevision: base.revision });
  };

  const append: KeyringRepository['append'] = (workspaceId, keyring, events) => async () => {
    const attempt = uuidv4(undefined, new Uint8Array(16));
    const encoded: EventData[] = [];
    for (const enveloped of events) {
      const event = encodeEvent(enveloped);
      if (E.isLeft(event)) return E.left(new ServiceFault('unencodable-event', event.left.message));
      encoded.push({ id: eventIdOf(attempt, enveloped.envelope), ...event.right });
    }
    const [first, ...rest] = encoded;
    if (first === undefined) return E.left(new ServiceFault('unencodable-event', 'An append of no events.'));
    const expected = keyring.revision < 0 ? 'no-stream' : keyring.revision;
    let unknown: StoreFault | null = null;
    for (let send = 1; ; send += 1) {
      const appended = await store.append(keyringStream(workspaceId), expected, [first, ...rest])();
      if (E.isRight(appended)) return E.right({ ...appended.right, acknowledgedOnFirstSend: send === 1 });
      if (appended.left._tag === 'AppendConflict') return appended;
      if (appended.left.code === 'outcome-unknown') unknown = appended.left;
      // That this send wrote nothing says nothing of one before it.
      if (unknown === null) return appended;
      if (send === SENDS) return E.left(unknown);
      await delay(BETWEEN_SENDS_MS * send);
    }
  };

  const saveSnapshot: KeyringRepository['saveSnapshot'] = (workspaceId, keyring) => async () => {
    const data = packSnapshot(encodeSnapshot(keyring));
    if (data === null) {
      const message =
        `The keyring of workspace ${workspaceId} is too large for a snapshot: ` +
        'its cold start folds all its events.';
      return E.left(new StoreFault('too-large', message));
    }
    return store.saveSnapshot(keyringStream(workspaceId), {
      revision: keyring.revision,
      schemaVersion: SNAPSHOT_SCHEMA_VERSION,
      data,
    })();
  };

  return { load, refresh, append, between, saveSnapshot, pages, newest, storeTime: store.clock };
};
