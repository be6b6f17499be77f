import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket, type PeerCertificate } from 'node:tls';

export interface ListenerOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Without it, connections are not encrypted. */
  readonly tls: ListenerTls | null;
  /** Answers HTTP/1.1, as which a browser or `curl` comes. */
  readonly onHttp: RequestListener;
}

interface ListenerTls {
  readonly key: string;
  readonly cert: string;
  /** Who issues the certificates that clients may show. */
  readonly ca: string;
}

/** One port for both protocols, as the real server has it. */
export interface Listener {
  readonly port: number;
  /** Gives every HTTP/2 connection to this from now on. */
  readonly serve: (onHttp2: (socket: Socket) => void) => void;
  /** The user whose certificate was shown on the connection from this address. */
  readonly userOf: (peer: string) => string | undefined;
  /** Cuts the connection from this address; nothing when it is gone. */
  readonly cut: (peer: string) => void;
  /** Cuts all connections. */
  readonly cutAll: () => void;
  /** While it refuses, connections are cut as they come. The port stays its own. */
  readonly setRefusing: (refusing: boolean) => void;
  readonly close: () => Promise<void>;
}

/** With what every HTTP/2 connection begins (RFC 9113, section 3.4). */
const HTTP2_BEGINS = 'PRI ';

const peerOf = ({ remoteAddress, remotePort }: Socket): string =>
  `${remoteAddress ?? ''}:${remotePort ?? ''}`;

const userOf = (socket: Socket | undefined): string | undefined => {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  // A session that is resumed without a certificate counts as authorized, and its certificate is an empty object.
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  const name = certificate.subject?.CN;
  return typeof name === 'string' ? name : undefined;
};

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

const listening = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });

export const listen = async ({ host, port, tls, onHttp }: ListenerOptions): Promise<Listener> => {
  const sockets = new Map<string, Socket>();
  /** Of the connections in whose TLS handshake the client has yet to say something. */
  const unready = new Map<string, Socket>();
  const http1 = createHttpServer(onHttp);
  let serveHttp2: (socket: Socket) => void = (socket) => socket.destroy();
  let refusing = false;

  const route = (socket: Socket, isHttp2: boolean): void => {
    if (isHttp2) {
      serveHttp2(socket); // takes what was unshifted on its own; a socket that flows would lose it
      return;
    }
    http1.emit('connection', socket);
    socket.resume();
  };
  const accept = (socket: Socket): void => {
    const peer = peerOf(socket);
    unready.delete(peer);
    if (refusing) {
      socket.destroy();
      return;
    }
    sockets.set(peer, socket);
    socket.on('close', () => sockets.delete(peer));
    socket.on('error', () => socket.destroy());
    if (socket instanceof TLSSocket) {
      route(socket, socket.alpnProtocol === 'h2');
      return;
    }
    socket.once('data', (chunk: Buffer) => {
      socket.pause();
      socket.unshift(chunk);
      route(socket, chunk.toString('latin1').startsWith(HTTP2_BEGINS));
    });
  };

  const server =
    tls === null
      ? createServer(accept)
      : createTlsServer(
          { ...tls, ALPNProtocols: ['h2', 'http/1.1'], requestCert: true, rejectUnauthorized: false },
          accept,
        );
  server.prependListener('connection', (socket: Socket) => {
    if (refusing) socket.resetAndDestroy();
    else if (tls !== null) {
      const peer = peerOf(socket);
      unready.set(peer, socket);
      socket.on('close', () => unready.delete(peer));
    }
  });
  await listening(server, host, port);

  const cutAll = (): void => {
    for (const socket of [...sockets.values(), ...unready.values()]) socket.destroy();
  };
  return {
    port: portOf(server.address()),
    serve: (onHttp2) => {
      serveHttp2 = onHttp2;
    },
    userOf: (peer) => userOf(sockets.get(peer)),
    cut: (peer) => sockets.get(peer)?.destroy(),
    cutAll,
    setRefusing: (value) => {
      refusing = value;
      if (value) cutAll();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cutAll();
      }),
  };
};
