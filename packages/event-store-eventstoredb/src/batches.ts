import { randomUUID } from 'node:crypto';
import type { AppendAnswer, AppendRequest } from './appends';
import type { AppendsCall, OpenCall } from './calls';
import { isSendable, troubleOf, type Connection } from './connection';
import { late } from './timeLimit';
import { neverLeft } from './trouble';

interface Flying {
  readonly request: AppendRequest;
  readonly settle: (answer: AppendAnswer) => void;
  /** Handed over to the call: from then on it may be done. */
  written: boolean;
}

interface Line {
  readonly send: Batches['send'];
  readonly isOpen: () => boolean;
  readonly end: () => void;
}

const lineOver = ({ call, failed }: OpenCall<AppendsCall>): Line => {
  const flying = new Map<string, Flying>();
  let open = true;
  let turnedAway: Error | null = null;
  let drained: Promise<void> | null = null;

  const end = (): void => {
    open = false;
    call.end();
  };
  const endWhenAnswered = (): void => {
    if (turnedAway === null || flying.size > 0) return;
    void failed(turnedAway);
    turnedAway = null;
    end();
  };

  /** A node that turns one append away may do so for long: the next ones go over another call. */
  const leave = (error: Error): void => {
    open = false;
    turnedAway = error;
    for (const { settle, written } of [...flying.values()]) {
      if (!written) settle({ kind: 'turned-away', error });
    }
    endWhenAnswered();
  };
  call.onAnswer((correlation, answer) => {
    flying.get(correlation)?.settle(answer);
    if (answer.kind === 'turned-away') leave(answer.error);
  });

  const broken = async (error: Error): Promise<void> => {
    open = false;
    const all = [...flying.values()];
    const { kind } = troubleOf(error);
    await failed(error);
    // The status is the call's. Of several appends one may have been done before another was turned away.
    const nothingDone =
      neverLeft(error) ||
      ((kind === 'turned-away' || kind === 'not-leader') &&
        all.filter(({ written }) => written).length === 1);
    for (const { settle, written, request } of all) {
      if (kind === 'access-denied') settle({ kind });
      else if (kind === 'unsendable' && !isSendable(request)) settle({ kind });
      else settle(!written || nothingDone ? { kind: 'turned-away', error } : { kind: 'unknown' });
    }
  };
  call.onError((error) => void broken(error));
  // Without an error the server ended a call that is never complete.
  call.onStatus(() => {
    if (open) void broken(new Error('The server ended the call.'));
  });

  /** Hands an append over once the call has room for it, unless it is settled by then. */
  const write = async (correlation: string, flight: Flying): Promise<void> => {
    const isWanted = (): boolean => open && flying.has(correlation);
    while (drained !== null && isWanted()) await drained;
    if (!isWanted()) return;
    flight.written = true;
    if (call.write(correlation, flight.request)) return;
    drained = call.writable().then(() => {
      drained = null;
    });
  };

  return {
    send: (request, withinMs) =>
      new Promise((resolve) => {
        const correlation = randomUUID();
        const timer = setTimeout(() => {
          flight.settle(
            flight.written ? { kind: 'unknown' } : { kind: 'turned-away', error: late(withinMs) },
          );
        }, withinMs);
        const flight: Flying = {
          request,
          written: false,
          settle: (answer) => {
            clearTimeout(timer);
            flying.delete(correlation);
            resolve(answer);
            endWhenAnswered();
          },
        };
        flying.set(correlation, flight);
        void write(correlation, flight);
      }),
    isOpen: () => open,
    end,
  };
};

/** Sends appends over one call that is kept open, and opened anew when it broke off. */
export interface Batches {
  /** Waits for its answer this long. Rejects when no call could be opened. */
  readonly send: (request: AppendRequest, withinMs: number) => Promise<AppendAnswer>;
  readonly end: () => void;
}

export const makeBatches = (connection: Pick<Connection, 'openAppends'>): Batches => {
  let line: Promise<Line> | null = null;

  const current = async (): Promise<Line> => {
    const opening = (line ??= connection.openAppends().then(lineOver));
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
    send: async (request, withinMs) => (await current()).send(request, withinMs),
    end: () => {
      void line?.then(
        (opened) => opened.end(),
        () => undefined,
      );
    },
  };
};
