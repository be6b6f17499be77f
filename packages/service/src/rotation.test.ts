import { expectRight } from '@keyturn/testbed';
import { leftOf } from './testSupport/leftOf';
import { openKeyturnOnDisk, type KeyturnOnDisk } from './testSupport/keyturnOnDisk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as TE from 'fp-ts/TaskEither';

let site: KeyturnOnDisk;
beforeEach(async () => {
  site = await openKeyturnOnDisk();
});
afterEach(() => site.close());

const add = (vendor: string, pasted: string) =>
  expectRight(site.keyturn.addKey(site.as(), { vendor, pasted }));

/** What the vault hands over for a run, as text. */
const secretOf = (runId: string) =>
  expectRight(
    site.keyturn.resumeRunWithSecret(site.as(), { runId }, (secret) =>
      TE.right(secret.use((bytes) => Buffer.from(bytes).toString('latin1'))),
    ),
  );

describe('the routine rotation', () => {
  test('a run keeps its key while the Default moves, and the old key goes with its last run', async () => {
    const [oldKey, newKey] = [site.sandbox.issueKey('anthropic'), site.sandbox.issueKey('openai')];
    const first = await add('anthropic', oldKey);
    expect(first.key.display).toBe(`…${oldKey.slice(-4)} · Default`);
    await expectRight(site.keyturn.startRun(site.as(), { runId: 'r1' }));
    const second = await add('openai', newKey);
    expect(second.becameDefault).toBe(false);
    await expectRight(site.keyturn.setDefault(site.as(), { keyId: second.key.keyId }));

    const started = await expectRight(site.keyturn.startRun(site.as(), { runId: 'r2' }));
    expect(started).toMatchObject({ keyId: second.key.keyId, choice: 'workspace-default' });
    await expect(secretOf('r1')).resolves.toBe(oldKey);
    await expect(secretOf('r2')).resolves.toBe(newKey);

    const deleted = await expectRight(site.keyturn.deleteKey(site.as(), { keyId: first.key.keyId }));
    expect(deleted).toMatchObject({ state: 'retired', openRuns: 1, destructions: [] });
    await expect(secretOf('r1')).resolves.toBe(oldKey);

    const finished = await expectRight(site.keyturn.finishRun(site.as(), { runId: 'r1' }));
    expect(finished).toMatchObject({
      released: ['r1'],
      destructions: [{ keyId: first.key.keyId, state: 'confirmed', proof: 'erased', reason: null }],
    });
    const now = await expectRight(site.keyturn.history(site.as()));
    expect(now.keys.map(({ display }) => display)).toEqual([`…${newKey.slice(-4)} · Default`]);
  });

  test('an emergency interrupts the runs that hold the key, and the secret never comes back', async () => {
    const [leaked, other] = [site.sandbox.issueKey('anthropic'), site.sandbox.issueKey('openai')];
    const { key } = await add('anthropic', leaked);
    const successor = (await add('openai', other)).key.keyId;
    await expectRight(site.keyturn.startRun(site.as(), { runId: 'r1' }));
    const gone = await expectRight(
      site.keyturn.hardDeleteKey(site.as(), { keyId: key.keyId, caseId: 'C-1', successor }),
    );
    expect(gone).toMatchObject({
      state: 'hard-deleted',
      interruptedRuns: ['r1'],
      destructions: [{ state: 'confirmed' }],
    });
    await expect(leftOf(site.keyturn.resumeRun(site.as(), { runId: 'r1' }))).resolves.toMatchObject({
      code: 'run-interrupted',
    });
    await expect(
      leftOf(site.keyturn.addKey(site.as(), { vendor: 'anthropic', pasted: leaked })),
    ).resolves.toMatchObject({ code: 'fingerprint-leaked' });
    await expect(site.vault.sealedKeyIds('acme', '')()).resolves.toMatchObject({ right: [] });
  });

  test('a first rejection of an active key is confirmed by a second call before it is disabled', async () => {
    const pasted = site.sandbox.issueKey('anthropic');
    const { key } = await add('anthropic', pasted);
    site.sandbox.setBehaviour(pasted, 'rejected');
    const tested = await expectRight(site.keyturn.validateKey(site.as(), { keyId: key.keyId }));
    expect(tested).toMatchObject({
      testCalls: 2,
      validation: { kind: 'failed', reason: 'rejected' },
      key: { status: 'failed', isDefault: true },
    });
    expect(site.sandbox.callsWith(pasted)).toHaveLength(3);
  });
});
