import { getRequestListener } from '@hono/node-server';
import { chmodSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isIPv6, type ListenOptions } from 'node:net';
import type { Place } from './plan';
import type { TlsIdentity } from './tls';

/** A server, and where it is reached. */
export interface Listening {
  /** 0 for a socket. */
  readonly port: number;
  /** `http://127.0.0.1:7301`, or the path of a socket. */
  readonly address: string;
  /** From now on requests are answered by this. */
  readonly answerBy: (handler: (request: Request) => Promise<Response>) => void;
  readonly close: () => Promise<void>;
}

interface ListenAt {
  readonly place: Place;
  readonly tls?: TlsIdentity | null;
  /** What a request's `Host` has to be; where it is left out, that of its own address. */
  readonly host?: string;
}

const portOf = (server: Server): number => {
  const address = server.address();
  return address === null || typeof address === 'string' ? 0 : address.port;
};

const optionsOf = (place: Place): ListenOptions =>
  place.kind === 'socket' ? { path: place.path } : { host: place.host, port: place.port };

const addressOf = (place: Place, scheme: string, port: number): string => {
  if (place.kind === 'socket') return place.path;
  return `${scheme}://${isIPv6(place.host) ? `[${place.host}]` : place.host}:${port}`;
};

/**
 * Listens. A request whose `Host` is another name comes by a page that had its own name point here, or past a proxy: it
 * is refused, whatever it asks for.
 */
export const listenAt = async ({ place, tls = null, host }: ListenAt): Promise<Listening> => {
  let answer: ((request: Request) => Promise<Response>) | null = null;
  const listener = getRequestListener(
    async (request) => (answer === null ? new Response(null, { status: 503 }) : answer(request)),
    { overrideGlobalObjects: false },
  );
  let own = host ?? '';
  const answered: RequestListener = (request, response) => {
    if (request.headers.host?.toLowerCase() === own) return void listener(request, response);
    response.writeHead(421, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
    return void response.end('This server answers to its own address alone.\n');
  };
  const server = tls === null ? createServer(answered) : createTlsServer({ ...tls }, answered);
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(optionsOf(place), listening);
  });
  const port = portOf(server);
  const address = addressOf(place, tls === null ? 'http' : 'https', port);
  if (place.kind === 'port') own = host ?? new URL(address).host;
  // Until here it was its owner's alone: the command's own umask sees to that.
  else chmodSync(place.path, place.mode);
  return {
    port,
    address,
    answerBy: (handler) => {
      answer = handler;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
