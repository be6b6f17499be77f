import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import type { AuthorizationRequest, Authorize } from './authorization';
import type { ServiceLog } from './options';
import { permittedQuery, type QueryContext } from './permittedQuery';
import { leftOf } from './testSupport/leftOf';

const actor = { kind: 'support', id: 'sam' } as const;

const asking = (answer: Authorize = () => Promise.resolve(true)) => {
  const asked: AuthorizationRequest[] = [];
  const lines: unknown[] = [];
  const log: ServiceLog = { info: (...line) => lines.push(line), warn: (...line) => lines.push(line) };
  const mayRead = permittedQuery((request) => {
    asked.push(request);
    return answer(request);
  }, log);
  return { mayRead, asked, lines };
};

describe('a query', () => {
  test('is asked for, with what it is about; ids that are none are left out', async () => {
    const { mayRead, asked } = asking();
    const reader = await expectRight(
      mayRead({ workspaceId: 'acme', actor }, 'ListKeys', { keyId: 'k1', runId: 'no id' }),
    );
    expect(reader).toEqual({ workspaceId: 'acme', actor });
    expect(asked).toEqual([
      { workspaceId: 'acme', actor, action: 'ListKeys', impliedEffects: [], target: { keyId: 'k1' } },
    ]);
  });

  test('over all workspaces is asked for as one of none', async () => {
    const { mayRead, asked } = asking();
    await expectRight(mayRead({ workspaceId: null, actor }, 'ReadAudit'));
    expect(asked).toMatchObject([{ actor, workspaceId: null, action: 'ReadAudit', target: {} }]);
  });

  test.each(['ListKeys', 'ListRuns', 'ReadHistory'] as const)(
    '%s needs a workspace, and is refused unasked without one',
    async (action) => {
      const { mayRead, asked } = asking();
      await expect(leftOf(mayRead({ workspaceId: null, actor }, action))).resolves.toMatchObject({
        code: 'invalid-input',
        facts: { field: 'workspaceId' },
      });
      expect(asked).toEqual([]);
    },
  );

  test.each<readonly [string, QueryContext]>([
    ['workspaceId', { workspaceId: 'acme/../other', actor }],
    ['actor.id', { workspaceId: 'acme', actor: { kind: 'user', id: '' } }],
  ])('by a caller with a broken %s is refused unasked', async (field, context) => {
    const { mayRead, asked } = asking();
    await expect(leftOf(mayRead(context, 'ListKeys'))).resolves.toMatchObject({
      code: 'invalid-input',
      facts: { field },
    });
    expect(asked).toEqual([]);
  });

  test('F-B16: that the hook says no to is refused, and that is logged with the actor', async () => {
    const { mayRead, lines } = asking(() => Promise.resolve(false));
    await expect(leftOf(mayRead({ workspaceId: null, actor }, 'ReadAudit'))).resolves.toMatchObject({
      code: 'not-permitted',
      facts: { action: 'ReadAudit' },
    });
    expect(lines).toEqual([
      [{ actor, workspaceId: null, action: 'ReadAudit', code: 'not-permitted' }, 'not permitted'],
    ]);
  });

  test('whose hook fails is no yes', async () => {
    const { mayRead } = asking(() => Promise.reject(new Error('The directory is away.')));
    await expect(leftOf(mayRead({ workspaceId: 'acme', actor }, 'ListRuns'))).resolves.toMatchObject({
      _tag: 'ServiceFault',
      code: 'authorisation-failed',
    });
  });

  test('that is cancelled, before the hook or while it answers, ends so', async () => {
    const stop = new AbortController();
    const { mayRead, asked } = asking(() => {
      stop.abort();
      return Promise.resolve(true);
    });
    const query = mayRead({ workspaceId: 'acme', actor, signal: stop.signal }, 'ListRuns');
    await expect(leftOf(query)).resolves.toMatchObject({ code: 'cancelled' });
    await expect(leftOf(query)).resolves.toMatchObject({ code: 'cancelled' });
    expect(asked).toHaveLength(1);
  });
});
