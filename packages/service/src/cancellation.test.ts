import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { CallContext } from './context';
import type { Failure } from './failure';
import type { Keyturn } from './keyturn';
import { intercepted } from './testSupport/interceptedStore';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';
import { eventTypes } from './testSupport/stream';
import { watchedVault, type VaultWatch } from './testSupport/watchedVault';

const site = freshSite();

type Call = (keyturn: Keyturn, context: CallContext, keyId: string) => TaskEither<Failure, unknown>;

const acts: ReadonlyArray<readonly [string, Call]> = [
  [
    'addKey',
    (keyturn, context) =>
      keyturn.addKey(context, { vendor: 'openai', pasted: site().sandbox.issueKey('openai') }),
  ],
  ['validateKey', (keyturn, context, keyId) => keyturn.validateKey(context, { keyId })],
  ['setDefault', (keyturn, context, keyId) => keyturn.setDefault(context, { keyId, projectId: 'p1' })],
  ['clearProjectDefault', (keyturn, context) => keyturn.clearProjectDefault(context, { projectId: 'p1' })],
  ['deleteKey', (keyturn, context, keyId) => keyturn.deleteKey(context, { keyId, leaveEmpty: true })],
  ['hardDeleteKey', (keyturn, context, keyId) => keyturn.hardDeleteKey(context, { keyId, caseId: 'C-1' })],
  ['reportLeak', (keyturn, context, keyId) => keyturn.reportLeak(context, { keyId, caseId: 'C-1' })],
  ['startRun', (keyturn, context) => keyturn.startRun(context, { runId: 'r1' })],
  [
    'startRunWithSecret',
    (keyturn, context) => keyturn.startRunWithSecret(context, { runId: 'r1' }, () => TE.right(null)),
  ],
  ['resumeRun', (keyturn, context) => keyturn.resumeRun(context, { runId: 'r1' })],
  [
    'resumeRunWithSecret',
    (keyturn, context) => keyturn.resumeRunWithSecret(context, { runId: 'r1' }, () => TE.right(null)),
  ],
  ['finishRun', (keyturn, context) => keyturn.finishRun(context, { runId: 'r1' })],
  ['expireRuns', (keyturn, context) => keyturn.expireRuns(context)],
  ['history', (keyturn, context) => keyturn.history(context)],
];

const CANCELLED = {
  _tag: 'ServiceFault',
  code: 'cancelled',
  message: 'The caller cancelled this call. Nothing was recorded.',
};

describe.each(acts)('%s', (_, call) => {
  test('that is cancelled beforehand asks nobody and does nothing', async () => {
    const { key } = await addedKey(site());
    const before = await eventTypes(site().eventStore);
    const keyturn = site().another({ authorize: () => Promise.reject(new Error('Nobody is to ask.')) });
    const context = site().as({ signal: AbortSignal.abort() });
    await expect(leftOf(call(keyturn, context, key.keyId))).resolves.toMatchObject(CANCELLED);
    expect(await eventTypes(site().eventStore)).toEqual(before);
  });

  test('that is cancelled while the hook answers does nothing', async () => {
    const { key } = await addedKey(site());
    const before = await eventTypes(site().eventStore);
    const watch: VaultWatch = { calls: [] };
    const stop = new AbortController();
    const keyturn = site().another({
      vault: watchedVault(site().vault, watch),
      authorize: () => {
        stop.abort();
        return Promise.resolve(true);
      },
    });
    const context = site().as({ signal: stop.signal });
    await expect(leftOf(call(keyturn, context, key.keyId))).resolves.toMatchObject(CANCELLED);
    expect(watch.calls).toEqual([]);
    expect(await eventTypes(site().eventStore)).toEqual(before);
  });
});

describe('what comes between the hook and the queue', () => {
  test('an add that is cancelled while its secret is sealed leaves no row behind', async () => {
    const stop = new AbortController();
    const watch: VaultWatch = {
      calls: [],
      before: (name) => {
        if (name === 'seal') stop.abort();
        return Promise.resolve(null);
      },
    };
    const keyturn = site().another({ vault: watchedVault(site().vault, watch) });
    const pasted = site().sandbox.issueKey('anthropic');
    const context = site().as({ signal: stop.signal });
    await expect(leftOf(keyturn.addKey(context, { vendor: 'anthropic', pasted }))).resolves.toMatchObject(
      CANCELLED,
    );
    expect(watch.calls.map((line) => line.split(' ')[0])).toEqual(['seal', 'discard']);
    expect(await expectRight(site().vault.rowsOf('acme'))).toEqual([]);
    expect(await eventTypes(site().eventStore)).toEqual([]);
    expect(site().sandbox.calls).toEqual([]);
  });

  test('an expiry that is cancelled while the store is asked for the time does nothing', async () => {
    const stop = new AbortController();
    const keyturn = site().another({
      eventStore: {
        ...site().eventStore,
        clock: () => {
          stop.abort();
          return site().eventStore.clock();
        },
      },
    });
    await expect(leftOf(keyturn.expireRuns(site().as({ signal: stop.signal })))).resolves.toMatchObject(
      CANCELLED,
    );
  });

  test('a release that is cancelled on its way to the vault’s gate records nothing', async () => {
    await addedKey(site());
    const before = await eventTypes(site().eventStore);
    const stop = new AbortController();
    const { vault } = site();
    const keyturn = site().another({
      vault: {
        ...vault,
        open: (gate, use) => {
          stop.abort();
          return vault.open(gate, use);
        },
      },
    });
    const start = keyturn.startRunWithSecret(site().as({ signal: stop.signal }), { runId: 'r1' }, () =>
      TE.right(null),
    );
    await expect(leftOf(start)).resolves.toMatchObject(CANCELLED);
    expect(await eventTypes(site().eventStore)).toEqual(before);
  });
});

test('what is queued runs to its end', async () => {
  const { key } = await addedKey(site());
  const stop = new AbortController();
  const keyturn = site().another({
    eventStore: intercepted(site().eventStore, {
      append: (next, ...args) => {
        stop.abort();
        return next(...args);
      },
    }),
  });
  const deleted = await expectRight(
    keyturn.deleteKey(site().as({ signal: stop.signal }), { keyId: key.keyId, leaveEmpty: true }),
  );
  expect(deleted).toMatchObject({ state: 'hard-deleted', destructions: [{ state: 'confirmed' }] });
});
