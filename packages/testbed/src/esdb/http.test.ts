import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { startEsdbServer, type EsdbServer } from './esdbServer';
import { closedAfterEach } from './testSupport/closedAfterEach';

const closed = closedAfterEach();

const get = (server: EsdbServer, path: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const { port, caFile } = server;
    const request =
      caFile === null
        ? httpGet({ host: '127.0.0.1', port, path }, resolve)
        : httpsGet({ host: 'localhost', port, path, ca: readFileSync(caFile) }, resolve);
    request.on('error', reject);
  });

describe.each([
  ['http', false],
  ['https', true],
])('%s on the port that gRPC uses', (_, tls) => {
  // PingController.cs, and what ClusterVNodeStartup.cs maps to `/health`.
  test('answers a ping, and that it is alive', async () => {
    const server = await closed(startEsdbServer({ tls }));
    const ping = await get(server, '/ping');
    expect(ping.statusCode).toBe(200);
    expect(JSON.parse(await text(ping))).toEqual({
      msgType: 'TextMessage',
      text: 'Ping request successfully handled',
    });
    expect((await get(server, '/health/live')).statusCode).toBe(204);
    expect((await get(server, '/web/index.html')).statusCode).toBe(404);
  });
});

describe('A port', () => {
  test('with TLS does not wait at its end for a connection that never says anything', async () => {
    const server = await closed(startEsdbServer({ tls: true }));
    const silent = connect(server.port, '127.0.0.1').on('error', () => undefined);
    const gone = once(silent, 'close');
    await once(silent, 'connect');
    expect((await get(server, '/ping')).statusCode).toBe(200); // which the server came to after it
    await server.close();
    await gone;
  });

  test('that is taken is said to be so', async () => {
    const { port } = await closed(startEsdbServer());
    await expect(startEsdbServer({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('survives a connection that says nothing, and one that says nonsense', async () => {
    const server = await closed(startEsdbServer());
    const silent = connect(server.port, '127.0.0.1').on('error', () => undefined);
    const nonsense = connect(server.port, '127.0.0.1').on('error', () => undefined);
    nonsense.write('nonsense\r\n\r\n');
    expect(await text(nonsense)).toContain('400');
    expect((await get(server, '/ping')).statusCode).toBe(200);
    silent.destroy();
  });
});
