import { decodeEvent, defaultDecider, type EnvelopedEvent, type Keyring } from '@keyturn/domain';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import type { AllPage } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { join } from 'node:path';
import { expectRight } from '@keyturn/testbed';
import type { Place } from './place';

/** A workspace's stream, as the real store reads it. */
export interface History {
  readonly events: ReadonlyArray<EnvelopedEvent>;
  readonly ids: ReadonlyArray<string>;
}

const PREFIX = 'keyring-';

/** Every keyring's stream. Opens the store, and closes it again. */
export const historiesOf = async ({ data }: Place): Promise<ReadonlyMap<string, History>> => {
  const store = await expectRight(openSqliteEventStore({ file: join(data, 'events.sqlite'), create: false }));
  try {
    const histories = new Map<string, { events: EnvelopedEvent[]; ids: string[] }>();
    for (let after: bigint | null = null, end = false; !end;) {
      const page: AllPage = await expectRight(
        store.readAll({ ...(after === null ? {} : { after }), streamPrefix: PREFIX, limit: 4_096 }),
      );
      for (const recorded of page.events) {
        const event = decodeEvent(recorded);
        if (E.isLeft(event)) throw event.left;
        const workspaceId = recorded.stream.slice(PREFIX.length);
        const history = histories.get(workspaceId) ?? { events: [], ids: [] };
        history.events.push(event.right);
        history.ids.push(recorded.id);
        histories.set(workspaceId, history);
      }
      after = page.readTo;
      ({ end } = page);
    }
    return histories;
  } finally {
    await store.close();
  }
};

export const keyringOf = ({ events }: History): Keyring =>
  defaultDecider.replay(defaultDecider.initialState, events);
