import { describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ActOptions, Caller } from './context';
import type { Foreseen } from './act';
import { isKeyturnError } from './errors';
import type { AuthorizationRequest } from '@keyturn/service';
import type { Keyturn } from './keyturn';
import { openKeyturn } from './openKeyturn';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

interface Stage {
  readonly keyturn: Keyturn;
  /** Active, and the Default. */
  readonly first: string;
  /** Active. */
  readonly second: string;
  readonly pasted: string;
}

const onStage = async (): Promise<Stage> => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const add = async (): Promise<string> => {
    const added = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
    return added.key.keyId;
  };
  const [first, second] = [await add(), await add()];
  await keyturn.runs.start(ada, { runId: 'open' });
  return { keyturn, first, second, pasted: sandbox.issueKey('openai') };
};

type Options = ActOptions & { readonly dryRun?: false };
type DryOptions = ActOptions & { readonly dryRun: true };

/** Each act, in a form that both calls fit. */
const acts: ReadonlyArray<
  readonly [
    name: string,
    act: (stage: Stage, options: Options) => Promise<object>,
    dry: (stage: Stage, options: DryOptions) => Promise<Foreseen>,
  ]
> = [
  [
    'keys.add',
    ({ keyturn, pasted }, options) => keyturn.keys.add(ada, { vendor: 'openai', pasted }, options),
    ({ keyturn, pasted }, options) => keyturn.keys.add(ada, { vendor: 'openai', pasted }, options),
  ],
  [
    'keys.validate',
    ({ keyturn, second }, options) => keyturn.keys.validate(ada, { keyId: second }, options),
    ({ keyturn, second }, options) => keyturn.keys.validate(ada, { keyId: second }, options),
  ],
  [
    'keys.setDefault',
    ({ keyturn, second }, options) => keyturn.keys.setDefault(ada, { keyId: second }, options),
    ({ keyturn, second }, options) => keyturn.keys.setDefault(ada, { keyId: second }, options),
  ],
  [
    'keys.relabel',
    ({ keyturn, second }, options) => keyturn.keys.relabel(ada, { keyId: second, label: 'dev' }, options),
    ({ keyturn, second }, options) => keyturn.keys.relabel(ada, { keyId: second, label: 'dev' }, options),
  ],
  [
    'keys.setExpiry',
    ({ keyturn, second }, options) => keyturn.keys.setExpiry(ada, { keyId: second, expiresAt: 7 }, options),
    ({ keyturn, second }, options) => keyturn.keys.setExpiry(ada, { keyId: second, expiresAt: 7 }, options),
  ],
  [
    'keys.delete',
    ({ keyturn, first, second }, options) =>
      keyturn.keys.delete(ada, { keyId: first, successor: second }, options),
    ({ keyturn, first, second }, options) =>
      keyturn.keys.delete(ada, { keyId: first, successor: second }, options),
  ],
  [
    'keys.hardDelete',
    ({ keyturn, second }, options) =>
      keyturn.keys.hardDelete(ada, { keyId: second, caseId: 'case-1' }, options),
    ({ keyturn, second }, options) =>
      keyturn.keys.hardDelete(ada, { keyId: second, caseId: 'case-1' }, options),
  ],
  [
    'support.report',
    ({ keyturn, second }, options) =>
      keyturn.support.report(ada, { keyId: second, caseId: 'case-1' }, options),
    ({ keyturn, second }, options) =>
      keyturn.support.report(ada, { keyId: second, caseId: 'case-1' }, options),
  ],
  [
    'runs.start',
    ({ keyturn }, options) => keyturn.runs.start(ada, { runId: 'new' }, options),
    ({ keyturn }, options) => keyturn.runs.start(ada, { runId: 'new' }, options),
  ],
  [
    'runs.resume',
    ({ keyturn }, options) => keyturn.runs.resume(ada, { runId: 'open' }, options),
    ({ keyturn }, options) => keyturn.runs.resume(ada, { runId: 'open' }, options),
  ],
  [
    'runs.finish',
    ({ keyturn }, options) => keyturn.runs.finish(ada, { runId: 'open' }, options),
    ({ keyturn }, options) => keyturn.runs.finish(ada, { runId: 'open' }, options),
  ],
];

const recorded = async (keyturn: Keyturn): Promise<ReadonlyArray<string>> => {
  const { entries } = await keyturn.audit.page(ada, { order: 'oldest-first', limit: 1_000 });
  return entries.map(({ type }) => type);
};

describe.each(acts)('%s', (_name, act, dry) => {
  test('says with dryRun what it then does, and does nothing of it', async () => {
    const stage = await onStage();
    const { keyturn } = stage;
    const before = await recorded(keyturn);
    const calls = at().sandbox.calls.length;
    const foreseen = await dry(stage, { dryRun: true });
    expect(foreseen.dryRun).toBe(true);
    expect(foreseen.events.length).toBeGreaterThan(0);
    await expect(recorded(keyturn)).resolves.toEqual(before);
    expect(at().sandbox.calls).toHaveLength(calls);
    expect(JSON.parse(JSON.stringify(foreseen))).toEqual(foreseen);
    await act(stage, { ifRevision: foreseen.keyringRevision });
    const after = (await recorded(keyturn)).slice(before.length);
    expect(after.slice(0, foreseen.events.length)).toEqual(foreseen.events.map(({ type }) => type));
  });

  test('is refused at another revision, with and without dryRun', async () => {
    const stage = await onStage();
    const refused = { kind: 'refusal', code: 'revision-conflict', retryable: false };
    await expect(act(stage, { ifRevision: 0 })).rejects.toMatchObject(refused);
    await expect(dry(stage, { ifRevision: 0, dryRun: true })).rejects.toMatchObject(refused);
  });

  test('sent again under its key changes nothing', async () => {
    const stage = await onStage();
    const options = { idempotencyKey: randomUUID() };
    await act(stage, options);
    const before = await recorded(stage.keyturn);
    const again = await act(stage, options);
    expect(JSON.parse(JSON.stringify(again))).toEqual(again);
    await expect(recorded(stage.keyturn)).resolves.toEqual(before);
  });

  test('with a signal that has aborted does nothing', async () => {
    const stage = await onStage();
    const before = await recorded(stage.keyturn);
    await expect(act(stage, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    await expect(recorded(stage.keyturn)).resolves.toEqual(before);
  });
});

describe('the hook', () => {
  test('F-B8: is asked about every act and every query, and its no ends each', async () => {
    const { options, opened } = at();
    const asked: Array<AuthorizationRequest['action']> = [];
    const keyturn = opened(
      await openKeyturn({
        ...options,
        authorize: ({ action }) => {
          asked.push(action);
          return false;
        },
      }),
    );
    const keyId = 'key-1';
    const runId = 'run-1';
    const calls: ReadonlyArray<() => Promise<unknown>> = [
      () => keyturn.keys.add(ada, { vendor: 'openai', pasted: at().sandbox.issueKey('openai') }),
      () => keyturn.keys.validate(ada, { keyId }),
      () => keyturn.keys.setDefault(ada, { keyId }),
      () => keyturn.keys.clearDefault(ada, { projectId: 'docs' }),
      () => keyturn.keys.delete(ada, { keyId }),
      () => keyturn.keys.hardDelete(ada, { keyId, caseId: 'case-1' }),
      () => keyturn.keys.list(ada),
      () => keyturn.keys.find(ada, { idPrefix: 'key-1' }),
      () => keyturn.support.report(ada, { keyId, caseId: 'case-1' }),
      () => keyturn.runs.use(ada, { runId }, () => 'never'),
      () => keyturn.runs.start(ada, { runId }),
      () => keyturn.runs.resume(ada, { runId }),
      () => keyturn.runs.finish(ada, { runId }),
      () => keyturn.runs.expire(ada, undefined),
      () => keyturn.runs.list(ada),
      () => keyturn.audit.page(ada),
      () => keyturn.history.at(ada),
      () => keyturn.keys.delete(ada, { keyId }, { dryRun: true }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'not-permitted' });
    expect(asked).toHaveLength(calls.length);
  });

  test("is not asked about housekeeping, whose name is nobody else's to take", async () => {
    const { options, opened } = at();
    const keyturn = opened(await openKeyturn({ ...options, authorize: () => false }));
    await expect(keyturn.housekeeping.sweep()).resolves.toMatchObject({ pending: [] });
    const posing: Caller = { kind: 'service', id: 'keyturn-housekeeping' };
    const ctx = { ...ada, actor: posing };
    await expect(keyturn.runs.expire(ctx, undefined)).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(keyturn.keys.list(ctx)).rejects.toMatchObject({ kind: 'refusal' });
  });
});

describe('reading what was written', () => {
  test('sees its own writes at once, and those of another by their position', async () => {
    const { open, sandbox } = at();
    const writer = await open({ housekeeping: true });
    const reader = await open({ housekeeping: true });
    const { key, position } = await writer.keys.add(ada, {
      vendor: 'openai',
      pasted: sandbox.issueKey('openai'),
    });
    await expect(writer.keys.list(ada)).resolves.toMatchObject([{ keyId: key.keyId }]);
    await expect(reader.keys.list(ada, undefined, { after: position })).resolves.toMatchObject([
      { keyId: key.keyId },
    ]);
  });

  test('refuses what is no position', async () => {
    const keyturn = await at().open();
    await expect(keyturn.keys.list(ada, undefined, { after: 'soon' })).rejects.toMatchObject({
      code: 'invalid-query',
    });
  });
});

describe('an error', () => {
  test('F-B11: rejects, tells itself in JSON, narrows by its code, and holds nothing of a key', async () => {
    const { open, sandbox } = at();
    const keyturn = await open();
    const pasted = ` ${sandbox.issueKey('openai')}`;
    const error: unknown = await keyturn.keys
      .add(ada, { vendor: 'openai', pasted })
      .catch((thrown: unknown) => thrown);
    if (!isKeyturnError(error) || error.code !== 'paste-white-space')
      throw new Error('not refused for white space');
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      kind: 'refusal',
      code: 'paste-white-space',
      message: error.message,
      facts: error.facts,
      next: error.next,
      retryable: false,
    });
    expect(JSON.stringify(error)).not.toContain(pasted.trim());
  });
});

describe('closing', () => {
  test('twice is closing once', async () => {
    const keyturn = await at().open({ housekeeping: true });
    await Promise.all([keyturn.close(), keyturn.close()]);
    await expect(keyturn.close()).resolves.toBeUndefined();
  });
});
