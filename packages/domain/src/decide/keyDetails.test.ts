import { describe, expect, test } from '@jest/globals';
import type { CommandBody } from '../commands';
import { accept, add, hardDelete, key, remove, start, T0 } from '../testSupport/commands';
import { given } from '../testSupport/given';

const relabel = (id: string, label: string | null): CommandBody => ({
  type: 'RelabelKey',
  keyId: key(id),
  label,
});
const expire = (id: string, expiresAt: number | null): CommandBody => ({
  type: 'SetKeyExpiry',
  keyId: key(id),
  expiresAt,
});

describe('RelabelKey', () => {
  test('gives another name, or none, and says which it was', () => {
    const story = given(add('k1', { label: 'prod' }));
    expect(story.when(relabel('k1', 'prod-2'))).toEqual({
      emitted: [{ type: 'KeyRelabelled', data: { keyId: 'k1', label: 'prod-2', previousLabel: 'prod' } }],
    });
    expect(story.when(relabel('k1', null))).toEqual({
      emitted: [{ type: 'KeyRelabelled', data: { keyId: 'k1', label: null, previousLabel: 'prod' } }],
    });
    expect(story.when(relabel('k1', 'prod'))).toEqual({ emitted: [] });
    expect(given(add('k1'), relabel('k1', 'dev')).keyring.keys.get(key('k1'))).toMatchObject({
      label: 'dev',
    });
  });

  test('takes a key on file in any state, and one that is being deleted; none that is gone', () => {
    const retiring = given(add('k1'), accept('k1'), start('r'), remove('k1', { leaveEmpty: true }));
    expect(retiring.when(relabel('k1', 'old'))).toHaveProperty('emitted.length', 1);
    expect(given(add('k1'), hardDelete('k1')).when(relabel('k1', 'old'))).toMatchObject({
      refused: 'key-not-on-file',
    });
    expect(given(add('k1')).when(relabel('k9', 'old'))).toMatchObject({ refused: 'unknown-key' });
  });

  test('takes no key for a label', () => {
    const pasted = `sk-${'aB3x'.repeat(10)}`;
    expect(given(add('k1')).when(relabel('k1', pasted))).toMatchObject({
      refused: 'text-contains-secret',
      facts: { field: 'label' },
    });
    expect(given(add('k1')).when(relabel('k1', '\u200b'))).toMatchObject({
      refused: 'invalid-input',
      facts: { field: 'label' },
    });
  });
});

describe('SetKeyExpiry', () => {
  test('says when a key is to be replaced, also of a time that has passed, or that it need not be', () => {
    const story = given(add('k1', { expiresAt: T0 }));
    expect(story.when(expire('k1', 1))).toEqual({
      emitted: [{ type: 'KeyExpiryChanged', data: { keyId: 'k1', expiresAt: 1, previousExpiresAt: T0 } }],
    });
    expect(story.when(expire('k1', null))).toEqual({
      emitted: [{ type: 'KeyExpiryChanged', data: { keyId: 'k1', expiresAt: null, previousExpiresAt: T0 } }],
    });
    expect(story.when(expire('k1', T0))).toEqual({ emitted: [] });
    expect(story.when(expire('k1', 0.5))).toMatchObject({
      refused: 'invalid-input',
      facts: { field: 'expiresAt' },
    });
    expect(given(add('k1'), hardDelete('k1')).when(expire('k1', 1))).toMatchObject({
      refused: 'key-not-on-file',
    });
  });

  test('refuses nothing to a key that is past it', () => {
    const expired = given(add('k1', { expiresAt: 1 }), accept('k1'));
    expect(expired.when(start('r'))).toHaveProperty('emitted.length', 1);
    expect(expired.keyring.keys.get(key('k1'))).toMatchObject({ status: 'active', expiresAt: 1 });
  });
});
