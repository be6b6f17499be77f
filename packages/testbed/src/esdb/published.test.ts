import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { Empty, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { credentials, status } from '@grpc/grpc-js';
import { numbered, range, startConnected, type Connected } from './testSupport/connected';

// What the protocol has, and what this release of the official client never asks for.

const { BACKWARDS, FORWARDS } = ReadReq.Options.ReadDirection;

let connected: Connected;
const streams: StreamsClient[] = [];
const at = (port: number): [string, ReturnType<typeof credentials.createInsecure>] => [
  `127.0.0.1:${port}`,
  credentials.createInsecure(),
];
beforeAll(async () => {
  connected = await startConnected({ nodes: 3 });
  streams.push(new StreamsClient(...at(connected.server.port)));
  for (const n of range(0, 99)) {
    await connected.client.appendToStream(n % 10 === 0 ? 'keyring-a' : 'other', numbered(n));
  }
});
afterAll(async () => {
  for (const client of streams) client.close();
  await connected.close();
});

type Options = ReadReq.Options;

const options = (): Options =>
  new ReadReq.Options()
    .setAll(new ReadReq.Options.AllOptions().setStart(new Empty()))
    .setReadDirection(FORWARDS)
    .setCount('9007199254740991')
    .setUuidOption(new ReadReq.Options.UUIDOption().setString(new Empty()))
    .setNoFilter(new Empty());

const keyrings = (window: number): ReadReq.Options.FilterOptions =>
  new ReadReq.Options.FilterOptions()
    .setStreamIdentifier(new ReadReq.Options.FilterOptions.Expression().setPrefixList(['keyring-']))
    .setMax(window);

const fromEnd = (): ReadReq.Options.AllOptions => new ReadReq.Options.AllOptions().setEnd(new Empty());

/** What a read gives until it ends. */
const read = async (wanted: Options): Promise<ReadonlyArray<ReadResp>> => {
  const responses: ReadResp[] = [];
  const [client] = streams;
  if (client === undefined) throw new Error('not connected');
  for await (const response of client.read(new ReadReq().setOptions(wanted))) {
    if (response instanceof ReadResp) responses.push(response);
  }
  return responses;
};

const revisionsOf = (responses: ReadonlyArray<ReadResp>): ReadonlyArray<number> =>
  responses.map((response) => Number(response.getEvent()?.getEvent()?.getStreamRevision()));

describe('A read of $all with a filter', () => {
  // Enumerator.ReadAllForwardsFiltered.cs and ReadAllBackwardsFiltered.cs: a window bounds a page, not the read.
  test.each([[1], [7], [1_000]])('finds all that matches, whatever the window (%p)', async (window) => {
    const forwards = await read(options().setFilter(keyrings(window)));
    expect(revisionsOf(forwards)).toEqual(range(0, 9));
    const backwards = await read(
      options().setAll(fromEnd()).setReadDirection(BACKWARDS).setFilter(keyrings(window)),
    );
    expect(revisionsOf(backwards)).toEqual([...range(0, 9)].reverse());
  });

  test('gives as many events as were asked for', async () => {
    expect(revisionsOf(await read(options().setFilter(keyrings(5)).setCount('3')))).toEqual([0, 1, 2]);
    const backwards = options()
      .setAll(fromEnd())
      .setReadDirection(BACKWARDS)
      .setFilter(keyrings(5))
      .setCount('3');
    expect(revisionsOf(await read(backwards))).toEqual([9, 8, 7]);
  });

  // Streams.Read.cs
  test('needs a window, and something to filter by', async () => {
    const noWindow = keyrings(1);
    noWindow.clearMax();
    await expect(read(options().setFilter(noWindow))).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
    const nothing = new ReadReq.Options.FilterOptions().setMax(1);
    await expect(read(options().setFilter(nothing))).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  test('needs a window in which something can be found', async () => {
    await expect(read(options().setFilter(keyrings(0)))).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
    });
  });
});

describe('A read that the protocol could say and no server serves', () => {
  const stream = (): ReadReq.Options.StreamOptions =>
    new ReadReq.Options.StreamOptions()
      .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from('other')))
      .setStart(new Empty());
  const subscription = (): Options => options().setSubscription(new ReadReq.Options.SubscriptionOptions());

  // CreateEnumerator in Streams.Read.cs, whose tuple is the message.
  test.each<[string, () => Options]>([
    ['(Stream, Count, Forwards, Filter)', () => options().setStream(stream()).setFilter(keyrings(1))],
    [
      '(Stream, Subscription, Backwards, NoFilter)',
      () => subscription().setStream(stream()).setReadDirection(BACKWARDS),
    ],
    ['(All, Subscription, Backwards, NoFilter)', () => subscription().setReadDirection(BACKWARDS)],
    [
      '(All, None, Forwards, NoFilter)',
      () => {
        const uncounted = options();
        uncounted.clearCount();
        return uncounted;
      },
    ],
    [
      '(All, Count, Forwards, None)',
      () => {
        const unsaid = options();
        unsaid.clearNoFilter();
        return unsaid;
      },
    ],
  ])('%s', async (combination, wanted) => {
    await expect(read(wanted())).rejects.toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: `The combination of ${combination} is invalid.`,
    });
  });

  test('of neither a stream nor $all', async () => {
    const nothing = options();
    nothing.clearAll();
    await expect(read(nothing)).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });
});

describe('Gossip', () => {
  // Gossip.Read.cs
  test('names all three nodes, on each of them, and one leader', async () => {
    const { nodes } = connected.server;
    nodes[1]?.stop();
    for (const node of [nodes[0], nodes[2]]) {
      const client = new GossipClient(...at(node?.port ?? 0));
      const members = await new Promise<ReadonlyArray<MemberInfo>>((resolve, reject) => {
        client.read(new Empty(), (error, info) =>
          error === null ? resolve(info.getMembersList()) : reject(error),
        );
      });
      client.close();
      const { LEADER, FOLLOWER } = MemberInfo.VNodeState;
      expect(members.map((member) => member.getHttpEndPoint()?.getPort())).toEqual(
        nodes.map(({ port }) => port),
      );
      expect(members.map((member) => member.getState())).toEqual([LEADER, FOLLOWER, FOLLOWER]);
      expect(members.map((member) => member.getIsAlive())).toEqual([true, false, true]);
      expect(new Set(members.map((member) => member.getInstanceId()?.getString())).size).toBe(3);
    }
    nodes[1]?.start();
  });
});

describe('ServerFeatures', () => {
  // ServerFeatures.cs: names in lower case, the version's first three parts, and these features.
  test('lists what a real server of its version does', async () => {
    const client = new ServerFeaturesClient(...at(connected.server.port));
    const listed = await new Promise<ReadonlyArray<string>>((resolve, reject) => {
      client.getSupportedMethods(new Empty(), (error, supported) =>
        error === null
          ? resolve([
              supported.getEventStoreServerVersion(),
              ...supported
                .getMethodsList()
                .map((method) =>
                  [method.getServiceName(), method.getMethodName(), ...method.getFeaturesList()].join(' '),
                ),
            ])
          : reject(error),
      );
    });
    client.close();
    expect(listed[0]).toMatch(/^\d+\.\d+\.\d+$/);
    expect(listed).toEqual(
      expect.arrayContaining([
        'event_store.client.streams.streams read position events',
        'event_store.client.streams.streams batchappend deadline_duration',
        'event_store.client.streams.streams append',
        'event_store.client.streams.streams tombstone',
        'event_store.client.gossip.gossip read',
        'event_store.client.persistent_subscriptions.persistentsubscriptions create stream all',
        'event_store.client.redaction.redaction switchchunks',
        'event_store.client.server_features.serverfeatures getsupportedmethods',
      ]),
    );
  });

  test('what is listed and not here is unimplemented', async () => {
    await expect(connected.client.getProjectionStatus('none')).rejects.toThrow('UNIMPLEMENTED');
  });
});
