import { afterEach } from '@jest/globals';
import { once } from 'node:events';
import * as http from 'node:http';
import { randomText } from '../sandbox/random';
import { makeVendorAdmin } from '../admin/makeVendorAdmin';
import type { VendorAdmin } from '../admin/vendorAdmin';

/** Status and JSON, or what else is done with the connection. `calls` counts this one. */
export type Handler = (
  request: http.IncomingMessage,
  calls: number,
) => readonly [number, unknown] | 'reset' | 'hang';

/** A server in the vendor's place that answers as it is told: what no sandbox of the vendor's would. */
interface VendorServer {
  readonly origin: string;
  /** Method and target of each call. */
  readonly calls: ReadonlyArray<string>;
  readonly close: () => Promise<void>;
}

const startVendorServer = async (handler: Handler): Promise<VendorServer> => {
  const calls: string[] = [];
  const server = http.createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    const answer = handler(request, calls.length);
    request.resume();
    if (answer === 'reset') return void request.socket.destroy();
    if (answer === 'hang') return;
    response.writeHead(answer[0], { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer[1]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    calls,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

/** Servers of one test file, closed after each of its tests. */
export const vendorServers = () => {
  const servers: VendorServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  return {
    /** Gives the address of a new one. */
    vendorThat: async (handler: Handler): Promise<string> => {
      const server = await startVendorServer(handler);
      servers.push(server);
      return server.origin;
    },
    /** Those of the newest one. */
    calls: (): ReadonlyArray<string> => servers.at(-1)?.calls ?? [],
  };
};

/** An engine that calls this server in the vendor's place, and waits for nothing. */
export const adminAt = (origin: string, vendor = 'anthropic', wholeTimeoutMs = 60_000): VendorAdmin =>
  makeVendorAdmin({
    endpointOverrides: { [vendor]: origin },
    sleep: (_ms, signal) =>
      signal?.aborted === true ? Promise.reject(new Error('aborted')) : Promise.resolve(),
    wholeTimeoutMs,
  });

export const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Random, in the form of Anthropic's. */
export const anAdminKey = (): string => `sk-ant-admin01-${randomText(93)}AA`;

/** A key as Anthropic lists it. */
export const anthropicKey = (id: string, status = 'active', more: object = {}): object => ({
  type: 'api_key',
  id,
  created_at: '2026-11-05T14:00:00Z',
  created_by: { id: 'user_1', type: 'user' },
  name: 'Developer Key',
  partial_key_hint: 'sk-ant-api03-R2D...igAA',
  status,
  workspace_id: null,
  ...more,
});

/** A page of Anthropic's list. */
export const anthropicPage = (data: ReadonlyArray<unknown>, more = false): object => ({
  data,
  first_id: null,
  has_more: more,
  last_id: 'apikey_last',
});
