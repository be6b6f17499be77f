import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { StrangersAnswer } from './strangersAnswer';

/** How an answer comes over the line. */
export const MANNERS = [
  'whole',
  'in-pieces',
  /** The connection ends before the bytes that were promised: what came is the answer's whole text. */
  'cut',
  /** By gzip, though nobody asked for it. */
  'compressed',
  /** A byte now and then, and never the last. */
  'slow',
  /** A body that goes on for as long as somebody reads. */
  'endless',
  'endless-headers',
] as const;
type Manner = (typeof MANNERS)[number];

export type GivenAnswer = Pick<StrangersAnswer, 'status' | 'headers' | 'body'>;

export interface StrangerServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** From now on every call gets this. */
  readonly answerWith: (answer: GivenAnswer, manner?: Manner) => void;
  readonly calls: () => number;
  /** The most bytes that were taken from one endless answer. */
  readonly mostTaken: () => number;
  readonly close: () => Promise<void>;
}

const DRIP_MS = 20;
const BLOCK = Buffer.alloc(16 * 1024, ' ');
const HEADER_LINE = Buffer.from(`x-more: ${'m'.repeat(1000)}\r\n`);

const withoutBreaks = (text: string): string => text.replace(/[^\t -~]/g, '?');

const headOf = ({ status, headers }: GivenAnswer, more: Readonly<Record<string, string>>): string =>
  [
    `HTTP/1.1 ${status} Said`,
    ...Object.entries({ ...headers, ...more, connection: 'close' }).map(
      ([name, value]) => `${name}: ${withoutBreaks(value)}`,
    ),
    '\r\n',
  ].join('\r\n');

/** Writes for as long as somebody reads, and gives how much was taken. */
const pour = async (socket: Socket, block: Buffer): Promise<number> => {
  let taken = 0;
  while (!socket.destroyed) {
    taken += block.length;
    if (socket.write(block)) continue;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        socket.off('drain', goOn).off('close', goOn);
        resolve();
      };
      socket.on('drain', goOn).on('close', goOn);
    });
  }
  return taken;
};

/**
 * A real server on loopback that is no vendor: whatever is asked, it gives the answer that it was told to, also what no
 * proper server would send.
 */
export const startStrangerServer = async (): Promise<StrangerServer> => {
  let given: { readonly answer: GivenAnswer; readonly manner: Manner } = {
    answer: { status: 200, headers: {}, body: '' },
    manner: 'whole',
  };
  let calls = 0;
  let mostTaken = 0;
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();

  const note = (taken: number): void => {
    mostTaken = Math.max(mostTaken, taken);
  };
  const drip = (socket: Socket): void => {
    const timer = setInterval(() => socket.write(' '), DRIP_MS);
    timers.add(timer);
    socket.on('close', () => clearInterval(timer));
  };

  const send = (socket: Socket): void => {
    const { answer, manner } = given;
    const body = Buffer.from(answer.body);
    const length = (bytes: number) => ({ 'content-length': String(bytes) });
    switch (manner) {
      case 'whole':
        return void socket.end(Buffer.concat([Buffer.from(headOf(answer, length(body.length))), body]));
      case 'in-pieces': {
        socket.write(headOf(answer, { 'transfer-encoding': 'chunked' }));
        for (let at = 0; at < body.length; at += 7) {
          const piece = body.subarray(at, at + 7);
          socket.write(
            Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]),
          );
        }
        return void socket.end('0\r\n\r\n');
      }
      case 'cut':
        return void socket.end(headOf(answer, length(body.length + 8)) + answer.body);
      case 'compressed': {
        const packed = gzipSync(body);
        socket.write(headOf(answer, { ...length(packed.length), 'content-encoding': 'gzip' }));
        return void socket.end(packed);
      }
      case 'slow':
        socket.write(headOf(answer, length(body.length + 1_000_000)) + answer.body);
        return drip(socket);
      case 'endless':
        socket.write(headOf(answer, {}));
        return void pour(socket, BLOCK).then(note);
      case 'endless-headers':
        socket.write(`HTTP/1.1 ${answer.status} Said\r\n`);
        return void pour(socket, HEADER_LINE).then(note);
    }
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    let asked = '';
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      const before = asked.includes('\r\n\r\n');
      asked += chunk.toString('latin1');
      if (before || !asked.includes('\r\n\r\n')) return;
      calls += 1;
      send(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');

  return {
    url: `http://127.0.0.1:${address.port}`,
    answerWith: (answer, manner = 'whole') => {
      given = { answer, manner };
    },
    calls: () => calls,
    mostTaken: () => mostTaken,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
