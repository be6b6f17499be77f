import { expect, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fixedPartsOf, scanForSecrets } from '@keyturn/testbed';
import type { ActContext } from '../context';
import { openKeyturnReader } from '../openKeyturnReader';
import { ada, atWork } from '../testSupport/atWork';
import { openRefusalFile } from './refusalFile';

const at = atWork({ made: true });
const mallory: ActContext = {
  workspaceId: 'acme',
  actor: { kind: 'user', id: 'mallory', originRef: 'host-1' },
};

test('a refused act leaves a line, and the log nothing', async () => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
  const before = await keyturn.audit.count(ada, 'action');
  await expect(keyturn.keys.delete(ada, { keyId: key.keyId })).rejects.toMatchObject({ code: 'last-key' });
  await expect(keyturn.keys.delete(ada, { keyId: key.keyId }, { dryRun: true })).rejects.toThrow();
  const { refusals, more, counted } = await keyturn.audit.refused(ada);
  expect(refusals).toEqual([
    {
      sequence: 1,
      at: expect.any(Number),
      workspaceId: 'acme',
      actorKind: 'user',
      actorId: 'ada',
      originRef: null,
      action: 'DeleteKey',
      keyId: key.keyId,
      runId: null,
      code: 'last-key',
    },
  ]);
  expect({ more, counted }).toEqual({ more: false, counted: [] });
  await expect(keyturn.audit.count(ada, 'action')).resolves.toEqual(before);
});

test('what the hook refuses leaves a line, of acts, of queries and of secrets', async () => {
  const { open } = at();
  const keyturn = await open({ authorize: ({ actor }) => actor.id !== 'mallory' });
  const no = { code: 'not-permitted' };
  await expect(keyturn.keys.setDefault(mallory, { keyId: 'key-9' })).rejects.toMatchObject(no);
  await expect(keyturn.audit.page({ actor: mallory.actor })).rejects.toMatchObject(no);
  await expect(keyturn.audit.refused(mallory)).rejects.toMatchObject(no);
  await expect(keyturn.history.at(mallory)).rejects.toMatchObject(no);
  await expect(keyturn.runs.use(mallory, { runId: 'run-1' }, () => 1)).rejects.toMatchObject(no);
  const { refusals } = await keyturn.audit.refused({ actor: ada.actor }, { actor: { id: 'mallory' } });
  expect(
    refusals.map(({ action, workspaceId, keyId, runId, code }) => [action, workspaceId, keyId, runId, code]),
  ).toEqual([
    ['StartRun', 'acme', null, 'run-1', 'not-permitted'],
    ['ReadHistory', 'acme', null, null, 'not-permitted'],
    ['ReadAudit', 'acme', null, null, 'not-permitted'],
    ['ReadAudit', null, null, null, 'not-permitted'],
    ['SetDefault', 'acme', 'key-9', null, 'not-permitted'],
  ]);
  expect(new Set(refusals.map(({ originRef }) => originRef))).toEqual(new Set(['host-1']));
  const ofAcme = await keyturn.audit.refused(ada, { limit: 2 });
  expect(ofAcme.more).toBe(true);
  const rest = await keyturn.audit.refused(ada, {
    limit: 5,
    ...(ofAcme.next === null ? {} : { cursor: ofAcme.next }),
  });
  expect(ofAcme.refusals.length + rest.refusals.length).toBe(4);
});

test('a key that was pasted into a wrong member is in no file afterwards', async () => {
  const { open, sandbox, root } = at();
  const keyturn = await open();
  const secret = sandbox.issueKey('anthropic');
  const wrong = { ...ada, workspaceId: secret };
  await expect(keyturn.keys.setDefault(wrong, { keyId: secret })).rejects.toThrow();
  await expect(keyturn.keys.add(ada, { vendor: secret, pasted: secret })).rejects.toThrow();
  await expect(keyturn.runs.start(ada, { runId: secret })).rejects.toThrow();
  await expect(
    keyturn.keys.list({ workspaceId: 'acme', actor: { kind: 'user', id: secret } }),
  ).rejects.toThrow();
  await expect(
    keyturn.keys.setDefault({ ...ada, actor: { ...ada.actor, originRef: secret } }, { keyId: 'none' }),
  ).rejects.toThrow();
  const { refusals } = await keyturn.audit.refused({ actor: ada.actor });
  expect(refusals.length).toBeGreaterThanOrEqual(4);
  expect(JSON.stringify(refusals)).not.toContain(secret);
  await keyturn.close();
  const { found, files } = scanForSecrets(root, {}, [{ content: secret, fixed: fixedPartsOf(secret) }]);
  expect(files).toBeGreaterThan(3);
  expect(found).toEqual([]);
});

test('a part of the key that is being added is in no file afterwards, whatever it was written as', async () => {
  const { open, sandbox, root } = at();
  const keyturn = await open();
  const pasted = sandbox.issueKey('openai');
  const part = pasted.slice(-24, -4);
  const add = { vendor: 'openai', pasted };
  const written = [part, part.toUpperCase(), Buffer.from(part).toString('hex')];
  for (const text of written) {
    const calls = [
      { ...ada, workspaceId: text },
      { ...ada, actor: { kind: 'user', id: text } },
      { ...ada, actor: { ...ada.actor, originRef: text } },
    ] as const;
    for (const call of calls) await expect(keyturn.keys.add(call, add)).rejects.toThrow();
  }
  const { refusals } = await keyturn.audit.refused({ actor: ada.actor });
  expect(refusals).toHaveLength(9);
  expect(refusals.filter(({ actorId }) => actorId === 'ada')).toHaveLength(6);
  await keyturn.close();
  const parts = written.map((content) => ({ content, fixed: [] }));
  expect(scanForSecrets(root, {}, parts).found).toEqual([]);
});

test('no rebuild empties it, and a reader has it, too', async () => {
  const { open, options } = at();
  const keyturn = await open();
  await expect(keyturn.keys.setDefault(ada, { keyId: 'none' })).rejects.toThrow();
  await keyturn.projections.rebuild('audit-log');
  await keyturn.close();
  const reader = await openKeyturnReader({
    ...(options.directory === undefined ? {} : { directory: options.directory }),
    authorize: ({ actor }) => actor.id !== 'mallory',
  });
  try {
    await expect(reader.history.at(mallory)).rejects.toMatchObject({ code: 'not-permitted' });
    const { refusals } = await reader.audit.refused(ada);
    expect(refusals.map(({ action, code }) => [action, code])).toEqual([
      ['ReadHistory', 'not-permitted'],
      ['SetDefault', 'unknown-workspace'],
    ]);
  } finally {
    await reader.close();
  }
});

test('what can not be kept fails no answer, and is told in log and health', async () => {
  const { open, root } = at();
  mkdirSync(join(root, 'data', 'refusals.sqlite'));
  const warned: string[] = [];
  const keyturn = await open({
    log: { info: () => undefined, warn: (_, message) => warned.push(message) },
  });
  await expect(keyturn.health()).resolves.toMatchObject({ refusalFault: null });
  await expect(keyturn.keys.setDefault(ada, { keyId: 'none' })).rejects.toMatchObject({
    code: 'unknown-workspace',
  });
  expect(warned).toEqual(['refused attempt not recorded']);
  await expect(keyturn.health()).resolves.toMatchObject({
    status: 'degraded',
    refusalFault: expect.stringContaining('refusals.sqlite'),
  });
});

test('a Keyturn that only looks writes nothing', async () => {
  const { open } = at();
  const looking = await open({ dryRunOnly: true });
  await expect(looking.keys.list({ ...ada, actor: { kind: 'user', id: '' } })).rejects.toThrow();
  await expect(looking.audit.refused(ada)).resolves.toMatchObject({ refusals: [], next: null });
});

test('a file that somebody holds keeps nobody waiting, and what is lost is told of', async () => {
  const keyturn = await at().open();
  await expect(keyturn.keys.delete(ada, { keyId: 'key-9' })).rejects.toThrow();
  const file = openRefusalFile(join(at().root, 'data', 'refusals.sqlite'));
  try {
    expect(file.pragma('busy_timeout')).toBeLessThanOrEqual(100);
    file.exec('BEGIN IMMEDIATE');
    await expect(keyturn.keys.delete(ada, { keyId: 'key-9' })).rejects.toMatchObject({
      kind: 'refusal',
    });
    expect((await keyturn.health()).refusalFault).toContain('refusals.sqlite');
    file.exec('ROLLBACK');
  } finally {
    file.close();
  }
  expect((await keyturn.audit.refused(ada)).refusals).toHaveLength(1);
});
