import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop({ init: 'copied' });
});
afterEach(() => shop.close());

const W = ['--workspace', 'acme'];

describe('keys validate', () => {
  test('--all asks about every key on file, and names the keys that would do as Default', async () => {
    const first = await shop.add('acme');
    const second = await shop.add('acme', 'openai');
    shop.sandbox.setBehaviour(first.secret, 'rejected');
    const { status, document, stderr } = await shop.ask(['keys', 'validate', '--all', ...W]);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      keys: [
        { key: { keyId: first.keyId, status: 'failed', isDefault: true }, testCalls: 2 },
        { key: { keyId: second.keyId, status: 'active' }, testCalls: 1 },
      ],
      brokenDefaults: [{ projectId: null, candidates: [{ keyId: second.keyId }] }],
    });
    expect(stderr).toContain(`keyturn keys set-default ${second.keyId} --workspace acme`);
  });

  test('several keys: one that is gone holds up no other, and ends with 1', async () => {
    const first = await shop.add('acme');
    const gone = await shop.add('acme');
    await shop.run(['keys', 'hard-delete', gone.keyId, ...W, '--case', 'C-1', '--yes']);
    const asked = await shop.ask(['keys', 'validate', gone.keyId, first.keyId, first.keyId, ...W]);
    expect(asked.status).toBe(1);
    expect(at(asked.document, 'keys')).toEqual([
      { keyId: gone.keyId, refused: { code: 'key-not-on-file', message: expect.any(String) } },
      expect.objectContaining({ testCalls: 1 }),
    ]);
  });

  test('takes keys or --all, and not both', async () => {
    for (const words of [[], ['6f0c3a1e', '--all']]) {
      const { status, stderr } = await shop.run(['keys', 'validate', ...words, ...W]);
      expect(status).toBe(2);
      expect(stderr).toContain('one KEY, several, or --all');
    }
  });
});

test('a test call of a leak case carries the case', async () => {
  const { keyId } = await shop.add('acme');
  await shop.ask(['keys', 'validate', keyId, '--workspace', 'acme', '--case', 'SR-1042']);
  const { document } = await shop.ask(['audit', 'list', '--workspace', 'acme', '--case', 'SR-1042']);
  for (const [index, action] of ['KeyValidated', 'KeyTestCallStarted'].entries()) {
    expect(at(document, 'entries', index, 'action')).toBe(action);
    expect(at(document, 'entries', index, 'keyId')).toBe(keyId);
  }
});
