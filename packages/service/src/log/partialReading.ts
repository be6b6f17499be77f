import { keyringStream, type EnvelopedEvent, type KeyringEvent, type WorkspaceId } from '@keyturn/domain';
import { disownedBy, followChain, linkOf, type EventStore, type RecordedEvent } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Fault } from '../failure';
import { decoded } from './checkedReading';
import { logDamaged } from './damage';

const PAGE = 1_000;

/** Without what the events disown: it stands before the event that disowns it. Newest first. */
const owned = (events: ReadonlyArray<RecordedEvent>): ReadonlyArray<RecordedEvent> => {
  let oldest = Number.POSITIVE_INFINITY;
  return events.filter((event) => {
    if (event.revision >= oldest) return false;
    oldest = disownedBy(event)?.first ?? oldest;
    return true;
  });
};

/** Events that follow each other, oldest first: whether their chain holds among them. Nothing is decided on that. */
const checkedAmong = (
  workspaceId: WorkspaceId,
  events: ReadonlyArray<RecordedEvent>,
): E.Either<Fault, ReadonlyArray<EnvelopedEvent>> => {
  const read: EnvelopedEvent[] = [];
  let before: RecordedEvent | null = null;
  for (const event of events) {
    const link = linkOf((before ?? event).metadata);
    const { stream, revision } = event;
    if (link === null) return E.left(logDamaged(workspaceId, { stream, revision, differs: 'link' }));
    if (before !== null) {
      const passed = disownedBy(event);
      const head = { revision: passed === null ? before.revision : revision - 1, chain: link.chain };
      const followed = followChain(head, event);
      if (E.isLeft(followed)) return E.left(logDamaged(workspaceId, followed.left));
    }
    const one = decoded(event);
    if (E.isLeft(one)) return one;
    read.push(one.right);
    before = event;
  }
  return E.right(read);
};

/** Looks backwards for an event. */
export const readNewest =
  (store: Pick<EventStore, 'readStream'>) =>
  <A>(
    workspaceId: WorkspaceId,
    upToRevision: number,
    pick: (event: KeyringEvent) => A | null,
  ): TaskEither<Fault, A | null> =>
  async () => {
    for (let from = upToRevision; from >= 0;) {
      const page = await store.readStream(keyringStream(workspaceId), {
        direction: 'backwards',
        from,
        limit: PAGE,
      })();
      if (E.isLeft(page)) return page;
      const newestFirst = owned(page.right.events);
      const events = checkedAmong(workspaceId, [...newestFirst].reverse());
      if (E.isLeft(events)) return events;
      for (const { event } of [...events.right].reverse()) {
        const picked = pick(event);
        if (picked !== null) return E.right(picked);
      }
      const oldest = newestFirst.at(-1);
      if (page.right.end || oldest === undefined) break;
      from = (disownedBy(oldest)?.first ?? oldest.revision) - 1;
    }
    return E.right(null);
  };
