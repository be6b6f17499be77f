import { encodeEvent, type EnvelopedEvent } from '@keyturn/domain';
import {
  DisownedDigest,
  genesisOf,
  linkEvents,
  linkOf,
  withLink,
  type RecordedEvent,
} from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import { randomUUID } from 'node:crypto';
import { someHistory } from './histories';
import { eventData, right, type OnDisk } from './onDisk';
import { testSeals } from './testSeals';

export const history = someHistory(60, 3);
const ofStream = history.filter(({ workspaceId }) => workspaceId === 'ws-0');
export const STREAM = 'keyring-ws-0';
export const OF_STREAM = `stream_id = (select id from streams where name = '${STREAM}')`;

export const stored = async ({ store }: OnDisk): Promise<ReadonlyArray<RecordedEvent>> =>
  (await right(store.readStream(STREAM, { direction: 'forwards', from: 0, limit: 4_096 }))).events;

const headOf = (event: RecordedEvent | undefined) => {
  const link = linkOf(event?.metadata ?? '');
  if (event === undefined || link === null) throw new Error('no head');
  return { revision: event.revision, chain: link.chain };
};

const FOREIGN = { type: 'InvoiceSent', data: '{"total":1}', metadata: '{"by":"billing"}' };

/** Of somebody without the log key: no link, a chain that fits and no seal, or one with a seal of another key. */
export type Junk = 'foreign' | 'chained' | 'half' | 'sealed' | 'disowning';

export const appendJunk = async (place: OnDisk, kinds: ReadonlyArray<Junk>): Promise<void> => {
  for (const kind of kinds) {
    const last = (await stored(place)).at(-1);
    const link = linkOf(last?.metadata ?? '');
    const revision = last?.revision ?? -1;
    const like = ofStream[0]?.events[0];
    if (like === undefined) throw new Error('no history');
    const command = { ...like, envelope: { ...like.envelope, index: 0, count: kind === 'half' ? 2 : 1 } };
    const claim = disowning(1, revision, 'x'.repeat(43));
    const event = eventData(kind === 'disowning' ? { ...command, event: claim } : command);
    const head = { revision, chain: link?.chain ?? Buffer.alloc(32) };
    const linked = linkEvents(STREAM, head, [event], testSeals().sealChain).events[0];
    const made = linkOf(linked.metadata);
    if (made === null) throw new Error('no link');
    const seal = kind === 'sealed' || kind === 'disowning' ? made.seal : null;
    const chained = { ...linked, metadata: withLink({ ...made, seal }) };
    const junk = kind === 'foreign' ? { id: randomUUID(), ...FOREIGN } : chained;
    await right(place.store.append(STREAM, revision, [junk]));
  }
};

const disowning = (from: number, to: number, digest: string): EnvelopedEvent['event'] => ({
  type: 'EventsDisowned',
  data: { from, to, digest },
});

/** What a service does that holds the log key: the event is chained to the one before what it disowns. */
export const disown = async (place: OnDisk, from: number): Promise<void> => {
  const events = await stored(place);
  const digest = new DisownedDigest();
  for (const event of events.slice(from)) digest.add(event);
  const to = events.at(-1)?.revision ?? -1;
  const like = ofStream[0]?.events[0];
  if (like === undefined) throw new Error('no history');
  const enveloped = {
    envelope: { ...like.envelope, index: 0, count: 1 },
    event: disowning(from, to, digest.toString()),
  };
  const encoded = encodeEvent(enveloped);
  if (isLeft(encoded)) throw encoded.left;
  const head = { revision: to, chain: from === 0 ? genesisOf(STREAM).chain : headOf(events[from - 1]).chain };
  const data = { id: randomUUID(), ...encoded.right };
  const linked = linkEvents(STREAM, head, [data], place.seals.sealChain);
  await right(place.store.append(STREAM, to, linked.events));
};
