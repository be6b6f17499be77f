import { getRequestListener } from '@hono/node-server';
import { createServer, type Server } from 'node:http';

/** No other address: whoever can reach it could send what they like. */
const HERE = '127.0.0.1';

/** A server on this machine alone. */
export interface Listening {
  readonly port: number;
  readonly url: string;
  /** From now on requests are answered by this. */
  readonly answerBy: (handler: (request: Request) => Promise<Response>) => void;
  readonly close: () => Promise<void>;
}

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a server listens on a port');
  return address.port;
};

/**
 * Listens on 127.0.0.1. A request whose `Host` is another name comes by a page that had its own name point here: it is
 * refused, whatever it asks for.
 */
export const listenHere = async (wanted: number): Promise<Listening> => {
  let answer: ((request: Request) => Promise<Response>) | null = null;
  const listener = getRequestListener(
    async (request) => (answer === null ? new Response(null, { status: 503 }) : answer(request)),
    { overrideGlobalObjects: false },
  );
  const server = createServer((request, response) => {
    if (request.headers.host === `${HERE}:${portOf(server)}`) return void listener(request, response);
    response.writeHead(421, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
    return void response.end('This server answers to its own address alone.\n');
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(wanted, HERE, listening);
  });
  const port = portOf(server);
  return {
    port,
    url: `http://${HERE}:${port}`,
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
