import { describe, expect, test } from '@jest/globals';
import { makeInMemoryEventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { randomUUID } from 'node:crypto';
import { isRefusal, type Failure } from './failure';
import type { Keyturn } from './keyturn';
import { acceptingProber } from './testSupport/acceptingProber';
import { intercepted, type Interception } from './testSupport/interceptedStore';
import { freshSite } from './testSupport/site';
import { storedEvents } from './testSupport/stream';

/** More than a keyring remembers, and than a page of events holds. */
const MANY = 2_200;

const site = freshSite();

/** Two services of one workspace; what the first sends to its store can be intercepted. */
const two = async () => {
  const stored = makeInMemoryEventStore();
  const by: Interception = {};
  const options = { prober: acceptingProber() };
  const one = site().another({ ...options, eventStore: intercepted(stored, by) });
  const other = site().another({ ...options, eventStore: stored });
  const pasted = site().sandbox.issueKey('anthropic');
  await expectRight(one.addKey(site().as(), { vendor: 'anthropic', pasted }));
  return { stored, by, one, other };
};

/** Many runs begun at once, all issued at one time, each under an id of its caller's. */
const startMany = (keyturn: Keyturn, issuedAt = Date.now()) =>
  Promise.all(
    Array.from({ length: MANY }, () =>
      keyturn.startRun(site().as({ commandId: randomUUID(), issuedAt }), { runId: randomUUID() })(),
    ),
  );

const pinsOf = async (stored: Parameters<typeof storedEvents>[0], runId: string) =>
  (await storedEvents(stored)).filter(({ type, data }) => type === 'RunKeyPinned' && data.includes(runId));

describe('SC-5: no fresh command is refused for its age', () => {
  test('however many of its own process it waits behind', async () => {
    const { one } = await two();
    const outcomes = await startMany(one);
    expect(outcomes.filter(E.isLeft)).toEqual([]);
  });

  test.each([
    ['an id that was made for it', undefined],
    ['an id of its caller', 'own-id'],
  ])('however many of another process came first, with %s', async (_, commandId) => {
    const { stored, by, one, other } = await two();
    by.append = (next, ...args) => {
      delete by.append;
      return async () => {
        expect((await startMany(other)).filter(E.isLeft)).toEqual([]);
        return next(...args)();
      };
    };
    const context = site().as(commandId === undefined ? {} : { commandId });
    await expectRight(one.startRun(context, { runId: 'waited' }));
    expect(await pinsOf(stored, 'waited')).toHaveLength(1);
  });

  test('and one that another process handled meanwhile, and has forgotten since, is not done twice', async () => {
    const { stored, by, one, other } = await two();
    const context = site().as({ commandId: 'own-id', issuedAt: Date.now() });
    by.append = (next, ...args) => {
      delete by.append;
      return async () => {
        await expectRight(other.startRun(context, { runId: 'waited' }));
        await expectRight(other.finishRun(site().as(), { runId: 'waited' }));
        expect((await startMany(other)).filter(E.isLeft)).toEqual([]);
        return next(...args)();
      };
    };
    const outcome = await one.startRun(context, { runId: 'waited' })();
    expect(E.isLeft(outcome) && isRefusal(outcome.left) ? outcome.left.code : outcome).toBe(
      'command-too-old',
    );
    expect(await pinsOf(stored, 'waited')).toHaveLength(1);
  });

  test('and a task that runs again is the same command again, though its id was made for it', async () => {
    const { stored, one, other } = await two();
    const task = one.startRun(site().as(), { runId: 'again' });
    await expectRight(task);
    await expectRight(other.finishRun(site().as(), { runId: 'again' }));
    expect((await startMany(other)).filter(E.isLeft)).toEqual([]);
    const outcome = await task();
    expect(E.isLeft(outcome) && isRefusal(outcome.left) ? outcome.left.code : outcome).toBe(
      'command-too-old',
    );
    expect(await pinsOf(stored, 'again')).toHaveLength(1);
  });
});

describe('SC-5: a task that runs again while its first run is still on its way', () => {
  /** What holds the first run up: once, until it is told to go on. */
  const holdUp = () => {
    let goOn = (): void => undefined;
    let held: Promise<void> | null = new Promise((resolve) => (goOn = resolve));
    const pass = async (): Promise<void> => {
      const first = held;
      held = null;
      await first;
    };
    return { pass, goOn };
  };
  const codeOf = (outcome: E.Either<Failure, unknown>) => (E.isLeft(outcome) ? outcome.left.code : 'handled');

  test('moves no Default back after its second run has, in whichever order they come through', async () => {
    const { pass, goOn } = holdUp();
    const options = { prober: acceptingProber(), eventStore: makeInMemoryEventStore() };
    const keyturn = site().another(options);
    const asking = site().another({ ...options, authorize: () => pass().then(() => true) });
    const add = async () => {
      const pasted = site().sandbox.issueKey('anthropic');
      return (await expectRight(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }))).key.keyId;
    };
    await add();
    const [asked, later] = [await add(), await add()];
    const task = asking.setDefault(site().as(), { keyId: asked });
    const first = task();
    await expectRight(task);
    await expectRight(keyturn.setDefault(site().as(), { keyId: later }));
    expect((await startMany(keyturn)).filter(E.isLeft)).toEqual([]);
    goOn();
    expect(codeOf(await first)).toBe('command-too-old');
    const { keyId } = await expectRight(keyturn.startRun(site().as(), { runId: 'next' }));
    expect(keyId).toBe(later);
  });

  test('hands no secret out for a run that has ended, though only the vault held the first run up', async () => {
    const { pass, goOn } = holdUp();
    const stored = makeInMemoryEventStore();
    const keyturn = site().another({ prober: acceptingProber(), eventStore: stored });
    const pasted = site().sandbox.issueKey('anthropic');
    await expectRight(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    const { vault } = site();
    const slow = site().another({
      eventStore: stored,
      vault: { ...vault, open: (gate, use) => () => pass().then(() => vault.open(gate, use)()) },
    });
    let handedOut = 0;
    const task = slow.startRunWithSecret(site().as(), { runId: 'again' }, () => {
      handedOut += 1;
      return TE.right(null);
    });
    const first = task();
    await expectRight(task);
    await expectRight(keyturn.finishRun(site().as(), { runId: 'again' }));
    const others = (await startMany(keyturn)).flatMap((started) =>
      E.isRight(started) ? [started.right] : [],
    );
    expect(others).toHaveLength(MANY);
    await Promise.all(others.map(({ runId }) => expectRight(keyturn.finishRun(site().as(), { runId }))));
    goOn();
    expect(codeOf(await first)).toBe('command-too-old');
    expect(handedOut).toBe(1);
    expect(await pinsOf(stored, 'again')).toHaveLength(1);
  });
});

test('SC-5: who met a conflict looks at what is new before the next command is decided', async () => {
  const { by, one, other } = await two();
  let appends = 0;
  let read = 0;
  by.append = (next, ...args) => {
    appends += 1;
    return next(...args);
  };
  by.readStream =
    (next, ...args) =>
    async () => {
      const page = await next(...args)();
      if (E.isRight(page)) read += page.right.events.length - 1;
      return page;
    };
  const start = (keyturn: Keyturn) => expectRight(keyturn.startRun(site().as(), { runId: randomUUID() }));
  await start(other);
  await start(one);
  expect(appends).toBe(2);
  await start(other);
  await start(one);
  expect({ appends, read }).toEqual({ appends: 3, read: 2 });
});

test('SC-7: a finish that is decided in one batch with its own start reads nothing back', async () => {
  const { by, one } = await two();
  await expectRight(one.startRun(site().as(), { runId: 'before' }));
  let reads = 0;
  by.readStream = (next, ...args) => {
    reads += 1;
    return next(...args);
  };
  const [started, finished, resumed] = await Promise.all([
    expectRight(one.startRun(site().as(), { runId: 'r1' })),
    expectRight(one.finishRun(site().as(), { runId: 'r1' })),
    expectRight(one.resumeRun(site().as(), { runId: 'before', leaseSeconds: 90 })),
    expectRight(one.finishRun(site().as(), { runId: 'before' })),
  ]);
  expect(finished.released).toEqual(['r1']);
  expect(started).toMatchObject({ runId: 'r1', choice: 'workspace-default', last4: resumed.last4 });
  expect(resumed).toMatchObject({ runId: 'before', keyId: started.keyId });
  expect(reads).toBe(0);
});
