import { expect, test } from '@jest/globals';
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
