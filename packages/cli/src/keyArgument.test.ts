import { randomUUID as uuid } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addingKey, givePast } from './testSupport/pastOf';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

describe('a KEY', () => {
  test('may be the beginning of an id', async () => {
    const { keyId } = await shop.add('prefix');
    const { status, document } = await shop.ask([
      'keys',
      'validate',
      keyId.slice(0, 5),
      '--workspace',
      'prefix',
    ]);
    expect(status).toBe(0);
    expect(at(document, 'key', 'keyId')).toBe(keyId);
  });

  test('is never a last 4, nor as short as one', async () => {
    const keyId = `beef${uuid()}`;
    await givePast(shop, 'last4', [addingKey(keyId)]);
    for (const key of ['beef', 'abAA']) {
      const { status, document } = await shop.ask(['keys', 'set-default', key, '--workspace', 'last4']);
      expect(status).toBe(1);
      expect(at(document, 'refused', 'code')).toBe('unknown-key');
    }
  });

  test('of another workspace is unknown', async () => {
    const { keyId } = await shop.add('theirs');
    await shop.add('ours');
    for (const key of [keyId, keyId.slice(0, 8)]) {
      const { status, document } = await shop.ask(['keys', 'validate', key, '--workspace', 'ours']);
      expect(status).toBe(1);
      expect(at(document, 'refused', 'code')).toBe('unknown-key');
    }
  });

  test('that was never added is refused by lists, too', async () => {
    await shop.add('alone');
    for (const words of [['runs', 'list'], ['audit', 'list'], ['history']]) {
      const { status, document } = await shop.ask([...words, '--workspace', 'alone', '--key', uuid()]);
      expect(status).toBe(1);
      expect(at(document, 'refused', 'code')).toBe('unknown-key');
    }
  });

  test('that was hard-deleted is still found', async () => {
    const { keyId } = await shop.add('gone');
    await shop.run(['keys', 'delete', '--yes', keyId, '--workspace', 'gone', '--leave-empty']);
    const { status, document } = await shop.ask([
      'audit',
      'list',
      '--workspace',
      'gone',
      '--key',
      keyId.slice(0, 8),
    ]);
    expect(status).toBe(0);
    expect(at(document, 'entries', 0, 'action')).toBe('KeySecretDestroyed');
  });
});
