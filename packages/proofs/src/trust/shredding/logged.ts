import { decodeEvent, type DestructionReceipt, type KeyringEvent } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import { expectRight } from '@keyturn/testbed';

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

const RECEIPT_LACKS =
  'the receipt of a destruction does not say what was destroyed, or how it was looked for afterwards';

/**
 * What was destroyed may have been counted by a shred that did not come to its end: the one that did finds nothing
 * left.
 */
const saysHow = ({ method, checks }: DestructionReceipt): boolean => method !== '' && checks.length > 0;

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
  const confirmations = events.flatMap((event) =>
    event.type === 'KeySecretDestroyed' ? [event.data.receipt] : [],
  );
  return [
    ...(late === undefined ? [] : [`${late.type} came after KeyHardDeleted`]),
    ...(confirmations.length === 0 ? ['a destroyed secret was not confirmed in the log'] : []),
    ...confirmations.filter((receipt) => !saysHow(receipt)).map(() => RECEIPT_LACKS),
  ];
};
