import { NotLeaderError, UnavailableError, UnknownError } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { EsdbNode } from './esdbServer';
import { closedAfterEach } from './testSupport/closedAfterEach';
import { numbered, numbersOf, startConnected, untilGiven, type Connected } from './testSupport/connected';

const requiresLeader = true;
const closed = closedAfterEach();

describe('Three nodes', () => {
  let connected: Connected;
  let nodes: ReadonlyArray<EsdbNode>;
  beforeEach(async () => {
    connected = await startConnected({ nodes: 3 });
    nodes = connected.server.nodes;
  });
  afterEach(() => connected.close());

  const node = (index: number): EsdbNode => {
    const found = nodes[index];
    if (found === undefined) throw new Error('there are three nodes');
    return found;
  };

  test('a client finds the leader by gossip', async () => {
    const result = await connected.client.appendToStream(randomUUID(), numbered(1), { requiresLeader });
    expect(result).toMatchObject({ success: true });
  });

  test('any node gives away who leads', async () => {
    node(2).faults.becomeLeader();
    const client = connected.connect(`esdb+discover://127.0.0.1:${node(1).port}?tls=false`);
    await expect(client.appendToStream(randomUUID(), numbered(1), { requiresLeader })).resolves.toMatchObject(
      {
        success: true,
      },
    );
  });

  // HandleAsNonLeader in ClusterVNodeController.cs
  test('a follower passes a write on, and serves reads', async () => {
    const stream = randomUUID();
    const client = connected.connect(node(1).connectionString);
    await client.appendToStream(stream, numbered(1));
    expect(await numbersOf(client.readStream(stream))).toEqual([1]);
    expect(await numbersOf(connected.client.readStream(stream))).toEqual([1]);
  });

  // RpcExceptions.LeaderInfo in the server's source.
  test('a follower names the leader where only that may serve, and the client goes there', async () => {
    const stream = randomUUID();
    const client = connected.connect(node(1).connectionString);
    const append = () => client.appendToStream(stream, numbered(1), { requiresLeader });
    const refused = append();
    await expect(refused).rejects.toThrow(NotLeaderError);
    await expect(refused).rejects.toMatchObject({ leader: { address: '127.0.0.1', port: node(0).port } });
    await untilGiven(append);
    expect(await numbersOf(client.readStream(stream, { requiresLeader }))).toEqual([1]);
  });

  test('a read that requires the leader is refused elsewhere', async () => {
    const client = connected.connect(node(1).connectionString);
    const read = numbersOf(client.readStream(randomUUID(), { requiresLeader }));
    await expect(read).rejects.toThrow(NotLeaderError);
  });

  test('after a change of the leader the client writes to the new one', async () => {
    const { client } = connected;
    const stream = randomUUID();
    await client.appendToStream(stream, numbered(1), { requiresLeader });
    node(1).faults.becomeLeader();
    // The call over which the client sends its appends was begun with the old leader.
    const second = await untilGiven(() => client.appendToStream(stream, numbered(2), { requiresLeader }));
    expect(second).toMatchObject({ success: true });
    expect((await numbersOf(client.readStream(stream))).slice(0, 2)).toEqual([1, 2]);
  });

  // ES-D5: StorageWriterService.cs tells ids only of what this node wrote as the leader.
  test('a new leader does not know what was appended without a revision', async () => {
    const { client } = connected;
    const stream = randomUUID();
    const events = numbered(1);
    const first = await client.appendToStream(stream, events);
    expect(await client.appendToStream(stream, events)).toEqual(first);
    node(2).faults.becomeLeader();
    expect(await client.appendToStream(stream, events)).toMatchObject({ nextExpectedRevision: 1n });
    expect(await numbersOf(client.readStream(stream))).toEqual([1, 1]);
  });

  test('a node that is stopped is unavailable, and the others go on', async () => {
    node(1).faults.becomeLeader();
    node(0).stop();
    await expect(
      numbersOf(connected.connect(node(0).connectionString).readAll({ maxCount: 1 })),
    ).rejects.toThrow(UnavailableError);
    await expect(
      connected.connect().appendToStream(randomUUID(), numbered(1), { requiresLeader }),
    ).resolves.toMatchObject({ success: true });
    node(0).start();
    const again = connected.connect(node(0).connectionString);
    expect(await untilGiven(() => numbersOf(again.readAll({ maxCount: 1 })))).toHaveLength(1);
  });
});

describe('A single node', () => {
  let connected: Connected;
  beforeEach(async () => {
    connected = await startConnected();
  });
  afterEach(() => connected.close());

  test('is its own leader', async () => {
    const client = connected.connect(`esdb+discover://127.0.0.1:${connected.server.port}?tls=false`);
    await expect(client.appendToStream(randomUUID(), numbered(1), { requiresLeader })).resolves.toMatchObject(
      {
        success: true,
      },
    );
  });

  test('may follow a leader elsewhere', async () => {
    connected.server.faults.becomeFollower({ host: 'leader.example', port: 2113 });
    const refused = connected.client.appendToStream(randomUUID(), numbered(1));
    await expect(refused).rejects.toMatchObject({ leader: { address: 'leader.example', port: 2113 } });
  });

  // ClusterVNodeController.cs denies writes as long as it knows no leader, and reads that require one; RpcExceptions.cs
  // and Streams.BatchAppend.cs have the words.
  test.each([[true], [false]])(
    'may be without a leader while one is elected (BatchAppend: %p)',
    async (batchAppend) => {
      const { server, client } = await closed(startConnected({ features: { batchAppend } }));
      const stream = randomUUID();
      const append = () => client.appendToStream(stream, numbered(1));
      await append();
      server.faults.becomeFollower();
      await expect(append()).rejects.toThrow('Server Is Not Ready');
      await expect(append()).rejects.toThrow(batchAppend ? UnknownError : UnavailableError);
      expect(await untilGiven(() => numbersOf(client.readStream(stream)))).toEqual([1]);
      await expect(numbersOf(client.readStream(stream, { requiresLeader }))).rejects.toThrow(
        'Server Is Not Ready',
      );
      server.faults.becomeLeader();
      await expect(untilGiven(append)).resolves.toMatchObject({ success: true });
    },
  );
});
