import { decodeEvent, type EnvelopedEvent } from '@keyturn/domain';
import {
  genesisOf,
  linkEvents,
  linkOf,
  type EventData,
  type EventStore,
  type RecordedEvent,
} from '@keyturn/event-store';
import type { LogSealing } from '@keyturn/vault';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { randomUUID } from 'node:crypto';

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

/** Appends events as who holds the log key can: chained and sealed, whatever they are. */
export const appendSealed = async (
  store: EventStore,
  { sealChain }: Pick<LogSealing, 'sealChain'>,
  events: ReadonlyArray<Omit<EventData, 'id'>>,
  stream = 'keyring-acme',
): Promise<void> => {
  const newest = await expectRight(store.readStream(stream, { direction: 'backwards', limit: 1 }));
  const [last] = newest.events;
  const link = last === undefined ? null : linkOf(last.metadata);
  const head =
    last === undefined || link === null ? genesisOf(stream) : { revision: last.revision, chain: link.chain };
  const [first, ...rest] = events.map((event) => ({ id: randomUUID(), ...event }));
  if (first === undefined) return;
  const linked = linkEvents(stream, head, [first, ...rest], sealChain);
  await expectRight(store.append(stream, last === undefined ? 'no-stream' : last.revision, linked.events));
};
