import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Keyturn } from '../keyturn';
import { ada, atWork } from '../testSupport/atWork';
import { openRefusalStore } from './refusalStore';

const at = atWork({ made: true });
const caseId = 'SR-1042';
const DAY = 24 * 3_600_000;
const STEPS = ['stop-stranger', 'successor', 'revoke', 'kill-check', 'hard-delete', 'review'] as const;
const leftOpen = STEPS.map((step) => ({ step, reason: 'a rehearsal' }));

/** Keys that lines are left of, when all that may age has. */
const keysLeft = (): ReadonlyArray<string | null> => {
  const store = openRefusalStore(join(at().root, 'data', 'refusals.sqlite'), {
    clock: () => Date.now() + 500 * DAY,
  });
  try {
    const nobody = { workspaceId: null, actorKind: null, actorId: null, originRef: null, runId: null };
    store.add({ ...nobody, at: 0, action: 'DeleteKey', keyId: null, code: 'unknown-key' });
    return store.lines({ workspaceIds: ['acme'] }, { limit: 10 }).map(({ keyId }) => keyId);
  } finally {
    store.close();
  }
};

const refusedAbout = (keyturn: Keyturn, keyId: string): Promise<unknown> =>
  keyturn.keys.delete(ada, { keyId }).catch((error: unknown) => error);

const added = async (keyturn: Keyturn): Promise<string> => {
  const pasted = at().sandbox.issueKey('anthropic');
  return (await keyturn.keys.add(ada, { vendor: 'anthropic', pasted })).key.keyId;
};

test.each([
  ['reported', false],
  ['hard-deleted', true],
])('an open case holds the lines of a key that was %s, and the close lets them go', async (_, isDeleted) => {
  const keyturn = await at().open();
  const keyId = await added(keyturn);
  await refusedAbout(keyturn, keyId);
  await refusedAbout(keyturn, 'key-9');
  if (isDeleted) await keyturn.keys.hardDelete(ada, { keyId, caseId });
  else await keyturn.support.report(ada, { keyId, caseId });
  expect(keysLeft()).toEqual([keyId]);
  await keyturn.support.close(ada, { caseId, leftOpen });
  expect(keysLeft()).toEqual([]);
});

test('a case that opens again because the key lives holds its lines again', async () => {
  const { sandbox } = at();
  const keyturn = await at().open({ endpointOverrides: sandbox.urls });
  const keyId = await added(keyturn);
  await keyturn.support.report(ada, { keyId, caseId });
  await keyturn.support.close(ada, { caseId, leftOpen });
  await keyturn.support.check(ada, { keyId, caseId: 'SR-7' });
  await refusedAbout(keyturn, keyId);
  expect(keysLeft()).toEqual([keyId]);
  await keyturn.support.close(ada, { caseId, leftOpen });
  expect(keysLeft()).toEqual([]);
});

test('lines from before the suspected time are not held, nor are those of a report that was withdrawn', async () => {
  const keyturn = await at().open();
  const keyId = await added(keyturn);
  await refusedAbout(keyturn, keyId);
  await keyturn.support.report(ada, { keyId, caseId, suspectedSince: Date.now() + DAY });
  expect(keysLeft()).toEqual([]);
  await refusedAbout(keyturn, keyId);
  await keyturn.support.report(ada, { keyId, caseId: 'SR-7' });
  expect(keysLeft()).toEqual([keyId]);
  await keyturn.support.withdraw(ada, { keyId, caseId: 'SR-7', reason: 'the wrong case' });
  expect(keysLeft()).toEqual([]);
});

test('a file that can not be written holds up no report', async () => {
  const keyturn = await at().open({ refusals: join(at().root, 'nowhere', 'refusals.sqlite') });
  const keyId = await added(keyturn);
  await expect(keyturn.support.report(ada, { keyId, caseId })).resolves.toMatchObject({ changed: true });
  expect((await keyturn.health()).refusalFault).not.toBeNull();
});
