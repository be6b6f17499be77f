import { keyringStream, type EnvelopedEvent, type KeyringEvent, type WorkspaceId } from '@keyturn/domain';
import {
  disownedBy,
  disownedIn,
  followPast,
  linkOf,
  type DisownedRanges,
  type EventStore,
  type RecordedEvent,
} from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Fault } from '../failure';
import { decoded } from './checkedReading';
import { logDamaged } from './damage';

const PAGE = 1_000;

/** Events that follow each other, oldest first: whether their chain holds among them. Nothing is decided on that. */
const checkedAmong = (
  workspaceId: WorkspaceId,
  events: ReadonlyArray<RecordedEvent>,
  disowned: DisownedRanges,
): E.Either<Fault, ReadonlyArray<EnvelopedEvent>> => {
  const read: EnvelopedEvent[] = [];
  let before: RecordedEvent | null = null;
  for (const event of events) {
    const link = linkOf((before ?? event).metadata);
    const { stream, revision } = event;
    if (link === null) return E.left(logDamaged(workspaceId, { stream, revision, differs: 'link' }));
    if (before !== null) {
      const followed = followPast(disowned, { revision: before.revision, chain: link.chain }, event);
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
      const oldestFirst = [...page.right.events].reverse();
      const disowned = disownedIn(oldestFirst);
      const owned = oldestFirst.filter(({ revision }) => disowned.around(revision) === null);
      const events = checkedAmong(workspaceId, owned, disowned);
      if (E.isLeft(events)) return events;
      for (const { event } of [...events.right].reverse()) {
        const picked = pick(event);
        if (picked !== null) return E.right(picked);
      }
      const [oldest] = owned;
      if (page.right.end || oldest === undefined) break;
      from = (disownedBy(oldest)?.first ?? oldest.revision) - 1;
    }
    return E.right(null);
  };
