import { EventStoreDBClient, jsonEvent, NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startEsdbServer, type EsdbServer } from './esdbServer';

describe.each([true, false])('Appending (BatchAppend listed: %s)', (batchAppend) => {
  let server: EsdbServer;
  let client: EventStoreDBClient;
  beforeAll(async () => {
    server = await startEsdbServer({ features: { batchAppend } });
    client = EventStoreDBClient.connectionString(server.connectionString);
  });
  afterAll(async () => {
    await client.dispose();
    await server.close();
  });

  test('gives revisions from 0 on, and positions that grow', async () => {
    const stream = randomUUID();
    const first = await client.appendToStream(stream, jsonEvent({ type: 'A', data: { n: 1 } }), {
      expectedRevision: NO_STREAM,
    });
    const second = await client.appendToStream(
      stream,
      [2, 3].map((n) => jsonEvent({ type: 'A', data: { n } })),
      { expectedRevision: 0n },
    );
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 0n });
    expect(second).toMatchObject({ success: true, nextExpectedRevision: 2n });
    expect(second.position?.commit).toBeGreaterThan(first.position?.commit ?? 0n);
    const wrong = client.appendToStream(stream, jsonEvent({ type: 'A', data: {} }), {
      expectedRevision: NO_STREAM,
    });
    await expect(wrong).rejects.toThrow(WrongExpectedVersionError);
    await expect(wrong).rejects.toMatchObject({ actualVersion: 2n, expectedVersion: 'no_stream' });
    const seen: Array<unknown> = [];
    for await (const { event } of client.readStream(stream)) seen.push(event?.data);
    expect(seen).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });
});
