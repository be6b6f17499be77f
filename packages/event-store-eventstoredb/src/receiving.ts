import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { StoreFault } from '@keyturn/event-store';
import type { Connection } from './connection';

interface Receiving {
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

/**
 * The messages of a read or a subscription, in the server's order, as they come: all at once that came since the last were
 * taken. Pulled by its reader: while nobody takes them, the server is held up. Throws the error that the call ends with.
 */
export async function* receive(
  connection: Connection,
  request: ReadReq,
  { hold, waitMs, signal }: Receiving,
): AsyncGenerator<ReadonlyArray<ReadResp>, void> {
  const { call, failed } = await connection.openRead(request);
  let held: ReadResp[] = [];
  let ended = false;
  let error: Error | null = null;
  let wake = (): void => undefined;
  call.on('data', (message: ReadResp) => {
    held.push(message);
    if (held.length >= hold) call.pause();
    wake();
  });
  call.on('end', () => {
    ended = true;
    wake();
  });
  call.on('error', (thrown: Error) => {
    error = thrown;
    wake();
  });
  const cancel = (): void => {
    ended = true;
    wake();
  };
  signal?.addEventListener('abort', cancel);
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
    for (;;) {
      if (signal?.aborted === true) return;
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
    signal?.removeEventListener('abort', cancel);
    call.cancel();
  }
}
