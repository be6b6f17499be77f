import { describe, expect, test } from '@jest/globals';
import type { KeyringEvent } from '@keyturn/domain';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { AuthorizationRequest } from './authorization';
import type { CallContext } from './context';
import type { Failure } from './failure';
import type { Foreseen } from './foresight';
import type { Keyturn } from './keyturn';
import { acceptingProber } from './testSupport/acceptingProber';
import { intercepted } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { historyOf, storedEvents } from './testSupport/stream';
import { watchedVault, type VaultWatch } from './testSupport/watchedVault';

const site = freshSite();

/** A workspace with two active keys, a project's Default and an open run. */
const furnished = async () => {
  const a = (await addedKey(site())).key.keyId;
  const b = (await addedKey(site(), 'openai')).key.keyId;
  await expectRight(site().keyturn.setDefault(site().as(), { keyId: b, projectId: 'p1' }));
  await expectRight(site().keyturn.startRun(site().as(), { runId: 'r1', leaseSeconds: 1 }));
  const pasted = site().sandbox.issueKey('openai');
  return { a, b, pasted };
};

type At = Awaited<ReturnType<typeof furnished>>;
type Act = (keyturn: Keyturn, context: CallContext, at: At) => TaskEither<Failure, unknown>;
type Forecast = (keyturn: Keyturn, context: CallContext, at: At) => TaskEither<Failure, Foreseen>;

const nothing = () => TE.right(null);

const acts: ReadonlyArray<readonly [string, Act, Forecast]> = [
  [
    'addKey',
    (keyturn, context, { pasted }) => keyturn.addKey(context, { vendor: 'openai', pasted, label: 'CI' }),
    ({ foresee }, context, { pasted }) => foresee.addKey(context, { vendor: 'openai', pasted, label: 'CI' }),
  ],
  [
    'validateKey',
    (keyturn, context, { a }) => keyturn.validateKey(context, { keyId: a }),
    ({ foresee }, context, { a }) => foresee.validateKey(context, { keyId: a }),
  ],
  [
    'setDefault',
    (keyturn, context, { b }) => keyturn.setDefault(context, { keyId: b }),
    ({ foresee }, context, { b }) => foresee.setDefault(context, { keyId: b }),
  ],
  [
    'clearProjectDefault',
    (keyturn, context) => keyturn.clearProjectDefault(context, { projectId: 'p1' }),
    ({ foresee }, context) => foresee.clearProjectDefault(context, { projectId: 'p1' }),
  ],
  [
    'deleteKey that retires',
    (keyturn, context, { a, b }) => keyturn.deleteKey(context, { keyId: a, successor: b }),
    ({ foresee }, context, { a, b }) => foresee.deleteKey(context, { keyId: a, successor: b }),
  ],
  [
    'deleteKey that destroys',
    (keyturn, context, { a, b }) => keyturn.deleteKey(context, { keyId: b, successor: a }),
    ({ foresee }, context, { a, b }) => foresee.deleteKey(context, { keyId: b, successor: a }),
  ],
  [
    'hardDeleteKey',
    (keyturn, context, { a, b }) => keyturn.hardDeleteKey(context, { keyId: a, successor: b, caseId: 'C-1' }),
    ({ foresee }, context, { a, b }) =>
      foresee.hardDeleteKey(context, { keyId: a, successor: b, caseId: 'C-1' }),
  ],
  [
    'reportLeak',
    (keyturn, context, { a }) => keyturn.reportLeak(context, { keyId: a, caseId: 'C-1' }),
    ({ foresee }, context, { a }) => foresee.reportLeak(context, { keyId: a, caseId: 'C-1' }),
  ],
  [
    'startRun',
    (keyturn, context) => keyturn.startRun(context, { runId: 'r2', projectId: 'p1' }),
    ({ foresee }, context) => foresee.startRun(context, { runId: 'r2', projectId: 'p1' }),
  ],
  [
    'startRunWithSecret',
    (keyturn, context) => keyturn.startRunWithSecret(context, { runId: 'r2' }, nothing),
    ({ foresee }, context) => foresee.startRunWithSecret(context, { runId: 'r2' }),
  ],
  [
    'startRunWithSecret of an open run',
    (keyturn, context) => keyturn.startRunWithSecret(context, { runId: 'r1', leaseSeconds: 60 }, nothing),
    ({ foresee }, context) => foresee.startRunWithSecret(context, { runId: 'r1', leaseSeconds: 60 }),
  ],
  [
    'resumeRun',
    (keyturn, context) => keyturn.resumeRun(context, { runId: 'r1', leaseSeconds: 60 }),
    ({ foresee }, context) => foresee.resumeRun(context, { runId: 'r1', leaseSeconds: 60 }),
  ],
  [
    'resumeRunWithSecret',
    (keyturn, context) => keyturn.resumeRunWithSecret(context, { runId: 'r1' }, nothing),
    ({ foresee }, context) => foresee.resumeRunWithSecret(context, { runId: 'r1' }),
  ],
  [
    'finishRun',
    (keyturn, context) => keyturn.finishRun(context, { runId: 'r1', outcome: 'failed' }),
    ({ foresee }, context) => foresee.finishRun(context, { runId: 'r1', outcome: 'failed' }),
  ],
];

/** A service that notes what it changes, and answers by a clock that stands still. */
const watched = (
  authorize: (request: AuthorizationRequest) => Promise<boolean> = () => Promise.resolve(true),
) => {
  const watch: VaultWatch = { calls: [] };
  const changes: string[] = [];
  const now = Date.now();
  const keyturn = site().another({
    eventStore: intercepted(site().eventStore, {
      append: (next, ...args) => (changes.push('append'), next(...args)),
      saveSnapshot: (next, ...args) => (changes.push('snapshot'), next(...args)),
    }),
    vault: watchedVault(site().vault, watch),
    authorize,
    clock: () => now,
  });
  return { keyturn, watch, changes };
};

/** Without what is made anew for each command: the id of an added key. */
const comparable = ({ type, data }: KeyringEvent): object => ({
  type,
  data: { ...data, ...(type === 'KeyAdded' || type === 'DefaultChanged' ? { keyId: null, to: null } : {}) },
});

describe.each(acts)('%s, foreseen', (_, act, forecast) => {
  test('is what the act then records, and changes nothing', async () => {
    const at = await furnished();
    const { keyturn, watch, changes } = watched();
    const before = await storedEvents(site().eventStore);
    const testCalls = site().sandbox.calls.length;
    const foreseen = await expectRight(forecast(keyturn, site().as(), at));
    expect(foreseen.keyringRevision).toBe(before.length - 1);
    expect(foreseen.events.length).toBeGreaterThan(0);
    expect(changes).toEqual([]);
    expect(watch.calls).toEqual([]);
    expect(site().sandbox.calls).toHaveLength(testCalls);
    expect(await storedEvents(site().eventStore)).toEqual(before);

    await expectRight(act(keyturn, site().as(), at));
    const recorded = (await historyOf(site().eventStore)).slice(before.length).map(({ event }) => event);
    expect(recorded.slice(0, foreseen.events.length).map(comparable)).toEqual(
      foreseen.events.map(comparable),
    );
  });

  test('asks the hook what the act asks, and is refused as it is', async () => {
    const at = await furnished();
    const asked: AuthorizationRequest[] = [];
    const { keyturn } = watched((request) => {
      asked.push(request);
      return Promise.resolve(false);
    });
    const refusals = [
      await leftOf(act(keyturn, site().as(), at)),
      await leftOf(forecast(keyturn, site().as(), at)),
    ];
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
    expect(refusals[1]).toEqual(refusals[0]);
  });

  test('is refused for a revision that is not the keyring’s, and cancelled, as the act is', async () => {
    const at = await furnished();
    const { keyturn } = watched();
    for (const context of [site().as({ expectedRevision: 0 }), site().as({ signal: AbortSignal.abort() })]) {
      expect(await leftOf(forecast(keyturn, context, at))).toEqual(await leftOf(act(keyturn, context, at)));
    }
  });
});

describe('what is foreseen', () => {
  test('of a command that was handled before is nothing', async () => {
    const at = await furnished();
    const { keyturn } = watched();
    const context = site().as({ commandId: 'once' });
    await expectRight(keyturn.setDefault(context, { keyId: at.b }));
    const { events } = await expectRight(keyturn.foresee.setDefault(context, { keyId: at.b }));
    expect(events).toEqual([]);
  });

  test('of what is so already is nothing', async () => {
    const at = await furnished();
    const { keyturn } = watched();
    const start = { runId: 'r1', leaseSeconds: 1 };
    for (const foreseen of [
      keyturn.foresee.setDefault(site().as(), { keyId: at.a }),
      keyturn.foresee.startRun(site().as(), start),
      keyturn.foresee.finishRun(site().as(), { runId: 'r9' }),
      keyturn.foresee.expireRuns(site().as()),
    ]) {
      expect((await expectRight(foreseen)).events).toEqual([]);
    }
  });

  test('are the runs whose lease ran out', async () => {
    await furnished();
    const now = Date.now() + 5_000;
    const keyturn = site().another({
      eventStore: { ...site().eventStore, clock: TE.right(now) },
      clock: () => now,
    });
    const { events } = await expectRight(keyturn.foresee.expireRuns(site().as()));
    expect(events).toMatchObject([{ type: 'RunKeyReleased', data: { runId: 'r1' } }]);
    expect(await expectRight(keyturn.expireRuns(site().as()))).toMatchObject({ released: ['r1'] });
  });

  test('is what other processes have written, too', async () => {
    const at = await furnished();
    const keyturn = site().another();
    await expectRight(keyturn.setDefault(site().as(), { keyId: at.b }));
    await expectRight(site().keyturn.setDefault(site().as(), { keyId: at.a }));
    const { events } = await expectRight(keyturn.foresee.setDefault(site().as(), { keyId: at.b }));
    expect(events).toMatchObject([{ type: 'DefaultChanged' }]);
  });

  test('of a run that is to be new and is open is its refusal', async () => {
    await furnished();
    const request = { runId: 'r1', leaseSeconds: 1, onlyNew: true };
    const { keyturn } = watched();
    expect(await leftOf(keyturn.foresee.startRunWithSecret(site().as(), request))).toMatchObject({
      code: 'run-already-open',
    });
  });

  test.each<readonly [string, (at: At) => object, string]>([
    ['a paste that is no key', () => ({ pasted: 'no key' }), 'paste-'],
    ['a vendor that nobody knows', () => ({ vendor: 'no-such-vendor' }), 'unknown-vendor'],
    ['a secret in the label', ({ pasted }) => ({ label: pasted.slice(0, 40) }), 'text-contains-secret'],
  ])('of an add of %s is the act’s refusal', async (_, change, code) => {
    const at = await furnished();
    const { keyturn, watch } = watched();
    const request = { vendor: 'openai', pasted: at.pasted, ...change(at) };
    const foreseen = await leftOf(keyturn.foresee.addKey(site().as(), request));
    expect(foreseen.code).toMatch(code);
    expect(await leftOf(keyturn.addKey(site().as(), request))).toEqual(foreseen);
    expect(watch.calls).toEqual([]);
  });

  test('of an add of a key that is on file is the act’s refusal', async () => {
    const { pasted } = await addedKey(site());
    const { keyturn } = watched();
    const request = { vendor: 'anthropic', pasted };
    const foreseen = await leftOf(keyturn.foresee.addKey(site().as(), request));
    expect(foreseen).toMatchObject({ code: 'key-already-on-file' });
    expect(await leftOf(keyturn.addKey(site().as(), request))).toEqual(foreseen);
  });

  test('counts no test call, and says that there is room for none', async () => {
    const { key } = await addedKey(site());
    const keyturn = site().another({ prober: acceptingProber(), testCallsPerMinute: 1 });
    const foresee = () => keyturn.foresee.validateKey(site().as(), { keyId: key.keyId });
    expect(E.isRight(await foresee()())).toBe(true);
    expect(E.isRight(await foresee()())).toBe(true);
    await expectRight(keyturn.validateKey(site().as(), { keyId: key.keyId }));
    expect(await leftOf(foresee())).toMatchObject({ code: 'rate-limited' });
    const pasted = site().sandbox.issueKey('openai');
    expect(await leftOf(keyturn.foresee.addKey(site().as(), { vendor: 'openai', pasted }))).toMatchObject({
      code: 'rate-limited',
    });
  });
});
