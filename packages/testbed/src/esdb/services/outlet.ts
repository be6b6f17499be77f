import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { LogRecord } from '../log/record';
import { writeEvent, type UuidForm } from '../wire/messages';
import type { ServiceContext } from './context';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Where a read sends its messages: no faster than its client takes them. */
export interface Outlet {
  readonly send: (message: ReadResp) => Promise<void>;
  readonly sendEvent: (record: LogRecord) => Promise<void>;
  /** The client has gone, or its connection was cut: nothing more can be sent. */
  readonly closed: () => boolean;
  /** Ends when the outlet is closed, or when `wake` is called; a call before is kept for the next wait. */
  readonly wait: () => Promise<void>;
  /** Ends when the outlet is closed. */
  readonly never: () => Promise<void>;
  readonly wake: () => void;
}

type Waiting = 'drain' | 'wake';

export const makeOutlet = (
  { drop }: ServiceContext,
  call: ReadCall,
  eventsUntilDrop: number,
  ids: UuidForm,
): Outlet => {
  let closed = false;
  let woken = false;
  let left = eventsUntilDrop;
  let waiting: { readonly until: Waiting; readonly resume: () => void } | null = null;

  const release = (event: Waiting | 'close'): void => {
    if (waiting === null || (event !== 'close' && event !== waiting.until)) return;
    const { resume } = waiting;
    waiting = null;
    resume();
  };
  const sleep = (until: Waiting): Promise<void> =>
    closed
      ? Promise.resolve()
      : new Promise((resume) => {
          waiting = { until, resume };
        });
  const close = (): void => {
    closed = true;
    release('close');
  };
  call.on('cancelled', close);
  call.on('close', close);
  call.on('drain', () => release('drain'));

  const send = async (message: ReadResp): Promise<void> => {
    if (!closed && !call.write(message)) await sleep('drain');
  };

  return {
    send,
    sendEvent: async (record) => {
      if (left <= 0 && !closed) {
        close();
        drop(call);
      }
      left -= 1;
      await send(writeEvent(record, ids));
    },
    closed: () => closed,
    wait: async () => {
      if (!woken) await sleep('wake');
      woken = false;
    },
    never: async () => {
      while (!closed) await sleep('wake');
    },
    wake: () => {
      woken = true;
      release('wake');
    },
  };
};
