import { randomUUID } from 'node:crypto';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { answerOfBatch, batchMessage, type AppendAnswer, type AppendRequest } from './appendMessages';
import type { Connection, OpenCall } from './connection';
import { troubleOf } from './storeFaults';

interface Flying {
  readonly settle: (answer: AppendAnswer) => void;
}

interface Line {
  readonly send: (request: AppendRequest) => Promise<AppendAnswer>;
  readonly isOpen: () => boolean;
  /** Ends the call once everything in flight is answered. */
  readonly end: () => void;
}

/** How much longer than the server we wait: its answer that time is up tells as much as none. */
const GRACE_MS = 1_000;

const lineOver = (
  { call, failed }: OpenCall<ClientDuplexStream<BatchAppendReq, BatchAppendResp>>,
  deadlineMs: number,
): Line => {
  const flying = new Map<string, Flying>();
  let open = true;
  let drained: Promise<void> | null = null;

  call.on('data', (response: BatchAppendResp) => {
    const correlation = response.getCorrelationId()?.getString() ?? '';
    const appended = flying.get(correlation);
    flying.delete(correlation);
    appended?.settle(answerOfBatch(response));
  });
  const broken = async (error: Error): Promise<void> => {
    open = false;
    const all = [...flying.values()];
    flying.clear();
    await failed(error);
    const trouble = troubleOf(error);
    // The status is the call's. Of several appends one may have been done before another was turned away.
    const nothingDone =
      trouble.kind === 'turned-away' || trouble.kind === 'not-leader' ? all.length === 1 : false;
    for (const { settle } of all) {
      if (trouble.kind === 'access-denied') settle({ kind: 'access-denied' });
      else settle(nothingDone ? { kind: 'turned-away', error } : { kind: 'unknown' });
    }
  };
  call.on('error', (error: Error) => void broken(error));
  // Comes after an error, if there is one: without, the server ended a call that is never complete.
  call.on('status', () => {
    if (open) void broken(new Error('The server ended the call.'));
  });

  const write = async (message: BatchAppendReq): Promise<void> => {
    while (drained !== null && open) await drained;
    if (!open || call.write(message)) return;
    drained = new Promise((resolve) => {
      const done = (): void => {
        drained = null;
        call.off('drain', done).off('close', done).off('error', done);
        resolve();
      };
      call.on('drain', done).on('close', done).on('error', done);
    });
  };

  return {
    send: (request) =>
      new Promise((resolve) => {
        const correlation = randomUUID();
        const timer = setTimeout(() => {
          flying.delete(correlation);
          resolve({ kind: 'unknown' });
        }, deadlineMs + GRACE_MS);
        flying.set(correlation, {
          settle: (answer) => {
            clearTimeout(timer);
            resolve(answer);
          },
        });
        void write(batchMessage(request, correlation, new Date(Date.now() + deadlineMs)));
      }),
    isOpen: () => open,
    end: () => {
      open = false;
      call.end();
      call.cancel();
    },
  };
};

/** Sends appends over one call that is kept open, and opened anew when it broke off. */
export interface Batches {
  readonly send: (request: AppendRequest) => Promise<AppendAnswer>;
  readonly end: () => void;
}

export const makeBatches = (connection: Connection, deadlineMs: number): Batches => {
  let line: Promise<Line> | null = null;

  const current = async (): Promise<Line> => {
    const opening = (line ??= connection.openAppends().then((call) => lineOver(call, deadlineMs)));
    try {
      const opened = await opening;
      if (opened.isOpen()) return opened;
    } catch (error) {
      if (line === opening) line = null;
      throw error;
    }
    if (line === opening) line = null;
    return current();
  };

  return {
    send: async (request) => {
      let opened: Line;
      try {
        opened = await current();
      } catch (error) {
        return { kind: 'turned-away', error };
      }
      return opened.send(request);
    },
    end: () => {
      void line?.then(
        (opened) => opened.end(),
        () => undefined,
      );
    },
  };
};
