import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { AppendReq } from '@eventstore/db-client/generated/streams_pb';
import { credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { afterEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { startEsdbServer, type EsdbServer } from './esdbServer';
import { event } from './recorded/testSupport/asking';
import { connectBareClient, type BareClient } from './recorded/testSupport/bareClient';
import { appendEvent, appendOptions, batchMessage } from './recorded/testSupport/requests';
import { closedAfterEach } from './testSupport/closedAfterEach';

const closed = closedAfterEach();
const clients: Array<Pick<BareClient, 'close'>> = [];
afterEach(() => clients.splice(0).forEach((client) => client.close()));

/** The failure of an append whose messages are sent, and which does not end. */
const failureOfUnended = ({ caFile, port }: EsdbServer, messages: ReadonlyArray<AppendReq>) => {
  const secrets =
    caFile === null ? credentials.createInsecure() : credentials.createSsl(readFileSync(caFile));
  const client = new StreamsClient(`localhost:${port}`, secrets);
  clients.push(client);
  return new Promise<ServiceError | null>((resolve) => {
    const call = client.append(new Metadata(), (error) => resolve(error));
    call.on('error', () => undefined); // told by the callback
    for (const message of messages) call.write(message);
  });
};

// Streams.Append.cs checks access before it reads an event, and the size with each of them.
describe('ES-W3: an Append that does not end', () => {
  const large = () => appendEvent(event({ data: 'x'.repeat(60) }));

  test('is refused with the very event that makes it too large', async () => {
    const server = await closed(startEsdbServer({ maxAppendBytes: 100 }));
    const failure = await failureOfUnended(server, [appendOptions(randomUUID(), 'any'), large(), large()]);
    expect(failure).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: 'Maximum Append Size of 100 Exceeded.',
    });
  });

  test('is refused before its first event where its sender may not write', async () => {
    const server = await closed(startEsdbServer({ tls: true, maxAppendBytes: 100 }));
    const failure = await failureOfUnended(server, [appendOptions(randomUUID(), 'any')]);
    expect(failure).toMatchObject({ code: status.PERMISSION_DENIED });
  });
});

// Streams.Append.cs and Streams.BatchAppend.cs since 24.10.4
describe('ES-D7: one event that is too large', () => {
  const id = randomUUID();
  const large = event({ id, data: 'x'.repeat(98) }); // and twice its type, of one letter
  const start = async (version: '24.6' | '24.10') => {
    const server = await closed(startEsdbServer({ version, maxAppendEventBytes: 99 }));
    const client = connectBareClient(server);
    clients.push(client);
    return client.as(null);
  };
  const append = [appendOptions(randomUUID(), 'any'), appendEvent(large)];
  const batch = () =>
    batchMessage({
      correlation: randomUUID(),
      events: [large],
      isFinal: true,
      begins: { stream: randomUUID(), expected: 'any' },
    });

  test('is refused with its id and its size by 24.10', async () => {
    const calls = await start('24.10');
    expect(await calls.append(append)).toEqual({
      status: 'INVALID_ARGUMENT',
      details: `Event with Id: ${id}, Size: 100, exceeds Maximum Append Event Size of 99.`,
      trailers: {
        exception: 'maximum-append-event-size-exceeded',
        'event-id': id,
        'proposed-event-size': '100',
        'maximum-append-event-size': '99',
      },
    });
    expect(await calls.batch([batch()])).toMatchObject({
      answers: [{ Error: { code: status.INVALID_ARGUMENT, message: 'MaximumAppendEventSizeExceeded' } }],
    });
  });

  test('is taken by 24.6', async () => {
    const calls = await start('24.6');
    expect(await calls.append(append)).toHaveProperty('written');
    expect(await calls.batch([batch()])).toMatchObject({ answers: [{ written: ['0', expect.anything()] }] });
  });
});
