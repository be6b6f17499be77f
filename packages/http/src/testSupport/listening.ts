import { getRequestListener } from '@hono/node-server';
import { createServer, type Server } from 'node:http';

/** A handler on loopback, as Node serves it. */
export interface Listening {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
};

/** Serves a server on a free port of loopback. */
const listening = async (server: Server): Promise<Listening> => {
  // Where the machine is busy, a connection is closed that a request is on its way in.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

export const servedOnNode = (handler: (request: Request) => Promise<Response>): Promise<Listening> => {
  const listener = getRequestListener(handler);
  return listening(createServer((request, response) => void listener(request, response)));
};
