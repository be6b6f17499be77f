import { once } from 'node:events';
import * as http from 'node:http';
import { text } from 'node:stream/consumers';
import type { Tampering } from './tampering';

/** Somebody between: hands every call on, and the answer back in other words. */
export interface Between {
  readonly url: string;
  /** From now on calls go there, and answers are tampered with so. */
  readonly towards: (url: string, tampering: Tampering) => void;
  readonly close: () => Promise<void>;
}

const handOn = async (to: URL, request: http.IncomingMessage): Promise<http.IncomingMessage> => {
  const asked = await text(request);
  const headers = { ...request.headers, host: to.host };
  const onward = http.request(to, { method: request.method, headers, agent: false });
  return new Promise((resolve, reject) => {
    onward.on('response', resolve).on('error', reject).end(asked);
  });
};

export const startBetween = async (): Promise<Between> => {
  let vendorUrl = '';
  let tampering: Tampering = (body) => body;
  const server = http.createServer((request, response) => {
    void handOn(new URL(request.url ?? '/', vendorUrl), request).then(
      async (answer) => {
        const body = tampering(await text(answer));
        const length = Buffer.byteLength(body);
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, 'content-length': length });
        response.end(body);
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    towards: (url, how) => {
      vendorUrl = url;
      tampering = how;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
