import { decodeEvent, type EnvelopedEvent } from '@keyturn/domain';
import type { EventStore, RecordedEvent } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';

/** Every stored event of a workspace. */
export const storedEvents = async (
  store: EventStore,
  workspaceId = 'acme',
): Promise<ReadonlyArray<RecordedEvent>> => {
  const events: RecordedEvent[] = [];
  for (let end = false; !end;) {
    const page = await expectRight(
      store.readStream(`keyring-${workspaceId}`, {
        direction: 'forwards',
        from: events.length,
        limit: 4_096,
      }),
    );
    events.push(...page.events);
    ({ end } = page);
  }
  return events;
};

/** Every event of a workspace, decoded. */
export const historyOf = async (
  store: EventStore,
  workspaceId = 'acme',
): Promise<ReadonlyArray<EnvelopedEvent>> =>
  (await storedEvents(store, workspaceId)).map((stored) => {
    const event = decodeEvent(stored);
    if (E.isLeft(event)) throw event.left;
    return event.right;
  });

export const eventTypes = async (store: EventStore, workspaceId = 'acme'): Promise<ReadonlyArray<string>> =>
  (await storedEvents(store, workspaceId)).map(({ type }) => type);
