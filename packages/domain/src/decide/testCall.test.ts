import { describe, expect, test } from '@jest/globals';
import type { TestCallPurpose } from '../validation';
import {
  accept,
  add,
  clearDefault,
  fail,
  hardDelete,
  key,
  remove,
  setDefault,
  shrug,
  start,
} from '../testSupport/commands';
import { given, givenUnder } from '../testSupport/given';

const statusOf = (story: ReturnType<typeof given>, id = 'k1') => story.keyring.keys.get(key(id))?.status;

describe('RecordValidation', () => {
  test('accepted makes a pending key active, and moves no Default', () => {
    expect(given(add('k1'), add('k2')).when(accept('k2'))).toMatchObject({
      emitted: [{ type: 'KeyValidated', data: { keyId: 'k2', condition: 'completed' } }],
    });
    expect(statusOf(given(add('k1'), accept('k1')))).toBe('active');
  });

  test('failed and then accepted gives active', () => {
    expect(statusOf(given(add('k1'), fail('k1', 'unfunded', 1)))).toBe('failed');
    expect(statusOf(given(add('k1'), fail('k1', 'unfunded', 1), accept('k1', 2)))).toBe('active');
  });

  test('undecided changes no state', () => {
    expect(given(add('k1')).when(shrug('k1'))).toMatchObject({
      emitted: [{ type: 'KeyValidationInconclusive', data: { reason: 'timeout' } }],
    });
    expect(statusOf(given(add('k1'), shrug('k1')))).toBe('pending');
    expect(statusOf(given(add('k1'), accept('k1', 1), shrug('k1', 2)))).toBe('active');
  });

  test('one 401 does not disable an active key, a second one does', () => {
    const once = given(add('k1'), accept('k1', 1), fail('k1', 'rejected', 2));
    expect(statusOf(once)).toBe('active');
    expect(once.when(fail('k1', 'rejected', 3))).toMatchObject({ emitted: [{ data: { disables: true } }] });
    const twice = given(add('k1'), accept('k1', 1), fail('k1', 'rejected', 2), fail('k1', 'rejected', 3));
    expect(statusOf(twice)).toBe('failed');
  });

  test('an accepted call in between starts the count anew', () => {
    expect(
      given(add('k1'), accept('k1', 1), fail('k1', 'rejected', 2), accept('k1', 3)).when(
        fail('k1', 'rejected', 4),
      ),
    ).toMatchObject({ emitted: [{ data: { disables: false } }] });
  });

  test('a 401 of a pending key, and every other explicit no, disables at once', () => {
    expect(given(add('k1')).when(fail('k1', 'rejected'))).toMatchObject({
      emitted: [{ data: { disables: true } }],
    });
    expect(given(add('k1'), accept('k1', 1)).when(fail('k1', 'restricted', 2))).toMatchObject({
      emitted: [{ data: { disables: true } }],
    });
  });

  test('a verdict of a call that began no later than the last one is dropped', () => {
    const story = given(add('k1'), accept('k1', 1));
    expect(story.when(fail('k1', 'unfunded', 1))).toEqual({ emitted: [] });
    expect(story.when(fail('k1', 'unfunded', 0))).toEqual({ emitted: [] });
    expect(story.when(shrug('k1', 0))).toEqual({ emitted: [] });
  });

  test('an undecided call does not make an earlier verdict stale', () => {
    expect(given(add('k1'), shrug('k1', 5)).when(accept('k1', 4))).toHaveProperty('emitted.length', 1);
  });

  test('a call that claims to begin in the future does not make later verdicts stale', () => {
    const story = given(add('k1'), accept('k1', 999_999));
    expect(story.when(fail('k1', 'unfunded', 2))).toHaveProperty('emitted.length', 1);
  });

  test('an outcome for a key that is no longer on file is refused', () => {
    expect(
      given(add('k1'), accept('k1'), start('r'), remove('k1', { leaveEmpty: true })).when(accept('k1', 9)),
    ).toMatchObject({ refused: 'key-not-on-file', facts: { key: { status: 'retired' } } });
    expect(given(add('k1'), hardDelete('k1')).when(accept('k1', 9))).toMatchObject({
      refused: 'key-not-on-file',
    });
    expect(given().when(accept('k1'))).toMatchObject({ refused: 'unknown-key' });
  });
});

describe('StartTestCall', () => {
  const ask = (purpose: TestCallPurpose) => ({ type: 'StartTestCall', keyId: key('k1'), purpose }) as const;

  test('is in the log before the secret is opened, with its purpose', () => {
    expect(given(add('k1')).when(ask('add'))).toEqual({
      emitted: [{ type: 'KeyTestCallStarted', data: { keyId: 'k1', purpose: 'add' } }],
    });
  });

  test('a key that is going is asked about only to learn whether it still works', () => {
    const story = given(add('k1'), accept('k1'), start('r'), remove('k1', { leaveEmpty: true }));
    expect(story.when(ask('revalidate'))).toMatchObject({ refused: 'key-not-on-file' });
    expect(story.when(ask('kill-check'))).toHaveProperty('emitted.length', 1);
    expect(given(add('k1'), hardDelete('k1')).when(ask('kill-check'))).toMatchObject({
      refused: 'key-not-on-file',
    });
  });
});

describe('SetDefault', () => {
  const two = [add('k1'), accept('k1'), add('k2'), accept('k2')] as const;

  test('moves the Default of the workspace or of one project', () => {
    expect(given(...two).when(setDefault('k2'))).toEqual({
      emitted: [
        {
          type: 'DefaultChanged',
          data: { scope: { kind: 'workspace' }, keyId: 'k2', previousKeyId: 'k1', cause: 'set-default' },
        },
      ],
    });
    expect(given(...two).when(setDefault('k2', 'p'))).toMatchObject({
      emitted: [{ data: { scope: { projectId: 'p' }, previousKeyId: null } }],
    });
  });

  test('needs nothing when it is so already, even of a key that failed', () => {
    expect(given(...two, fail('k1', 'unfunded', 9)).when(setDefault('k1'))).toEqual({ emitted: [] });
  });

  test('is refused for a key that is not active, saying which state it is in', () => {
    expect(given(...two, add('k3')).when(setDefault('k3'))).toMatchObject({
      refused: 'key-not-active',
      facts: { key: { status: 'pending' }, candidates: [{ keyId: 'k1' }, { keyId: 'k2' }] },
    });
    expect(given(...two, remove('k2')).when(setDefault('k2'))).toMatchObject({ refused: 'key-not-on-file' });
    expect(given(...two).when(setDefault('k9'))).toMatchObject({ refused: 'unknown-key' });
  });
});

describe('SetDefault of one project more', () => {
  test('is refused past the limit, so that a key can always be deleted in one append', () => {
    const story = givenUnder({ maxProjectDefaults: 1 })(add('k1'), accept('k1'), setDefault('k1', 'p'));
    expect(story.when(setDefault('k1', 'q'))).toMatchObject({ refused: 'too-many-project-defaults' });
    expect(story.when(setDefault('k1', 'p'))).toEqual({ emitted: [] });
  });
});

describe('ClearProjectDefault', () => {
  test('gives the project back to the workspace Default; nothing to clear is no error', () => {
    const story = given(add('k1'), accept('k1'), setDefault('k1', 'p'));
    expect(story.when(clearDefault('p'))).toEqual({
      emitted: [
        {
          type: 'DefaultChanged',
          data: {
            scope: { kind: 'project', projectId: 'p' },
            keyId: null,
            previousKeyId: 'k1',
            cause: 'project-default-cleared',
          },
        },
      ],
    });
    expect(story.when(clearDefault('q'))).toEqual({ emitted: [] });
  });
});
