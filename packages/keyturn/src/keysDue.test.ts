import { expect, test } from '@jest/globals';
import type { Keyturn } from './keyturn';
import { openKeyturnReader } from './openKeyturnReader';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

const DAY = 86_400_000;
const everywhere = { actor: ada.actor };

const addTo = async (keyturn: Keyturn, workspaceId: string, expiresAt?: number): Promise<string> => {
  const pasted = at().sandbox.issueKey('anthropic');
  const request = { vendor: 'anthropic', pasted, ...(expiresAt === undefined ? {} : { expiresAt }) };
  return (await keyturn.keys.add({ ...ada, workspaceId }, request)).key.keyId;
};

test('keys are due at their expiry, in all workspaces, for who opens the vault and for who only reads', async () => {
  const keyturn = await at().open();
  const past = Date.now() - DAY;
  const later = Date.now() + 10 * DAY;
  await addTo(keyturn, 'acme');
  const acme = await addTo(keyturn, 'acme', later);
  const globex = await addTo(keyturn, 'globex', past);
  const { directory = '' } = at().options;
  const reader = await openKeyturnReader({ directory, authorize: () => true });
  try {
    for (const { keys } of [keyturn, reader]) {
      expect(await keys.due(everywhere)).toMatchObject({
        rotateAfterDays: 90,
        keys: [{ keyId: globex, workspaceId: 'globex', rotateBy: past, rotateBecause: 'expiry' }],
        more: false,
      });
      const soon = await keys.due(everywhere, { withinDays: 14 });
      expect(soon.keys.map(({ keyId }) => keyId)).toEqual([globex, acme]);
      expect((await keys.due(ada, { withinDays: 14 })).keys.map(({ keyId }) => keyId)).toEqual([acme]);
      expect((await keys.due(everywhere, { withinDays: 91 })).keys).toHaveLength(3);
      const first = await keys.due(everywhere, { withinDays: 91, limit: 2 });
      expect(first).toMatchObject({ more: true, keys: [{ keyId: globex }, { keyId: acme }] });
      const rest = await keys.due(everywhere, { withinDays: 91, cursor: first.next ?? '' });
      expect(rest).toMatchObject({ more: false, keys: [{ workspaceId: 'acme', rotateBecause: 'age' }] });
    }
  } finally {
    await reader.close();
  }
});

test('the age is the deployment’s to choose, and a key that is due serves on', async () => {
  const keyturn = await at().open({ rotateAfterDays: 30 });
  const keyId = await addTo(keyturn, 'acme', 1);
  const [listed] = await keyturn.keys.list(ada);
  expect(listed).toMatchObject({ rotateBy: 1, rotateBecause: 'expiry', expiresAt: 1 });
  await keyturn.keys.setExpiry(ada, { keyId, expiresAt: null });
  const [aged] = await keyturn.keys.list(ada);
  expect(aged).toMatchObject({ rotateBy: (aged?.addedAt ?? 0) + 30 * DAY, rotateBecause: 'age' });
  await keyturn.runs.start(ada, { runId: 'r1' });
  for (const rotateAfterDays of [0, 1.5, 40_000, Number.NaN]) {
    await expect(at().open({ rotateAfterDays })).rejects.toMatchObject({ code: 'bad-option' });
  }
  for (const withinDays of [-1, 0.5, Number.NaN]) {
    await expect(keyturn.keys.due(ada, { withinDays })).rejects.toMatchObject({ code: 'invalid-query' });
  }
});

test('the hook is asked for due keys by their own action, and of all workspaces for none', async () => {
  const asked: unknown[] = [];
  const keyturn = await at().open({
    authorize: ({ action, workspaceId }) => {
      asked.push([action, workspaceId]);
      return action === 'ListKeys';
    },
  });
  const no = { code: 'not-permitted' };
  await expect(keyturn.keys.due(everywhere)).rejects.toMatchObject(no);
  await expect(keyturn.keys.due(ada)).rejects.toMatchObject(no);
  expect(asked).toEqual([
    ['ListKeysDue', null],
    ['ListKeysDue', 'acme'],
  ]);
});

test('F-D2: every key that ever was is listed where it is asked for, with what became of it', async () => {
  const keyturn = await at().open();
  const keyId = await addTo(keyturn, 'acme');
  await keyturn.keys.relabel(ada, { keyId, label: 'prod-1' });
  await keyturn.keys.hardDelete(ada, { keyId, caseId: '#1042' });
  expect(await keyturn.keys.list(ada)).toEqual([]);
  const [gone] = await keyturn.keys.list(ada, { includeHardDeleted: true });
  expect(gone).toMatchObject({
    keyId,
    label: 'prod-1',
    hardDeleted: true,
    rotateBy: null,
    rotateBecause: null,
  });
  for (const at of [gone?.hardDeletedAt, gone?.destroyedAt, gone?.reportedLeakedAt]) {
    expect(at).toBeGreaterThan(0);
  }
});

test('an audit entry names a key as it was called then', async () => {
  const keyturn = await at().open();
  const keyId = await addTo(keyturn, 'acme');
  await keyturn.keys.relabel(ada, { keyId, label: 'one' });
  await keyturn.runs.start(ada, { runId: 'r1' });
  await keyturn.keys.relabel(ada, { keyId, label: 'two' });
  await keyturn.keys.relabel(ada, { keyId, label: '' });
  const { entries } = await keyturn.audit.page(ada, { keyId, order: 'oldest-first' });
  const since = entries.slice(entries.findIndex(({ type }) => type === 'KeyRelabelled'));
  expect(since.map(({ sentence }) => sentence.replace(/…\S{4}/, '…last'))).toEqual([
    'ada labelled …last (Anthropic, "one"), which had no label',
    'ada started run r1 with …last (Anthropic, "one"), the workspace\'s Default',
    'ada labelled …last (Anthropic, "two"), which had "one"',
    'ada took the label "two" off …last (Anthropic)',
  ]);
});
