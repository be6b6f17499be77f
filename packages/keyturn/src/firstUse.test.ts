import { expect, test } from '@jest/globals';
import { openKeyturn } from './openKeyturn';
import { openKeyturnReader } from './openKeyturnReader';
import { keyturnError } from './settle';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

test.each(['StoreFault', 'VaultFault', 'ProjectionFault'])(
  'F-B2: a driver that was not built is told as that, with its cure, whichever part misses it: %s',
  (_tag) => {
    const missing = Object.assign(new Error('Run pnpm rebuild better-sqlite3.'), { code: 'no-driver' });
    const fault = Object.assign(new Error('It failed.', { cause: missing }), { _tag, code: 'unavailable' });
    expect(keyturnError(fault)).toMatchObject({
      code: 'no-sqlite-driver',
      message: missing.message,
      next: ['install-driver'],
      retryable: false,
    });
  },
);

test('F-B12: a member that an act does not take is refused by its name, with those that it takes', async () => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
  const misspelt = { keyId: key.keyId, leaveEmpty: true, successorKeyId: key.keyId };
  await expect(keyturn.keys.delete(ada, misspelt)).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('no members but keyId, successor, leaveEmpty; it has successorKeyId'),
  });
  await expect(keyturn.keys.list(ada)).resolves.toMatchObject([{ keyId: key.keyId, status: 'active' }]);
  const pasted = sandbox.issueKey('anthropic');
  const inTheWrongPlace = { vendor: 'anthropic', pasted, [pasted]: true };
  const refused = await keyturn.keys.add(ada, inTheWrongPlace).catch((error: unknown) => String(error));
  expect(refused).toContain('it has (a text that is not repeated here)');
  expect(refused).not.toContain(pasted.slice(-20));
});

test.each([
  ['dryrun', true, 'it has dryrun'],
  ['dryRun', 'true', 'options.dryRun is not valid. It has to be true or false'],
  ['idempotency', 'request-1', 'it has idempotency'],
])('F-B12: an option that an act does not take does nothing: %s', async (name, value, says) => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
  const refused = { code: 'invalid-input', message: expect.stringContaining(says) };
  const mistyped = { [name]: value };
  const gone = { keyId: key.keyId, leaveEmpty: true };
  await expect(keyturn.keys.delete(ada, gone, mistyped)).rejects.toMatchObject(refused);
  await expect(keyturn.runs.use(ada, { runId: 'r1' }, () => 'used', mistyped)).rejects.toMatchObject(refused);
  await expect(keyturn.keys.list(ada)).resolves.toMatchObject([{ keyId: key.keyId, status: 'active' }]);
  await expect(keyturn.runs.list(ada)).resolves.toMatchObject({ runs: [] });
});

test.each([
  ['dryrun', true],
  ['dryRun', 'true'],
  ['expire', 'false'],
])('F-B12: a sweep that is asked otherwise than it can be does nothing: %s', async (name, value) => {
  const keyturn = await at().open();
  await expect(keyturn.housekeeping.sweep({ [name]: value })).rejects.toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining(name),
  });
});

test('F-B12: an option that a deployment is not opened with is named', async () => {
  for (const [mistyped, says] of [
    [{ rotateAfterDay: 30 }, 'There is no option rotateAfterDay.'],
    [{ dryRunOnly: 'false' }, 'The option dryRunOnly takes true or false.'],
  ] as const) {
    const options: object = { ...at().options, ...mistyped };
    for (const open of [openKeyturn, openKeyturnReader]) {
      await expect(Reflect.apply(open, undefined, [options])).rejects.toMatchObject({
        code: 'bad-option',
        message: says,
      });
    }
  }
});

test.each([undefined, null, ''])('F-B12: what a form leaves empty is none: %j', async (empty) => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const form = { label: empty, endpoint: empty, region: empty, model: empty };
  const pasted = sandbox.issueKey('anthropic');
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted, ...form });
  expect(await keyturn.keys.list(ada)).toMatchObject([{ keyId: key.keyId, label: null }]);
});

test('F-B13: one idempotency key for two acts is refused for the second', async () => {
  const { open, sandbox } = at();
  const keyturn = await open();
  await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
  const options = { idempotencyKey: 'request-1' };
  await keyturn.runs.start(ada, { runId: 'r1' }, options);
  await expect(keyturn.runs.finish(ada, { runId: 'r1' }, options)).rejects.toMatchObject({
    code: 'command-id-reused',
  });
});

test('the workspace that was probably meant is looked up in the lists as they stand, on request', async () => {
  const { open, sandbox, options } = at();
  const keyturn = await open();
  await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
  await keyturn.close();
  const reader = await openKeyturnReader({ directory: options.directory ?? '', authorize: () => true });
  try {
    const mistyped = `${ada.workspaceId}2`;
    expect(await reader.workspaces.nearest(ada, mistyped, { asTheyStand: true })).toBeNull();
    expect(await reader.workspaces.nearest(ada, mistyped)).toBe(ada.workspaceId);
    expect(await reader.workspaces.nearest(ada, mistyped, { asTheyStand: true })).toBe(ada.workspaceId);
  } finally {
    await reader.close();
  }
});
