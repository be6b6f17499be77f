import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import { connect, type Socket } from 'node:net';

/** A real forward proxy on loopback that takes CONNECT. */
export interface ConnectProxy {
  readonly url: string;
  /** Each CONNECT that came: what it names, with the headers. */
  readonly asked: ReadonlyArray<{ readonly target: string; readonly headers: http.IncomingHttpHeaders }>;
  /** All bytes that clients sent through it, as Latin-1 text. */
  readonly passed: () => string;
  /** Connections that are open to it. */
  readonly open: () => number;
  readonly untilNoneIsOpen: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * `answer` takes the place of connecting: what the proxy writes back; null for nothing at all. With a key and a
 * certificate it speaks TLS, as `localhost`.
 */
export const startConnectProxy = async (
  answer?: string | null,
  tls?: { readonly key: string; readonly cert: string },
): Promise<ConnectProxy> => {
  const asked: { readonly target: string; readonly headers: http.IncomingHttpHeaders }[] = [];
  const passed: Buffer[] = [];
  const sockets = new Set<Socket>();
  const notAllowed: http.RequestListener = (_request, response) => response.writeHead(405).end();
  const server = tls === undefined ? http.createServer(notAllowed) : https.createServer(tls, notAllowed);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    // A server's sockets stay half open by themselves.
    socket.on('end', () => socket.end());
  });
  server.on('connect', ({ url = '', headers }, socket: Socket) => {
    asked.push({ target: url, headers });
    if (answer !== undefined) {
      if (answer !== null) socket.end(answer);
      socket.on('data', (bytes: Buffer) => passed.push(bytes));
      return;
    }
    const port = Number(url.split(':').at(-1));
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.on('data', (bytes: Buffer) => passed.push(bytes));
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    url: tls === undefined ? `http://127.0.0.1:${address.port}` : `https://localhost:${address.port}`,
    asked,
    passed: () => Buffer.concat(passed).toString('latin1'),
    open: () => sockets.size,
    untilNoneIsOpen: async () => {
      for (const socket of sockets) if (!socket.closed) await once(socket, 'close');
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
