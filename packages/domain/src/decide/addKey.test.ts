import { describe, expect, test } from '@jest/globals';
import { abandon, accept, add, hardDelete, key, remove, reportLeak, start } from '../testSupport/commands';
import { given, givenUnder } from '../testSupport/given';

describe('AddKey', () => {
  test('the first key comes on file as pending and is Default at once', () => {
    expect(given().when(add('k1', { label: 'prod' }))).toEqual({
      emitted: [
        {
          type: 'KeyAdded',
          data: {
            keyId: 'k1',
            vendor: 'anthropic',
            endpoint: null,
            region: null,
            label: 'prod',
            last4: 'xxk1',
            fingerprint: 'fingerprint-of-k1',
            expiresAt: null,
          },
        },
        {
          type: 'DefaultChanged',
          data: { scope: { kind: 'workspace' }, keyId: 'k1', previousKeyId: null, cause: 'first-key' },
        },
      ],
    });
  });

  test('a second key leaves the Default where it is', () => {
    expect(given(add('k1')).when(add('k2'))).toMatchObject({
      emitted: [{ type: 'KeyAdded', data: { keyId: 'k2' } }],
    });
  });

  test('the first key after the last one went is Default again', () => {
    expect(given(add('k1'), remove('k1', { leaveEmpty: true })).when(add('k2'))).toMatchObject({
      emitted: [{ type: 'KeyAdded' }, { type: 'DefaultChanged', data: { keyId: 'k2', cause: 'first-key' } }],
    });
  });

  test('the first key beside one that only waits for its last run is Default', () => {
    expect(
      given(add('k1'), accept('k1'), start('r'), remove('k1', { leaveEmpty: true })).when(add('k2')),
    ).toMatchObject({
      emitted: [{ type: 'KeyAdded' }, { type: 'DefaultChanged', data: { keyId: 'k2', cause: 'first-key' } }],
    });
  });

  test('a key id is never used twice', () => {
    expect(given(add('k1')).when(add('k1', { secret: 'other' }))).toMatchObject({ refused: 'key-id-used' });
    expect(
      given(add('k1'), remove('k1', { leaveEmpty: true })).when(add('k1', { secret: 'other' })),
    ).toMatchObject({ refused: 'key-id-used' });
  });

  test('the same secret is refused while it is on file, naming the key that has it', () => {
    expect(given(add('k1', { secret: 's' })).when(add('k2', { secret: 's' }))).toMatchObject({
      refused: 'key-already-on-file',
      facts: { existing: { keyId: 'k1', last4: 'xxxs' } },
      message: expect.stringContaining('…xxxs (k1)'),
    });
  });

  test('the same secret is refused while its key waits for its last run', () => {
    expect(
      given(add('k1', { secret: 's' }), accept('k1'), start('r'), remove('k1', { leaveEmpty: true })).when(
        add('k2', { secret: 's' }),
      ),
    ).toMatchObject({ refused: 'key-already-on-file', facts: { existing: { status: 'retired' } } });
  });

  test('the same secret may be on file once more for another endpoint or vendor', () => {
    const one = given(add('k1', { secret: 's' }));
    expect(one.when(add('k2', { secret: 's', endpoint: 'https://eu.example' }))).toHaveProperty('emitted');
    expect(one.when(add('k2', { secret: 's', of: 'openai' }))).toHaveProperty('emitted');
  });

  test('the same secret may come back after a deletion that was no leak', () => {
    expect(
      given(add('k1', { secret: 's' }), hardDelete('k1', { reason: 'other' })).when(
        add('k2', { secret: 's' }),
      ),
    ).toHaveProperty('emitted');
  });

  test('a leaked secret never comes back, under whatever vendor', () => {
    expect(
      given(add('k1', { secret: 's' }), hardDelete('k1', { reason: 'leak' })).when(
        add('k2', { secret: 's', of: 'openai' }),
      ),
    ).toMatchObject({ refused: 'fingerprint-leaked', facts: { knownAs: [{ keyId: 'k1' }] } });
  });

  test('a leak that is reported long after the deletion counts', () => {
    expect(
      given(add('k1', { secret: 's' }), hardDelete('k1', { reason: 'other' }), reportLeak('k1')).when(
        add('k2', { secret: 's' }),
      ),
    ).toMatchObject({ refused: 'fingerprint-leaked' });
  });

  test('no more keys than the policy allows', () => {
    const three = givenUnder({ maxKeysOnFile: 2 })(add('k1'), add('k2'));
    expect(three.when(add('k3'))).toMatchObject({
      refused: 'key-limit-reached',
      facts: { limit: 2, onFile: 2 },
    });
  });

  test.each([
    ['label', { label: ' prod' }],
    ['label', { label: 'pr\u200bod' }],
    ['label', { label: '' }],
    ['last4', { last4: 'ab' }],
    ['fingerprint', { fingerprint: 'short' }],
    ['endpoint', { endpoint: 'https://a b' }],
    ['region', { region: 'eu west' }],
    ['model', { model: 'two words' }],
    ['model', { model: null }],
  ])('a malformed %s is refused by name', (field, change) => {
    expect(given().when(Object.assign(add('k1'), change))).toMatchObject({
      refused: 'invalid-input',
      facts: { field },
    });
  });

  test('a model that the key comes with is in its event, and none is where it has none', () => {
    const added = (more: object) => given().when(Object.assign(add('k1'), more));
    expect(added({ model: 'gpt-4.1-prod' })).toMatchObject({
      emitted: [{ type: 'KeyAdded', data: { model: 'gpt-4.1-prod' } }, { type: 'DefaultChanged' }],
    });
    expect(JSON.stringify(added({}))).not.toContain('model');
  });

  test('a label that holds a key is refused, and the refusal does not repeat it', () => {
    const label = `sk-proj-${'aB3'.repeat(10)}`;
    const outcome = given().when(add('k1', { label }));
    expect(outcome).toMatchObject({ refused: 'text-contains-secret', facts: { field: 'label' } });
    expect(JSON.stringify(outcome)).not.toContain(label.slice(8, 14));
  });
});

describe('AbandonAdd', () => {
  test('burns a key id that was never used', () => {
    expect(given().when(abandon('k1'))).toEqual({
      emitted: [{ type: 'KeyAddAbandoned', data: { keyId: 'k1' } }],
    });
    expect(given(abandon('k1')).when(add('k1'))).toMatchObject({ refused: 'key-id-used' });
    expect(given(abandon('k1')).when(abandon('k1'))).toEqual({ emitted: [] });
    expect(given(abandon('k1')).keyring.keys.has(key('k1'))).toBe(false);
  });

  test('refuses a key id that a key has', () => {
    expect(given(add('k1')).when(abandon('k1'))).toMatchObject({ refused: 'key-id-used' });
  });
});
