import { StoreFault } from '@keyturn/event-store';
import type { OpenCall, ReadCall } from './calls';
import type { Connection } from './connection';
import type { ReadMessage, ReadQuery } from './reads';

type OpenRead = OpenCall<ReadCall>;

export interface Receiving {
  /** Messages that are held at most before the call is paused; grpc-js holds 16 more. */
  readonly hold: number;
  /** How long to wait for a message before the server counts as stuck; null for as long as it takes. */
  readonly waitMs: number | null;
  /** Ends the call, and with it what is received. */
  readonly signal?: AbortSignal;
}

const stuck = (waitMs: number): StoreFault =>
  new StoreFault(
    'unavailable',
    `The event store sent nothing for ${waitMs / 1_000} s in the middle of a read. See how it does, then try again.`,
  );

/** What the work gives, or null as soon as the signal is aborted. */
export const unlessAborted = async <A>(work: () => Promise<A>, signal?: AbortSignal): Promise<A | null> => {
  if (signal === undefined) return work();
  if (signal.aborted) return null;
  let stop = (): void => undefined;
  const aborted = new Promise<null>((resolve) => {
    stop = () => resolve(null);
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

/** Begins a read; gives null at once when the signal ends it, also while a node is still looked for. */
export const beginRead = async (
  connection: Connection,
  query: ReadQuery,
  signal?: AbortSignal,
): Promise<OpenRead | null> => {
  let opening: Promise<OpenRead> | null = null;
  const opened = await unlessAborted(() => (opening = connection.openRead(query)), signal);
  if (opened === null) forget(opening);
  return opened;
};

const forget = (opening: Promise<OpenRead> | null): void => {
  opening?.then(
    ({ call }) => release(call),
    () => undefined,
  );
};

const release = (call: ReadCall): void => {
  call.onError(() => undefined);
  call.cancel();
};

/**
 * The messages of a read or a subscription, in the server's order, as they come: all at once that came since the last
 * were taken. Pulled by its reader: while nobody takes them, the server is held up. Throws the error that the call ends
 * with.
 */
export async function* receive(
  { call, failed }: OpenRead,
  { hold, waitMs, signal }: Receiving,
): AsyncGenerator<ReadonlyArray<ReadMessage>, void> {
  let held: ReadMessage[] = [];
  let ended = false;
  let error: Error | null = null;
  let wake = (): void => undefined;
  call.onMessage((message) => {
    held.push(message);
    if (held.length >= hold) call.pause();
    // Once for all that come in this turn of the event loop: waking for each costs more than reading it.
    if (held.length === 1) setImmediate(() => wake());
  });
  call.onEnd(() => {
    ended = true;
    wake();
  });
  call.onError((thrown) => {
    error = thrown;
    wake();
  });
  const abort = (): void => wake();
  signal?.addEventListener('abort', abort);
  const outcome = (): Error | null => error;
  const isOver = (): boolean => ended || signal?.aborted === true;

  const arrival = async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      wake = resolve;
      if (waitMs !== null) timer = setTimeout(() => reject(stuck(waitMs)), waitMs);
    }).finally(() => clearTimeout(timer));
  };

  try {
    while (signal?.aborted !== true) {
      if (held.length > 0) {
        const taken = held;
        held = [];
        yield taken;
        if (call.isPaused()) call.resume();
        continue;
      }
      const thrown = outcome();
      if (thrown !== null) {
        await failed(thrown);
        throw thrown;
      }
      if (isOver()) return;
      await arrival();
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    call.cancel();
  }
}
