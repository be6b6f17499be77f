import { beforeEach, describe, expect, test } from '@jest/globals';
import type { CommandBody } from '../commands';
import type { CaseId } from '../ids';
import { closeCase, killCheck, review, revoke } from '../testSupport/leakCommands';
import {
  abandon,
  accept,
  add,
  clearDefault,
  confirm,
  expire,
  finish,
  hardDelete,
  key,
  remove,
  reportLeak,
  resume,
  setDefault,
  start,
} from '../testSupport/commands';
import { LABEL_RULE } from '../label';
import { given, type Story } from '../testSupport/given';

let story: Story;
beforeEach(() => {
  story = given(add('k1'), accept('k1'));
});

const ofCase = { keyId: key('k1'), caseId: 'SEC-7' as CaseId };
const leakBodies: ReadonlyArray<CommandBody> = [
  { type: 'WithdrawLeakReport', ...ofCase, reason: 'the wrong key' },
  { type: 'SuspendKey', ...ofCase },
  { type: 'ReinstateKey', ...ofCase },
  killCheck('k1', 'dead', 9),
  revoke('k1'),
  review('k1'),
  closeCase(),
];

const bodies: ReadonlyArray<CommandBody> = [
  add('k2', { label: 'prod' }),
  { type: 'RelabelKey', keyId: key('k1'), label: 'dev' },
  { type: 'SetKeyExpiry', keyId: key('k1'), expiresAt: 9 },
  abandon('k2'),
  { type: 'StartTestCall', keyId: key('k1'), purpose: 'validate' },
  accept('k1', 9),
  setDefault('k1', 'p'),
  clearDefault('p'),
  remove('k1', { leaveEmpty: true }),
  hardDelete('k1'),
  reportLeak('k1'),
  ...leakBodies,
  start('r'),
  resume('r'),
  finish('r'),
  expire(9),
  confirm('k1'),
];

const pasted = `Xy${'7aB3'.repeat(8)}`;

describe('a body without one of its members', () => {
  const cases = bodies.flatMap((body) =>
    Object.keys(body)
      .filter((member) => member !== 'type')
      .map((member) => [body.type, member, body] as const),
  );

  test.each(cases)('%s without %s is refused by its name', (_, member, body) => {
    const without = { ...body, [member]: undefined };
    expect(story.when(without)).toMatchObject({ refused: 'invalid-input', facts: { field: member } });
  });
});

describe('what a body has to be instead', () => {
  test.each([
    ['label', add('k2', { label: ' prod' }), LABEL_RULE],
    [
      'endpoint',
      add('k2', { endpoint: 'two words' }),
      'an address of at most 256 printable ASCII characters without spaces',
    ],
    ['vendor', add('k2', { of: '-x' }), '1 to 32 of the characters a-z 0-9 -, not beginning with -'],
    ['last4', { ...add('k2'), last4: 'abc' }, 'the last 4 characters of the key, printable ASCII'],
    ['fingerprint', { ...add('k2'), fingerprint: 'short' }, '16 to 128 of the characters A-Z a-z 0-9 _ -'],
    ['model', { ...add('k2'), model: 'two words' }, '1 to 128 printable ASCII characters without spaces'],
    ['region', { ...add('k2'), region: '' }, '1 to 64 of the characters A-Z a-z 0-9 _ . -'],
    ['runId', start('a b'), '1 to 64 of the characters A-Z a-z 0-9 _ -'],
    ['leaseSeconds', { ...start('r'), leaseSeconds: 'long' } as never, 'what StartRun takes'],
  ])('%s', (field, body, rule) => {
    expect(story.when(body)).toMatchObject({ refused: 'invalid-input', facts: { field, rule } });
  });
});

describe('a long random token', () => {
  test('is taken for a secret where people write, in a label and a case id', () => {
    const secret = { refused: 'text-contains-secret' };
    expect(story.when(add('k2', { label: pasted }))).toMatchObject({ ...secret, facts: { field: 'label' } });
    const inCase = { ...reportLeak('k1'), caseId: pasted } as never;
    expect(story.when(inCase)).toMatchObject({ ...secret, facts: { field: 'caseId' } });
  });

  test('may well be an id that a program made', () => {
    expect(story.when(start(pasted))).toHaveProperty('emitted.length', 1);
  });

  test('may be a fingerprint, whatever it begins with', () => {
    const fingerprint = `sk-${pasted}`;
    expect(story.when({ ...add('k2'), fingerprint } as never)).toHaveProperty('emitted');
    expect(story.when(start(fingerprint))).toMatchObject({ refused: 'text-contains-secret' });
  });
});
