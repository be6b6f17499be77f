import { DeleteReq } from '@eventstore/db-client/generated/streams_pb';
import { Empty, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';
import { expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectHttp2, type ClientHttp2Session, type Settings } from 'node:http2';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { startEsdbServer, type EsdbServer } from './esdbServer';
import { closedAfterEach } from './testSupport/closedAfterEach';

const closed = closedAfterEach();

// Kestrel's default, which Program.cs of EventStore.ClusterNode leaves as it is.
test('ES-D11: one connection has 100 calls at a time', async () => {
  const { port } = await closed(startEsdbServer());
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  try {
    const settings: ReadonlyArray<Settings> = await once(session, 'remoteSettings');
    expect(settings[0]?.maxConcurrentStreams).toBe(100);
  } finally {
    session.destroy();
  }
});

/** A TLS connection, and the ticket by which another can resume it. */
const connected = async (
  { caFile, port }: EsdbServer,
  session?: Buffer,
): Promise<{ readonly socket: TLSSocket; readonly ticket: Promise<Buffer> }> => {
  const ca = readFileSync(caFile ?? '');
  const socket = connectTls({
    host: 'localhost',
    servername: 'localhost',
    port,
    ca,
    ALPNProtocols: ['h2'],
    ...(session === undefined ? {} : { session }),
  });
  const ticket = once(socket, 'session').then(([buffer]: ReadonlyArray<Buffer>) => buffer ?? Buffer.alloc(0));
  await once(socket, 'secureConnect');
  return { socket, ticket };
};

/** Deletes a stream that is not there, as an admin; gives the status and its text. */
const statusOfCall = async (session: ClientHttp2Session): Promise<string> => {
  const name = new StreamIdentifier().setStreamName(Buffer.from(randomUUID()).toString('base64'));
  const message = new DeleteReq()
    .setOptions(new DeleteReq.Options().setStreamIdentifier(name).setAny(new Empty()))
    .serializeBinary();
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  const call = session.request({
    ':method': 'POST',
    ':path': '/event_store.client.streams.Streams/Delete',
    'content-type': 'application/grpc',
    te: 'trailers',
    authorization: `Basic ${Buffer.from('admin:changeit').toString('base64')}`,
  });
  call.end(Buffer.concat([head, message]));
  const headers: Promise<ReadonlyArray<Record<string, unknown>>> = once(call, 'response');
  const [answered] = await headers;
  return String(answered?.['grpc-message']);
};

test('ES-W1: a client that resumes its TLS session without a certificate is served', async () => {
  const server = await closed(startEsdbServer({ tls: true }));
  const first = await connected(server);
  const overFirst = connectHttp2(`https://localhost:${server.port}`, {
    createConnection: () => first.socket,
  });
  expect(await statusOfCall(overFirst)).toContain('WrongExpectedVersion');
  const ticket = await first.ticket;
  overFirst.destroy();
  const second = await connected(server, ticket);
  expect(second.socket.isSessionReused()).toBe(true);
  const overSecond = connectHttp2(`https://localhost:${server.port}`, {
    createConnection: () => second.socket,
  });
  expect(await statusOfCall(overSecond)).toContain('WrongExpectedVersion');
  overSecond.destroy();
});
