import { chainAfter, linkOf, withLink, type EventData, type EventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import { randomUUID } from 'node:crypto';
import { storedEvents } from './stream';

/** What somebody without the vault can write to the end of a stream. */
export const JUNK = ['foreign', 'copy', 'chained', 'sealed', 'disowning'] as const;
export type Junk = (typeof JUNK)[number];

/** Appends junk to the end of a stream, an append for each, as whoever can write the store. */
export const appendJunk = async (
  store: EventStore,
  kinds: ReadonlyArray<Junk>,
  workspaceId = 'acme',
): Promise<void> => {
  const stream = `keyring-${workspaceId}`;
  for (const kind of kinds) {
    const events = await storedEvents(store, workspaceId);
    const last = events.at(-1);
    if (last === undefined) throw new Error('There is nothing to write behind.');
    const revision = last.revision + 1;
    const id = randomUUID();
    const link = linkOf(last.metadata);
    const forged = (type: string, data: string, sealed: boolean): EventData => {
      // Of the first event, whose type may have another version.
      const first = linkOf(events[0]?.metadata ?? '')?.rest ?? '{"none":1}';
      const rest = first.replace(/"schemaVersion":\d+/, '"schemaVersion":1');
      const before = link?.chain ?? Buffer.alloc(32);
      const chain = chainAfter(before, { stream, revision, id, type, data, rest });
      const seal = sealed ? { seal: Buffer.alloc(32, 7), sealKey: 1 } : null;
      return { id, type, data, metadata: withLink({ rest, chain, seal }) };
    };
    const released = '{"runId":"r-none","keyId":"k-none","outcome":"failed"}';
    const digest = 'x'.repeat(43);
    const junk: { readonly [K in Junk]: () => EventData } = {
      foreign: () => ({ id, type: 'InvoiceSent', data: '{"total":1}', metadata: '{"by":"billing"}' }),
      copy: () => ({ ...(events[2] ?? last), id }),
      chained: () => forged('RunKeyReleased', released, false),
      sealed: () => forged('RunKeyReleased', released, true),
      disowning: () => forged('EventsDisowned', JSON.stringify({ from: 2, to: revision - 1, digest }), true),
    };
    await expectRight(store.append(stream, last.revision, [junk[kind]()]));
  }
};
