import { describe, expect, test } from '@jest/globals';
import { defaultPolicy } from '@keyturn/domain';
import { expectRight } from '@keyturn/testbed';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { CallContext } from './context';
import type { Failure } from './failure';
import type { Keyturn } from './keyturn';
import { acceptingProber } from './testSupport/acceptingProber';
import { leftOf } from './testSupport/leftOf';
import { freshSite } from './testSupport/site';
import { eventTypes } from './testSupport/stream';

const site = freshSite();

type Call = (keyturn: Keyturn, context: CallContext) => TaskEither<Failure, object>;

/** A workspace with two active keys, a retired one, a project's Default and two runs. */
const furnished = async () => {
  let now = Date.now() - 60_000;
  const prober = acceptingProber();
  const make = (policy = defaultPolicy) => site().another({ prober, clock: () => (now += 1), policy });
  const keyturn = make();
  const [first, second, third] = [
    site().sandbox.issueKey('anthropic'),
    site().sandbox.issueKey('openai'),
    site().sandbox.issueKey('openai'),
  ];
  const add = async (vendor: string, pasted: string) =>
    (await expectRight(keyturn.addKey(site().as(), { vendor, pasted }))).key.keyId;
  const a = await add('anthropic', first);
  const b = await add('openai', second);
  await expectRight(keyturn.setDefault(site().as(), { keyId: b, projectId: 'p1' }));
  await expectRight(keyturn.startRun(site().as(), { runId: 'r1', leaseSeconds: 1 }));
  const later = () => {
    now += 60_000;
  };
  return { keyturn, make, prober, a, b, third, later };
};

type Furnished = Awaited<ReturnType<typeof furnished>>;

const useCases: ReadonlyArray<readonly [string, (at: Furnished) => Call, (at: Furnished) => Call]> = [
  [
    'addKey',
    ({ third }) =>
      (keyturn, context) =>
        keyturn.addKey(context, { vendor: 'openai', pasted: third }),
    ({ third }) =>
      (keyturn, context) =>
        keyturn.addKey(context, { vendor: 'openai', pasted: third, label: 'other' }),
  ],
  [
    'validateKey',
    ({ a }) =>
      (keyturn, context) =>
        keyturn.validateKey(context, { keyId: a }),
    ({ b }) =>
      (keyturn, context) =>
        keyturn.validateKey(context, { keyId: b }),
  ],
  [
    'setDefault',
    ({ b }) =>
      (keyturn, context) =>
        keyturn.setDefault(context, { keyId: b }),
    ({ a }) =>
      (keyturn, context) =>
        keyturn.setDefault(context, { keyId: a }),
  ],
  [
    'clearProjectDefault',
    () => (keyturn, context) => keyturn.clearProjectDefault(context, { projectId: 'p1' }),
    () => (keyturn, context) => keyturn.clearProjectDefault(context, { projectId: 'p2' }),
  ],
  [
    'deleteKey that retires',
    ({ a, b }) =>
      (keyturn, context) =>
        keyturn.deleteKey(context, { keyId: a, successor: b }),
    ({ a }) =>
      (keyturn, context) =>
        keyturn.deleteKey(context, { keyId: a }),
  ],
  [
    'deleteKey that hard-deletes',
    ({ a, b }) =>
      (keyturn, context) =>
        keyturn.deleteKey(context, { keyId: b, successor: a }),
    ({ b }) =>
      (keyturn, context) =>
        keyturn.deleteKey(context, { keyId: b, leaveEmpty: true }),
  ],
  [
    'hardDeleteKey',
    ({ a, b }) =>
      (keyturn, context) =>
        keyturn.hardDeleteKey(context, { keyId: a, successor: b, caseId: 'C-1' }),
    ({ a, b }) =>
      (keyturn, context) =>
        keyturn.hardDeleteKey(context, { keyId: a, successor: b, caseId: 'C-2' }),
  ],
  [
    'reportLeak',
    ({ a }) =>
      (keyturn, context) =>
        keyturn.reportLeak(context, { keyId: a, caseId: 'C-1' }),
    ({ a }) =>
      (keyturn, context) =>
        keyturn.reportLeak(context, { keyId: a, caseId: 'C-2' }),
  ],
  [
    'startRun',
    () => (keyturn, context) => keyturn.startRun(context, { runId: 'r2' }),
    () => (keyturn, context) => keyturn.startRun(context, { runId: 'r3' }),
  ],
  [
    'resumeRun',
    () => (keyturn, context) => keyturn.resumeRun(context, { runId: 'r1' }),
    () => (keyturn, context) => keyturn.resumeRun(context, { runId: 'r1', leaseSeconds: 60 }),
  ],
  [
    'finishRun',
    () => (keyturn, context) => keyturn.finishRun(context, { runId: 'r1' }),
    () => (keyturn, context) => keyturn.finishRun(context, { runId: 'r1', outcome: 'failed' }),
  ],
  [
    'expireRuns',
    ({ later }) =>
      (keyturn, context) => {
        later();
        return keyturn.expireRuns(context);
      },
    () => (keyturn, context) => keyturn.startRun(context, { runId: 'r9' }),
  ],
];

describe.each(useCases)('%s', (_, callOf, otherOf) => {
  test('the same command id again: the same answer; for another request, or by someone else: refused', async () => {
    const at = await furnished();
    const context = site().as({ commandId: 'once' });
    const call = callOf(at);
    const first = await expectRight(call(at.keyturn, context));
    const types = await eventTypes(site().eventStore);
    const { calls } = at.prober;
    for (const service of [at.keyturn, at.make()]) {
      const again = await expectRight(call(service, context));
      expect(again).toEqual({ ...first, keyringRevision: types.length - 1, position: null });
    }
    const byBob = { ...context, actor: { kind: 'user', id: 'bob' } } as const;
    for (const other of [otherOf(at)(at.keyturn, context), call(at.keyturn, byBob)]) {
      await expect(leftOf(other)).resolves.toMatchObject({ code: 'command-id-reused' });
    }
    expect(await eventTypes(site().eventStore)).toEqual(types);
    expect(at.prober.calls).toBe(calls);
  });

  test('a task that is run twice is the same command twice', async () => {
    const at = await furnished();
    const task = callOf(at)(at.keyturn, site().as());
    const first = await expectRight(task);
    const types = await eventTypes(site().eventStore);
    expect(await expectRight(task)).toEqual({ ...first, keyringRevision: types.length - 1, position: null });
    expect(await eventTypes(site().eventStore)).toEqual(types);
  });

  test("an expected revision that is not the keyring's: refused; that is: done", async () => {
    const at = await furnished();
    const revision = (await eventTypes(site().eventStore)).length - 1;
    const call = callOf(at);
    await expect(
      leftOf(call(at.keyturn, site().as({ expectedRevision: revision - 1 }))),
    ).resolves.toMatchObject({ code: 'revision-conflict', facts: { actual: revision } });
    expect(await eventTypes(site().eventStore)).toHaveLength(revision + 1);
    await expectRight(call(at.keyturn, site().as({ expectedRevision: revision })));
  });
});

describe('a command that waited for too long', () => {
  test('is refused when nobody remembers whether it was handled', async () => {
    const at = await furnished();
    const keyturn = at.make({ ...defaultPolicy, memoryLimit: 16 });
    const issuedAt = Date.now() - 120_000;
    const context = site().as({ commandId: 'once', issuedAt });
    await expectRight(keyturn.setDefault(context, { keyId: at.b }));
    for (let n = 0; n < 40; n += 1) {
      await expectRight(keyturn.resumeRun(site().as(), { runId: 'r1' }));
    }
    await expect(leftOf(keyturn.setDefault(context, { keyId: at.b }))).resolves.toMatchObject({
      code: 'command-too-old',
    });
  });

  const issuedLongAgo = async () => {
    const at = await furnished();
    const keyturn = at.make({ ...defaultPolicy, memoryLimit: 16 });
    for (let n = 0; n < 40; n += 1) {
      await expectRight(keyturn.resumeRun(site().as(), { runId: 'r1' }));
    }
    return { ...at, keyturn, context: site().as({ issuedAt: Date.now() - 120_000 }) };
  };

  test('is foreseen as it is handled where its id was made for it: as one that nobody sent before', async () => {
    const { keyturn, context, a, b } = await issuedLongAgo();
    const { foresee } = keyturn;
    expect((await expectRight(foresee.setDefault(context, { keyId: b }))).events).toHaveLength(1);
    const closing = await expectRight(foresee.closeWorkspace(context, { caseId: 'CASE-1' }));
    expect(closing.events[0]?.type).toBe('WorkspaceClosed');
    await expectRight(keyturn.setDefault(context, { keyId: b }));
    expect((await expectRight(foresee.deleteKey(context, { keyId: a }))).events).not.toEqual([]);
  });

  test('is checked before a hard delete as it is handled', async () => {
    const { keyturn, context, a, b } = await issuedLongAgo();
    const { key } = await expectRight(
      keyturn.hardDeleteKey(context, { keyId: b, successor: a, caseId: 'CASE-1', killCheck: true }),
    );
    expect(key.status).toBe('hard-deleted');
  });
});
