import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a client and a server, and counts what the server sends. */
export interface CountingProxy {
  readonly port: number;
  readonly bytesFromServer: () => number;
  readonly close: () => Promise<void>;
}

export const startCountingProxy = async (serverPort: number): Promise<CountingProxy> => {
  const sockets = new Set<Socket>();
  let bytes = 0;
  const server = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    upstream.on('data', ({ length }) => {
      bytes += length;
    });
    upstream.pipe(client).pipe(upstream);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address: AddressInfo | string | null = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    bytesFromServer: () => bytes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
