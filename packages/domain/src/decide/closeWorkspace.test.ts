import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import type { CommandBody } from '../commands';
import { defaultDecider } from '../decider';
import type { CommandId } from '../ids';
import { listedKeys } from '../state/keyring';
import {
  accept,
  add,
  clearDefault,
  closeWorkspace,
  command,
  confirm,
  destroyKeys,
  exactly,
  finish,
  hardDelete,
  remove,
  reportLeak,
  resume,
  setDefault,
  start,
  T0,
} from '../testSupport/commands';
import { given } from '../testSupport/given';

const past = [
  add('k1'),
  accept('k1'),
  add('k2'),
  accept('k2'),
  add('k3'),
  accept('k3'),
  setDefault('k2', 'docs'),
  start('r1'),
  start('r3', { choice: exactly('k3') }),
  remove('k3'),
] as const;

describe('CloseWorkspace', () => {
  test('says how many keys and runs go with it, and is said once', () => {
    expect(given(...past).when(closeWorkspace)).toEqual({
      emitted: [{ type: 'WorkspaceClosed', data: { caseId: 'LEFT-3', keys: 3, openRuns: 2 } }],
    });
    expect(given(...past, closeWorkspace).when(closeWorkspace)).toEqual({ emitted: [] });
  });

  test('remembers the first case, and when it was', () => {
    const { keyring } = given(...past, closeWorkspace, destroyKeys, {
      ...closeWorkspace,
      caseId: 'LATER' as never,
    } as CommandBody);
    expect(keyring.closed).toEqual({ caseId: 'LEFT-3', at: T0 + 10_000, revision: 11 });
  });

  test('a workspace that no event names can not be closed: the name is mistyped', () => {
    expect(given().when(closeWorkspace)).toMatchObject({
      refused: 'unknown-workspace',
      facts: { workspaceId: 'acme' },
      message: expect.stringContaining('No event names workspace acme'),
    });
  });

  const begins: ReadonlyArray<readonly [string, CommandBody]> = [
    ['AddKey', add('k9')],
    ['StartTestCall', { type: 'StartTestCall', keyId: 'k1' as never, purpose: 'validate' }],
    ['SetDefault', setDefault('k2')],
    ['ClearProjectDefault', clearDefault('docs')],
    ['StartRun', start('r9')],
    ['StartRun of an open run', start('r1')],
    ['ResumeRun', resume('r1')],
  ];
  test.each(begins)('from then on refuses %s', (_, body) => {
    expect(given(...past, closeWorkspace).when(body)).toMatchObject({
      refused: 'workspace-closed',
      facts: { workspaceId: 'acme', caseId: 'LEFT-3', closedAt: T0 + 10_000 },
      message: expect.stringContaining('under case LEFT-3'),
    });
  });

  const ends: ReadonlyArray<readonly [string, CommandBody]> = [
    ['FinishRun', finish('r1')],
    ['DeleteKey', remove('k2', { successor: 'k1' })],
    ['HardDeleteKey', hardDelete('k2', { successor: 'k1' })],
    ['ReportLeak', reportLeak('k1')],
  ];
  test.each(ends)('lets %s come to its end', (_, body) => {
    expect(given(...past, closeWorkspace).when(body)).toHaveProperty('emitted.0');
  });
});

describe('DestroyWorkspaceKeys', () => {
  test('does nothing in an open workspace', () => {
    expect(given(...past).when(destroyKeys)).toEqual({ emitted: [] });
  });

  test('takes retired keys first and the Default last, with every Default and the runs that it interrupts', () => {
    const byClosing = { cause: 'workspace-closed', reason: null, caseId: 'LEFT-3' };
    expect(given(...past, closeWorkspace).when(destroyKeys)).toEqual({
      emitted: [
        { type: 'KeyHardDeleted', data: { keyId: 'k3', ...byClosing, interruptedRuns: ['r3'] } },
        {
          type: 'DefaultChanged',
          data: {
            scope: { kind: 'project', projectId: 'docs' },
            keyId: null,
            previousKeyId: 'k2',
            cause: 'workspace-closed',
          },
        },
        { type: 'KeyHardDeleted', data: { keyId: 'k2', ...byClosing, interruptedRuns: [] } },
        {
          type: 'DefaultChanged',
          data: {
            scope: { kind: 'workspace' },
            keyId: null,
            previousKeyId: 'k1',
            cause: 'workspace-closed',
          },
        },
        { type: 'KeyHardDeleted', data: { keyId: 'k1', ...byClosing, interruptedRuns: ['r1'] } },
      ],
    });
    const done = given(...past, closeWorkspace, destroyKeys);
    expect(done.list()).toEqual([]);
    expect(done.when(destroyKeys)).toEqual({ emitted: [] });
    expect(done.when(confirm('k1'))).toMatchObject({ emitted: [{ type: 'KeySecretDestroyed' }] });
    expect(done.when(finish('r1'))).toMatchObject({ emitted: [{ type: 'RunKeyReleased' }] });
  });

  test('goes some at a time, and every append leaves a Default while a key is on file', () => {
    const { decideAll, decide, replay, initialState } = defaultDecider;
    const bodies: CommandBody[] = [];
    for (let n = 0; n < 5; n += 1) {
      bodies.push(add(`k${n}`), accept(`k${n}`));
      for (let run = 0; run < 300; run += 1) bodies.push(start(`r${n}-${run}`, { choice: exactly(`k${n}`) }));
    }
    bodies.push(closeWorkspace);
    const commandId = (n: number) => `d${n}` as CommandId;
    let { keyring } = decideAll(
      initialState,
      bodies.map((body, place) => command(body, place)),
    );
    const sizes: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      const decided = decide(keyring, command(destroyKeys, 2_000 + n, { commandId: commandId(n) }));
      if (E.isLeft(decided)) throw new Error(decided.left.message);
      if (decided.right.events.length === 0) break;
      sizes.push(decided.right.events.length);
      keyring = replay(keyring, decided.right.events);
      expect(keyring.workspaceDefault === null).toBe(listedKeys(keyring).length === 0);
    }
    expect(sizes).toEqual([1, 1, 1, 1, 2]);
    expect(listedKeys(keyring)).toEqual([]);
  });
});
