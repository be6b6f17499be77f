import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventStore } from '@keyturn/event-store';
import { startEsdbServer, type EsdbServer, type EsdbServerOptions } from '@keyturn/testbed/esdb';
import * as E from 'fp-ts/Either';
import { parseConnectionString } from './connectionString';
import { connectEventStoreDb } from './eventStoreDbEventStore';
import { connected } from './testSupport/connected';
import { event, left, right, valueOf } from './testSupport/outcomes';

const wholeStream = async (store: EventStore, stream: string): Promise<ReadonlyArray<unknown>> =>
  (await right(store.readStream(stream, { direction: 'forwards', limit: 4_096 }))).events.map(valueOf);

const startedWith = (options: EsdbServerOptions = {}) => {
  const open: Array<() => Promise<void>> = [];
  const site = {
    start: async (): Promise<{ readonly server: EsdbServer; readonly store: EventStore }> => {
      const server = await startEsdbServer(options);
      open.push(server.close);
      return { server, store: await site.connect(server.connectionString) };
    },
    connect: async (connectionString: string): Promise<EventStore> => {
      const store = await connected(connectionString);
      open.push(store.close);
      return store;
    },
    close: async (): Promise<void> => {
      for (const close of open.reverse()) await close();
    },
  };
  return site;
};

describe.each([
  ['many appends over one call', true],
  ['each append as a call of its own', false],
])('with %s', (_, batchAppend) => {
  let site: ReturnType<typeof startedWith>;
  let server: EsdbServer;
  let store: EventStore;
  beforeEach(async () => {
    site = startedWith({ features: { batchAppend } });
    ({ server, store } = await site.start());
  });
  afterEach(() => site.close());

  const append = (data: unknown, expected: number | 'no-stream' = 'no-stream', stream = 'a') =>
    store.append(stream, expected, [event(data)]);

  test('cut before the commit: the outcome is unknown, and the same append then goes through once', async () => {
    server.faults.dropBeforeCommit();
    const events = [event(1), event(2)] as const;
    expect(await left(store.append('a', 'no-stream', [...events]))).toMatchObject({
      code: 'outcome-unknown',
    });
    await right(store.append('a', 'no-stream', [...events]));
    expect(await wholeStream(store, 'a')).toEqual([1, 2]);
  });

  test('cut after the commit: the outcome is unknown, and the same append then gives its first result', async () => {
    await right(append('first'));
    server.faults.dropAfterCommit();
    const events = [event(1), event(2)] as const;
    expect(await left(store.append('a', 0, [...events]))).toMatchObject({ code: 'outcome-unknown' });
    const again = await right(store.append('a', 0, [...events]));
    const { events: found } = await right(store.readStream('a', { direction: 'forwards', limit: 10 }));
    expect(again).toEqual({ revision: 2, position: found[2]?.position });
    expect(found.map(valueOf)).toEqual(['first', 1, 2]);
  });

  test('an append anywhere with something new among what was written is no repetition', async () => {
    const [first, second] = [event(1), event(2)];
    await right(store.append('a', 'any', [first]));
    expect(await left(store.append('a', 'any', [first, second]))).toMatchObject({ code: 'invalid-argument' });
    expect(await wholeStream(store, 'a')).toEqual([1]);
  });

  test('ES-D1: what timed out at the server is sent again where it can not be written twice', async () => {
    server.faults.timeOutAfterCommit(2);
    expect(await right(append(1))).toMatchObject({ revision: 0 });
    server.faults.timeOutAfterCommit();
    expect(await right(append(2, 0))).toMatchObject({ revision: 1 });
    expect(await wholeStream(store, 'a')).toEqual([1, 2]);
  });

  test.each(['any', 'stream-exists'] as const)(
    'ES-D1: else what timed out at the server has an unknown outcome: %s',
    async (expected) => {
      await right(append(0));
      server.faults.timeOutAfterCommit();
      expect(await left(store.append('a', expected, [event(1)]))).toMatchObject({ code: 'outcome-unknown' });
      expect(await wholeStream(store, 'a')).toEqual([0, 1]);
    },
  );

  test('ES-D1: a server that keeps timing out leaves the outcome unknown, at the deadline', async () => {
    const hasty = await site.connect(`${server.connectionString}&defaultDeadline=300`);
    server.faults.timeOutAfterCommit(1_000);
    expect(await left(hasty.append('a', 'no-stream', [event(1)]))).toMatchObject({ code: 'outcome-unknown' });
    expect(await wholeStream(store, 'a')).toEqual([1]);
  });

  test('ES-D1: what timed out, and is turned away when it is sent again, has an unknown outcome', async () => {
    server.faults.timeOutAfterCommit();
    server.faults.turnAway(100);
    expect(await left(append(1))).toMatchObject({ code: 'outcome-unknown' });
    expect(await wholeStream(store, 'a')).toEqual([1]);
  });

  test('ES-R3: sent twice before the first can be read, both have the first result', async () => {
    // The second is sent again when its time is up.
    const hasty = startedWith({ features: { batchAppend }, writeTimeoutMs: 300 });
    const { server: lagging, store: one } = await hasty.start();
    const other = await hasty.connect(lagging.connectionString);
    await right(one.append('a', 'no-stream', [event(0)]));
    lagging.setIndexLag(100);
    const events = [event(1), event(2)] as const;
    const [first, second] = await Promise.all(
      [one, other].map((each) => right(each.append('a', 0, [...events]))),
    );
    expect(first).toEqual(second);
    expect(first).toMatchObject({ revision: 2 });
    lagging.setIndexLag(0);
    expect(await wholeStream(one, 'a')).toEqual([0, 1, 2]);
    await hasty.close();
  });

  test('one that is turned away by a busy server is sent again, and written once', async () => {
    server.faults.turnAway(2);
    await right(append(1));
    expect(await wholeStream(store, 'a')).toEqual([1]);
  });

  test('a server that turns everything away is unavailable, and has nothing of it', async () => {
    server.faults.turnAway(100);
    expect(await left(append(1))).toMatchObject({ code: 'unavailable' });
    expect(await wholeStream(store, 'a')).toEqual([]);
  });

  test('a server that is gone is unavailable; once it is back, appends go through', async () => {
    server.stop();
    expect(await left(append(1))).toMatchObject({
      code: expect.stringMatching(/unavailable|outcome-unknown/),
    });
    expect(await left(append(1))).toMatchObject({ code: 'unavailable' });
    server.start();
    let appended = await append(2, 'no-stream', 'b')();
    while (E.isLeft(appended)) appended = await append(2, 'no-stream', 'b')();
    expect(await wholeStream(store, 'b')).toEqual([2]);
    expect(await wholeStream(store, 'a')).toEqual([]);
  });

  test('many in flight are all written, each at a revision of its own', async () => {
    const numbers = Array.from({ length: 200 }, (__, n) => n);
    const appended = await Promise.all(numbers.map((n) => right(store.append('a', 'any', [event(n)]))));
    const found = await wholeStream(store, 'a');
    expect(appended.map(({ revision }) => found[revision])).toEqual(numbers);
    expect(found).toHaveLength(200);
  });

  test('cut off with many in flight: each is written at most once, and the answered ones are there', async () => {
    server.faults.dropAfterCommit(1, 20);
    const streams = Array.from({ length: 60 }, (__, n) => `s${n}`);
    const outcomes = await Promise.all(streams.map((stream) => append(stream, 'no-stream', stream)()));
    const found = await Promise.all(streams.map((stream) => wholeStream(store, stream)));
    expect(found.filter((events) => events.length > 1)).toEqual([]);
    const kinds = outcomes.map((outcome) => (E.isRight(outcome) ? 'done' : outcome.left));
    expect(found.filter((events, n) => kinds[n] === 'done' && events.length === 0)).toEqual([]);
    const faults = kinds.filter((kind) => kind !== 'done');
    expect(faults).toEqual(faults.map(() => expect.objectContaining({ code: 'outcome-unknown' }) as unknown));
    expect(outcomes.filter(E.isRight).length).toBeGreaterThanOrEqual(batchAppend ? 20 : 0);
  });

  test('a closed or broken store leaves another one of the same process alone', async () => {
    const other = await site.connect(server.connectionString);
    const appends = Array.from({ length: 50 }, (__, n) => append(n, 'no-stream', `s${n}`)());
    await other.close();
    for (const appended of await Promise.all(appends)) expect(appended._tag).toBe('Right');
  });

  test('a conflict tells where the stream ends', async () => {
    await right(append(0));
    await right(append(1, 0));
    expect(await left(append(2, 0))).toEqual({ _tag: 'AppendConflict', stream: 'a', expected: 0, actual: 1 });
    expect(await left(append(2, 3, 'none'))).toEqual({
      _tag: 'AppendConflict',
      stream: 'none',
      expected: 3,
      actual: 'no-stream',
    });
  });

  test('more than the server takes at once is too large, and nothing of it is written', async () => {
    const large = event('x'.repeat(1024 * 1024));
    expect(await left(store.append('a', 'no-stream', [event(), large]))).toMatchObject({ code: 'too-large' });
    expect(await wholeStream(store, 'a')).toEqual([]);
  });
});

describe('a cluster of three', () => {
  let site: ReturnType<typeof startedWith>;
  beforeEach(() => {
    site = startedWith({ nodes: 3 });
  });
  afterEach(() => site.close());

  test('is followed to its new leader', async () => {
    const { server, store } = await site.start();
    await right(store.append('a', 'no-stream', [event(0)]));
    for (const [n, node] of [server.nodes[1], server.nodes[2], server.nodes[0]].entries()) {
      node?.faults.becomeLeader();
      await right(store.append('a', n, [event(n + 1)]));
    }
    expect(await wholeStream(store, 'a')).toEqual([0, 1, 2, 3]);
  });

  test('is reached by a node that does not lead', async () => {
    const { server } = await site.start();
    const store = await site.connect(server.nodes[2]?.connectionString ?? '');
    await right(store.append('a', 'no-stream', [event(0)]));
    expect(await wholeStream(store, 'a')).toEqual([0]);
  });

  test('without a leader is unavailable, and writes nothing', async () => {
    const { server, store } = await site.start();
    for (const node of server.nodes) node.faults.becomeFollower();
    expect(await left(store.append('a', 'no-stream', [event(0)]))).toMatchObject({ code: 'unavailable' });
    server.nodes[0]?.faults.becomeLeader();
    expect(await wholeStream(store, 'a')).toEqual([]);
  });
});

describe('a server with TLS and users', () => {
  let site: ReturnType<typeof startedWith>;
  beforeEach(() => {
    site = startedWith({ tls: true });
  });
  afterEach(() => site.close());

  const refused = async (connectionString: string) => {
    const settings = parseConnectionString(connectionString);
    if (E.isLeft(settings)) throw settings.left;
    return left(connectEventStoreDb(settings.right));
  };

  test('takes appends of a user that it knows', async () => {
    const { store } = await site.start();
    await right(store.append('a', 'no-stream', [event(0)]));
    expect(await wholeStream(store, 'a')).toEqual([0]);
  });

  test('takes a certificate in place of a password', async () => {
    const { server } = await site.start();
    const { certFile, keyFile } = { ...server.issueUserCertificate('admin') };
    const store = await site.connect(
      `esdb://localhost:${server.port}?tlsCAFile=${encodeURIComponent(server.caFile ?? '')}` +
        `&userCertFile=${encodeURIComponent(certFile)}&userKeyFile=${encodeURIComponent(keyFile)}`,
    );
    expect(await right(store.append('a', 'no-stream', [event(0)]))).toMatchObject({ revision: 0 });
  });

  test('refuses a wrong password, which shows nowhere', async () => {
    const { server } = await site.start();
    const password = `wrong-${Date.now()}-password`;
    const fault = await refused(server.connectionString.replace(/:changeit@/, `:${password}@`));
    expect(fault.code).toBe('access-denied');
    expect(fault.message).toContain('password');
    const shown = inspect(fault, { depth: Infinity, showHidden: true }) + String(fault.stack);
    for (const form of [password, Buffer.from(`admin:${password}`).toString('base64')]) {
      expect(shown).not.toContain(form);
    }
  });

  test('is not trusted without the certificate of its authority', async () => {
    const { server } = await site.start();
    expect((await refused(server.connectionString.replace(/\?.*/, ''))).code).toBe('unavailable');
  });

  test('says which file can not be read', async () => {
    const fault = await refused('esdb://localhost?tlsCAFile=%2Fnowhere%2Fca.pem');
    expect(fault).toMatchObject({ code: 'invalid-argument' });
    expect(fault.message).toContain('/nowhere/ca.pem');
  });
});
