import { decodeEvent, type KeyringEvent } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { expectRight } from '../../keyturnOnDisk';

const eventsOf = async (store: EventStore, workspaceId: string): Promise<ReadonlyArray<KeyringEvent>> => {
  const events: KeyringEvent[] = [];
  for (let end = false; !end;) {
    const page = await expectRight(
      store.readStream(`keyring-${workspaceId}`, {
        direction: 'forwards',
        from: events.length,
        limit: 4_096,
      }),
    );
    for (const recorded of page.events) {
      const event = decodeEvent(recorded);
      if (E.isLeft(event)) throw event.left;
      events.push(event.right.event);
    }
    ({ end } = page);
  }
  return events;
};

const RELEASING: ReadonlyArray<KeyringEvent['type']> = [
  'RunKeyPinned',
  'RunKeyResumed',
  'KeyTestCallStarted',
];

/** What the log lacks, or should not have, of a key that was hard-deleted and destroyed. */
export const wrongInLog = async (
  store: EventStore,
  workspaceId: string,
  keyId: string,
): Promise<ReadonlyArray<string>> => {
  const events = (await eventsOf(store, workspaceId)).filter(
    ({ data }) => 'keyId' in data && data.keyId === keyId,
  );
  const deleted = events.findIndex(({ type }) => type === 'KeyHardDeleted');
  if (deleted < 0) return ['a hard delete that was told done is not in the log'];
  const late = events.slice(deleted).find(({ type }) => RELEASING.includes(type));
  const destroyed = events.find((event) => event.type === 'KeySecretDestroyed');
  return [
    ...(late === undefined ? [] : [`${late.type} came after KeyHardDeleted`]),
    ...(destroyed === undefined ? ['a destroyed secret was not confirmed in the log'] : []),
  ];
};
