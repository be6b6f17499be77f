import { expect, test } from '@jest/globals';
import type { ActContext } from '../context';
import { ada, atWork } from '../testSupport/atWork';

const at = atWork({ made: true });
const HOUR = 3_600_000;
const bob: ActContext = { ...ada, actor: { kind: 'service', id: 'compiler', originRef: 'host-1' } };

test('tells every use of a key, what a hard delete interrupted, and which rules fired', async () => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const secret = sandbox.issueKey('anthropic');
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: secret });
  const { keyId } = key;
  await keyturn.runs.start(bob, { runId: 'run-1', projectId: 'docs' });
  await keyturn.runs.finish(bob, { runId: 'run-1' });
  await keyturn.runs.start(bob, { runId: 'run-2' });
  await keyturn.runs.resume(ada, { runId: 'run-2' });
  const { key: next } = await keyturn.keys.add(ada, {
    vendor: 'anthropic',
    pasted: sandbox.issueKey('anthropic'),
  });
  await keyturn.keys.add({ ...ada, workspaceId: 'globex' }, { vendor: 'anthropic', pasted: secret });
  await keyturn.keys.setDefault(ada, { keyId: next.keyId });
  await keyturn.runs.start(bob, { runId: 'run-3', choice: { kind: 'key', keyId } });
  await expect(keyturn.keys.delete(bob, { keyId, successor: keyId })).rejects.toThrow();
  await keyturn.keys.hardDelete(ada, { keyId, caseId: 'SR-1042' });
  const now = Date.now();
  const row = (from: number, to: number, requests: number): string =>
    `${new Date(now + from * HOUR).toISOString()},${new Date(now + to * HOUR).toISOString()},${requests}`;
  const rows = [
    row(-30 * 24, -29 * 24, 9),
    row(-1, 1, 2),
    // An interrupted run has what it had until its lease is over.
    row(2, 3, 5),
    row(25, 26, 5),
  ];
  const usage = new TextEncoder().encode(`start,end,requests\n${rows.join('\n')}\n`);
  const report = await keyturn.support.exposure(ada, {
    keyId,
    until: now + 30 * HOUR,
    usage,
    pasted: secret,
  });
  expect(report.counts).toEqual({
    pinned: 3,
    resumed: 1,
    testCalls: 1,
    defaultMoves: 2,
    interruptedRuns: 2,
    afterSuspected: null,
  });
  expect(
    report.uses.map(({ kind, actor, originRef, projectId, runId }) => [
      kind,
      actor,
      originRef,
      projectId,
      runId,
    ]),
  ).toEqual([
    ['test-call', 'user:ada', null, null, null],
    ['pinned', 'service:compiler', 'host-1', 'docs', 'run-1'],
    ['pinned', 'service:compiler', 'host-1', null, 'run-2'],
    ['resumed', 'user:ada', null, null, 'run-2'],
    ['pinned', 'service:compiler', 'host-1', null, 'run-3'],
  ]);
  expect(report.holds.map(({ runId, isEnded, interrupted }) => [runId, isEnded, interrupted])).toEqual([
    ['run-1', true, false],
    ['run-2', false, true],
    ['run-3', false, true],
  ]);
  expect(report.refusals.map(({ action, code }) => [action, code])).toEqual([
    ['DeleteKey', 'successor-is-the-key'],
  ]);
  const found = report.rules
    .filter(({ state }) => state === 'found')
    .map(({ rule, evidence }) => [rule, evidence.length]);
  expect(found).toEqual([
    ['unexplained-at-vendor', 1],
    ['after-default-moved', 1],
    ['refused-attempts', 1],
    ['same-secret-elsewhere', 1],
  ]);
  expect(report.rules.filter(({ state }) => state === 'not-judged').map(({ rule }) => rule)).toEqual([
    'first-actor',
    'first-origin',
    'first-project',
    'keyring-acts',
  ]);
  expect(report.vendor).toEqual({ buckets: 3, covered: 2, perhapsOurs: 1, long: 1 });
  expect(report.usage).toMatchObject({ format: 'csv', rows: 4 });
  const noUsage = new TextEncoder().encode('start,end\n');
  await expect(keyturn.support.exposure(ada, { keyId, usage: noUsage })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  expect(JSON.stringify(report)).not.toContain(secret);
});

test('looks at its window alone, and only under the hook', async () => {
  const { open, sandbox } = at();
  const keyturn = await open({
    authorize: ({ actor, action }) => actor.id !== 'compiler' || action !== 'ReadAudit',
  });
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
  const { keyId } = key;
  const later = Date.now() + HOUR;
  const none = await keyturn.support.exposure(ada, { keyId, since: later, until: later + 1 });
  expect(none).toMatchObject({
    uses: [],
    defaultMoves: [],
    suspectedSince: later,
    counts: { afterSuspected: 0 },
  });
  await expect(keyturn.support.exposure(ada, { keyId, since: later, until: later })).rejects.toMatchObject({
    code: 'invalid-query',
  });
  await expect(keyturn.support.exposure(ada, { keyId: 'none' })).rejects.toMatchObject({
    code: 'unknown-key',
  });
  await expect(keyturn.support.exposure(bob, { keyId })).rejects.toMatchObject({ code: 'not-permitted' });
  const other = sandbox.issueKey('anthropic');
  await expect(keyturn.support.exposure(ada, { keyId, pasted: other })).rejects.toMatchObject({
    code: 'invalid-query',
  });
});

test('does not blame a stranger for a run that ended before its window, in a bucket that reaches into it', async () => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
  await keyturn.runs.start(bob, { runId: 'run-1' });
  await keyturn.runs.finish(bob, { runId: 'run-1' });
  const now = Date.now();
  const day = `${new Date(now - 12 * HOUR).toISOString()},${new Date(now + 12 * HOUR).toISOString()},7`;
  const report = await keyturn.support.exposure(ada, {
    keyId: key.keyId,
    since: now + HOUR,
    until: now + 2 * HOUR,
    usage: new TextEncoder().encode(`start,end,requests\n${day}\n`),
  });
  expect(report.vendor).toEqual({ buckets: 1, covered: 1, perhapsOurs: 0, long: 1 });
  expect(report.rules[0]).toMatchObject({ rule: 'unexplained-at-vendor', state: 'clear' });
  expect(report.holds).toEqual([]);
});

test('begins where the reports say that a leak is suspected, while nobody takes them back', async () => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const { key } = await keyturn.keys.add(ada, {
    vendor: 'anthropic',
    pasted: sandbox.issueKey('anthropic'),
  });
  const { keyId } = key;
  const since = async () => {
    const { window, suspectedSince } = await keyturn.support.exposure(ada, { keyId });
    return [window.since, suspectedSince];
  };
  const { addedAt } = (await keyturn.support.exposure(ada, { keyId })).key;
  const [first, second] = [Date.UTC(2026, 0, 5), Date.UTC(2026, 0, 9)];
  expect(await since()).toEqual([addedAt, null]);
  await keyturn.support.report(ada, { keyId, caseId: 'SR-1', suspectedSince: second });
  expect(await since()).toEqual([second, second]);
  await keyturn.support.report(ada, { keyId, caseId: 'SR-2', suspectedSince: first });
  expect(await since()).toEqual([first, first]);
  await keyturn.support.withdraw(ada, { keyId, caseId: 'SR-2', reason: 'the wrong case' });
  expect(await since()).toEqual([second, second]);
  await keyturn.support.report(ada, { keyId, caseId: 'SR-1' });
  expect(await since()).toEqual([addedAt, null]);
  const later = Date.now() + HOUR;
  await keyturn.support.report(ada, { keyId, caseId: 'SR-1', suspectedSince: later });
  expect(await since()).toEqual([addedAt, later]);
  const named = await keyturn.support.exposure(ada, { keyId, since: second });
  expect([named.window.since, named.suspectedSince]).toEqual([second, second]);
});

test('finds more at the vendor than the runs say that they sent', async () => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const { key } = await keyturn.keys.add(ada, {
    vendor: 'anthropic',
    pasted: sandbox.issueKey('anthropic'),
  });
  await keyturn.runs.start(bob, { runId: 'run-1' });
  const finish = (vendorRequests: number) => keyturn.runs.finish(bob, { runId: 'run-1', vendorRequests });
  await expect(finish(1.5)).rejects.toMatchObject({
    code: 'invalid-input',
    facts: { field: 'vendorRequests' },
  });
  await finish(12);
  const now = Date.now();
  const found = async (requests: number) => {
    const row = `${new Date(now - HOUR).toISOString()},${new Date(now + HOUR).toISOString()},${requests}`;
    const usage = new TextEncoder().encode(`start,end,requests\n${row}\n`);
    const window = { keyId: key.keyId, since: now - HOUR, until: now + HOUR, usage };
    const { rules } = await keyturn.support.exposure(ada, window);
    return rules.find(({ rule }) => rule === 'unexplained-at-vendor')?.evidence.map(({ what }) => what);
  };
  expect(await found(18)).toEqual([]);
  expect(await found(19)).toEqual(['19 requests, in 120 minutes, and our runs sent 18 at most']);
});
