import { describe, expect, test } from '@jest/globals';
import type { TaskEither } from 'fp-ts/TaskEither';
import { randomBytes } from 'node:crypto';
import type { AuthorizationRequest } from './authorization';
import type { CallContext } from './context';
import type { Failure } from './failure';
import type { Keyturn } from './keyturn';
import { leftOf } from './testSupport/leftOf';
import { freshSite } from './testSupport/site';

const site = freshSite();

type Call = (keyturn: Keyturn, context: CallContext) => TaskEither<Failure, unknown>;

const KEY = '6f0c3a1e-0000-4000-8000-000000000000';

describe('what the hook is told of the target', () => {
  const targetOf = async (call: Call): Promise<unknown> => {
    const asked: AuthorizationRequest[] = [];
    const keyturn = site().another({
      authorize: (request) => {
        asked.push(request);
        return Promise.resolve(false);
      },
    });
    await leftOf(call(keyturn, site().as()));
    expect(asked).toHaveLength(1);
    return asked[0]?.target;
  };
  /** Short enough to be an id by its length. */
  const pastedKey = () => `sk-${randomBytes(20).toString('hex')}`;

  test.each<readonly [string, object, Call]>([
    [
      'a project’s Default',
      { keyId: KEY, projectId: 'p1' },
      (keyturn, context) => keyturn.setDefault(context, { keyId: KEY, projectId: 'p1' }),
    ],
    [
      'a run’s chosen key',
      { runId: 'r1', projectId: 'p1', keyId: KEY },
      (keyturn, context) =>
        keyturn.startRun(context, { runId: 'r1', projectId: 'p1', choice: { kind: 'key', keyId: KEY } }),
    ],
    [
      'a run’s chosen vendor',
      { runId: 'r1', vendor: 'openai' },
      (keyturn, context) =>
        keyturn.startRun(context, { runId: 'r1', choice: { kind: 'vendor', vendor: 'openai' } }),
    ],
    ['a key’s history', { keyId: KEY }, (keyturn, context) => keyturn.history(context, { keyId: KEY })],
  ])('%s is named', async (_, target, call) => {
    expect(await targetOf(call)).toEqual(target);
  });

  test.each<readonly [string, object, Call]>([
    [
      'a key id that is none',
      { projectId: 'p1' },
      (keyturn, context) => keyturn.setDefault(context, { keyId: 'no id', projectId: 'p1' }),
    ],
    [
      'a secret in place of a key id',
      {},
      (keyturn, context) => keyturn.deleteKey(context, { keyId: pastedKey() }),
    ],
    [
      'a secret in place of a run id',
      {},
      (keyturn, context) => keyturn.finishRun(context, { runId: pastedKey() }),
    ],
    [
      'a vendor that nobody knows',
      {},
      (keyturn, context) => keyturn.addKey(context, { vendor: 'no-such-vendor', pasted: pastedKey() }),
    ],
  ])('%s is left out', async (_, target, call) => {
    expect(await targetOf(call)).toEqual(target);
  });
});
