import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { AuthorizationRequest, Authorize } from './authorization';
import type { CallContext } from './context';
import type { Failure } from './failure';
import type { Keyturn } from './keyturn';
import { intercepted } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { watchedVault, type VaultWatch } from './testSupport/watchedVault';

const site = freshSite();

type Call = (keyturn: Keyturn, context: CallContext) => TaskEither<Failure, unknown>;

const KEY = '6f0c3a1e-0000-4000-8000-000000000000';

const useCases: ReadonlyArray<readonly [string, string, ReadonlyArray<string>, object, Call]> = [
  [
    'addKey',
    'AddKey',
    ['default-changes', 'vendor-called'],
    { vendor: 'anthropic' },
    (keyturn, context) =>
      keyturn.addKey(context, { vendor: 'anthropic', pasted: site().sandbox.issueKey('anthropic') }),
  ],
  [
    'validateKey',
    'ValidateKey',
    ['secret-released', 'vendor-called'],
    { keyId: KEY },
    (keyturn, context) => keyturn.validateKey(context, { keyId: KEY }),
  ],
  [
    'setDefault',
    'SetDefault',
    ['default-changes'],
    { keyId: KEY },
    (keyturn, context) => keyturn.setDefault(context, { keyId: KEY }),
  ],
  [
    'setDefault with the projects',
    'SetDefault',
    ['default-changes', 'project-defaults-change'],
    { keyId: KEY },
    (keyturn, context) => keyturn.setDefault(context, { keyId: KEY, projects: 'follow' }),
  ],
  [
    'clearProjectDefault',
    'ClearProjectDefault',
    ['default-changes'],
    { projectId: 'p1' },
    (keyturn, context) => keyturn.clearProjectDefault(context, { projectId: 'p1' }),
  ],
  [
    'deleteKey',
    'DeleteKey',
    [],
    { keyId: KEY },
    (keyturn, context) => keyturn.deleteKey(context, { keyId: KEY }),
  ],
  [
    'deleteKey with a successor',
    'DeleteKey',
    ['default-changes', 'project-defaults-change'],
    { keyId: KEY },
    (keyturn, context) => keyturn.deleteKey(context, { keyId: KEY, successor: KEY }),
  ],
  [
    'deleteKey of the last key',
    'DeleteKey',
    ['default-changes', 'project-defaults-change'],
    { keyId: KEY },
    (keyturn, context) => keyturn.deleteKey(context, { keyId: KEY, leaveEmpty: true }),
  ],
  [
    'hardDeleteKey',
    'HardDeleteKey',
    ['default-changes', 'project-defaults-change'],
    { keyId: KEY },
    (keyturn, context) => keyturn.hardDeleteKey(context, { keyId: KEY, caseId: 'C-1' }),
  ],
  [
    'reportLeak',
    'ReportLeak',
    [],
    { keyId: KEY },
    (keyturn, context) => keyturn.reportLeak(context, { keyId: KEY, caseId: 'C-1' }),
  ],
  [
    'startRun',
    'StartRun',
    [],
    { runId: 'r1' },
    (keyturn, context) => keyturn.startRun(context, { runId: 'r1' }),
  ],
  [
    'startRunWithSecret',
    'StartRun',
    ['secret-released'],
    { runId: 'r1' },
    (keyturn, context) => keyturn.startRunWithSecret(context, { runId: 'r1' }, () => TE.right(null)),
  ],
  [
    'resumeRun',
    'ResumeRun',
    [],
    { runId: 'r1' },
    (keyturn, context) => keyturn.resumeRun(context, { runId: 'r1' }),
  ],
  [
    'resumeRunWithSecret',
    'ResumeRun',
    ['secret-released'],
    { runId: 'r1' },
    (keyturn, context) => keyturn.resumeRunWithSecret(context, { runId: 'r1' }, () => TE.right(null)),
  ],
  [
    'finishRun',
    'FinishRun',
    [],
    { runId: 'r1' },
    (keyturn, context) => keyturn.finishRun(context, { runId: 'r1' }),
  ],
  [
    'closeWorkspace',
    'CloseWorkspace',
    ['default-changes', 'project-defaults-change'],
    {},
    (keyturn, context) => keyturn.closeWorkspace(context, { caseId: 'C-1' }),
  ],
  ['expireRuns', 'ExpireRuns', [], {}, (keyturn, context) => keyturn.expireRuns(context)],
  ['history', 'ReadHistory', [], {}, (keyturn, context) => keyturn.history(context)],
];

/** A service that may touch nothing: every read, append and call of the vault is noted. */
const untouched = (authorize: Authorize) => {
  const watch: VaultWatch = { calls: [] };
  const touch = (name: string) => watch.calls.push(name);
  const eventStore = intercepted(site().eventStore, {
    append: (next, ...args) => (touch('append'), next(...args)),
    readStream: (next, ...args) => (touch('read'), next(...args)),
    loadSnapshot: (next, stream) => (touch('snapshot'), next(stream)),
  });
  const log: unknown[] = [];
  const keyturn = site().another({
    eventStore: { ...eventStore, clock: () => (touch('clock'), site().eventStore.clock()) },
    vault: watchedVault(site().vault, watch),
    authorize,
    log: { info: (...line) => log.push(line), warn: (...line) => log.push(line) },
  });
  return { keyturn, watch, log };
};

describe.each(useCases)('%s', (_, action, impliedEffects, target, call) => {
  test('F-B16: asks for its action with what it implies; a no is logged by actor, and nothing is done', async () => {
    const asked: AuthorizationRequest[] = [];
    const { keyturn, watch, log } = untouched((request) => {
      asked.push(request);
      return Promise.resolve(false);
    });
    const refusal = await leftOf(call(keyturn, site().as()));
    expect(refusal).toMatchObject({ code: 'not-permitted', facts: { action } });
    expect(asked).toEqual([
      { actor: { kind: 'user', id: 'ada' }, workspaceId: 'acme', action, impliedEffects, target },
    ]);
    expect(watch.calls).toEqual([]);
    expect(site().sandbox.calls).toEqual([]);
    const actor = { kind: 'user', id: 'ada' };
    expect(log).toEqual([[{ actor, workspaceId: 'acme', action, code: 'not-permitted' }, 'not permitted']]);
  });
});

describe('the hook', () => {
  const start = (keyturn: Keyturn) => keyturn.startRun(site().as(), { runId: 'r1' });

  test.each<readonly [string, Authorize]>([
    ['rejects', () => Promise.reject(new Error('The directory is away.'))],
    [
      'throws',
      () => {
        throw new Error('The directory is away.');
      },
    ],
  ])('that %s is a fault, never a yes', async (_, authorize) => {
    const { keyturn, watch } = untouched(authorize);
    expect(await leftOf(start(keyturn))).toMatchObject({
      _tag: 'ServiceFault',
      code: 'authorisation-failed',
    });
    expect(watch.calls).toEqual([]);
  });

  test('that gives anything but true says no', async () => {
    const yes: unknown = JSON.parse('"yes"');
    const authorize: unknown = () => Promise.resolve(yes);
    const isHook = (hook: unknown): hook is Authorize => typeof hook === 'function';
    if (!isHook(authorize)) throw new Error('It is a function.');
    const { keyturn } = untouched(authorize);
    expect(await leftOf(start(keyturn))).toMatchObject({ code: 'not-permitted' });
  });

  test('is asked by everyone who opens a secret, before a run that is open', async () => {
    await addedKey(site());
    await expectRight(site().keyturn.startRun(site().as(), { runId: 'r1' }));
    const { keyturn } = untouched(({ impliedEffects }) =>
      Promise.resolve(!impliedEffects.includes('secret-released')),
    );
    await expectRight(keyturn.resumeRun(site().as(), { runId: 'r1' }));
    await expect(
      leftOf(keyturn.resumeRunWithSecret(site().as(), { runId: 'r1' }, () => TE.right(null))),
    ).resolves.toMatchObject({ code: 'not-permitted' });
  });
});

describe('a caller', () => {
  const jsonContext = (change: object): CallContext => {
    const parsed: unknown = { ...site().as(), ...change };
    const isContext = (value: unknown): value is CallContext => typeof value === 'object';
    if (!isContext(parsed)) throw new Error('It is an object.');
    return parsed;
  };

  test.each([
    ['the system itself', 'actor.kind', { actor: { kind: 'system', id: 'keyturn' } }],
    ['no actor id', 'actor.id', { actor: { kind: 'user', id: '' } }],
    [
      'an address as origin',
      'actor.originRef',
      { actor: { kind: 'user', id: 'ada', originRef: '10.0.0.1' } },
    ],
    ['no workspace id', 'workspaceId', { workspaceId: 'acme/../other' }],
    ['no command id', 'commandId', { commandId: 'a b' }],
    ['no correlation id', 'correlationId', { correlationId: 'x'.repeat(65) }],
    ['no causation id', 'causationId', { causationId: 7 }],
  ])('as %s is refused unasked', async (_, field, change) => {
    const { keyturn, watch } = untouched(() => Promise.reject(new Error('Nobody is to ask.')));
    const refusal = await leftOf(keyturn.startRun(jsonContext(change), { runId: 'r1' }));
    expect(refusal).toMatchObject({ code: 'invalid-input', facts: { field } });
    expect(watch.calls).toEqual([]);
  });

  test.each([
    ['issuedAt', { issuedAt: 1.5 }],
    ['issuedAt', { issuedAt: 'yesterday' }],
  ])('with a broken %s is refused', async (field, change) => {
    const refusal = await leftOf(site().keyturn.startRun(jsonContext(change), { runId: 'r1' }));
    expect(refusal).toMatchObject({ code: 'invalid-input', facts: { field } });
  });
});
