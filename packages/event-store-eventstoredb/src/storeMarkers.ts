import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fromJsonText, StoreFault, type AppendConflict } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Appending } from './appending';
import type { Reading } from './reading';
import { backoffMs } from './retrying';

const IDENTITY_STREAM = 'keyturn-store';
const CLOCK_STREAM = 'keyturn-clock';
const CLOCK_GOOD_FOR_MS = 60_000;
const LONGEST_WAIT_MS = 500;

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

/**
 * The store's name: made by whoever comes first, and then the same for all. A server refuses the second one before the
 * first one can be read, and may lose the first one yet: so it is looked for again, and written again where it is not
 * there.
 */
export const storeIdentity = async (
  appending: Appending,
  reading: Reading,
  deadlineMs: number,
): Promise<string> => {
  const storeId = randomUUID();
  const named = event('StoreNamed', { storeId });
  const begun = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    const known = await readIdentity(reading);
    if (known !== null) return known;
    const appended = await appending.append(IDENTITY_STREAM, 'no-stream', [named]);
    if (E.isRight(appended)) return storeId;
    if (appended.left instanceof StoreFault) throw appended.left;
    if (performance.now() - begun > deadlineMs) {
      throw new StoreFault(
        'unavailable',
        'The event store has a name that can not be read yet: another one wrote it just now. Try again.',
      );
    }
    await delay(backoffMs(attempt, LONGEST_WAIT_MS));
  }
};

/** Nothing else was begun: whatever became of the clock's own event does not matter to whoever asks for the time. */
const clockFault = (cause: AppendConflict | StoreFault | null): StoreFault =>
  cause instanceof StoreFault && cause.code !== 'outcome-unknown' && cause.code !== 'unavailable'
    ? cause
    : new StoreFault('unavailable', "The event store's clock could not be read. Try again.", { cause });

/**
 * The server's clock, read off an event that is written for it at most once a minute, and carried on by this machine's
 * steady clock. True to the time that one append takes.
 */
export const makeServerClock = (appending: Appending, reading: Reading): (() => Promise<number>) => {
  let read: { readonly serverMs: number; readonly at: number } | null = null;
  let bounded = false;

  /** Has the server keep the newest reading alone. A user who may not say so reads the clock all the same. */
  const keepNewest = async (): Promise<void> => {
    const bounding = event('$metadata', { $maxCount: 1 });
    const set = await appending.append(`$$${CLOCK_STREAM}`, 'no-stream', [bounding]);
    if (E.isLeft(set) && set.left instanceof StoreFault) {
      const { code } = set.left;
      if (code === 'outcome-unknown' || code === 'unavailable') throw clockFault(set.left);
    }
    bounded = true;
  };

  return async () => {
    const now = performance.now();
    if (read !== null && now - read.at < CLOCK_GOOD_FOR_MS) return Math.floor(read.serverMs + now - read.at);
    if (!bounded) await keepNewest();
    const written = await appending.append(CLOCK_STREAM, 'any', [event('ClockRead', null)]);
    const at = performance.now();
    if (E.isLeft(written)) throw clockFault(written.left);
    const newest = await reading.newestOf(CLOCK_STREAM);
    if (newest === null) throw clockFault(null);
    read = { serverMs: newest.recordedAt, at };
    return Math.floor(newest.recordedAt);
  };
};
