import { randomUUID } from 'node:crypto';
import { fromJsonText, StoreFault } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Appending } from './appending';
import type { Reading } from './reading';

const IDENTITY_STREAM = 'keyturn-store';
const CLOCK_STREAM = 'keyturn-clock';
const CLOCK_GOOD_FOR_MS = 60_000;

const Identity = t.strict({ storeId: t.string });

const event = (type: string, data: unknown) => ({
  id: randomUUID(),
  type,
  data: JSON.stringify(data),
  metadata: '{}',
});

const readIdentity = async ({ newestOf }: Reading): Promise<string | null> => {
  const stored = await newestOf(IDENTITY_STREAM);
  if (stored === null) return null;
  const identity = Identity.decode(fromJsonText(stored.data));
  if (E.isRight(identity)) return identity.right.storeId;
  throw new StoreFault(
    'corrupt',
    `Stream ${IDENTITY_STREAM}, which names the store, can't be read: something else than Keyturn wrote it.`,
  );
};

/** The store's name: made by whoever comes first, and then the same for all. */
export const storeIdentity = async (appending: Appending, reading: Reading): Promise<string> => {
  const known = await readIdentity(reading);
  if (known !== null) return known;
  const storeId = randomUUID();
  const named = await appending.append(IDENTITY_STREAM, 'no-stream', [event('StoreNamed', { storeId })]);
  if (E.isRight(named)) return storeId;
  if (named.left instanceof StoreFault) throw named.left;
  return (await readIdentity(reading)) ?? storeId;
};

/**
 * The server's clock, read off an event that is written for it at most once a minute, and carried on by this machine's
 * steady clock. True to the time that one append takes.
 */
export const makeServerClock = (appending: Appending, reading: Reading): (() => Promise<number>) => {
  let read: { readonly serverMs: number; readonly at: number } | null = null;
  let bounded = false;
  return async () => {
    const now = performance.now();
    if (read !== null && now - read.at < CLOCK_GOOD_FOR_MS) return Math.floor(read.serverMs + now - read.at);
    if (!bounded) {
      await appending.append(`$$${CLOCK_STREAM}`, 'no-stream', [event('$metadata', { $maxCount: 1 })]);
      bounded = true;
    }
    const written = await appending.append(CLOCK_STREAM, 'any', [event('ClockRead', null)]);
    const at = performance.now();
    if (E.isLeft(written)) {
      throw written.left instanceof StoreFault
        ? written.left
        : new StoreFault('unavailable', "The event store's clock could not be read. Try again.");
    }
    const newest = await reading.newestOf(CLOCK_STREAM);
    if (newest === null) {
      throw new StoreFault('unavailable', "The event store's clock could not be read. Try again.");
    }
    read = { serverMs: newest.recordedAt, at };
    return Math.floor(newest.recordedAt);
  };
};
