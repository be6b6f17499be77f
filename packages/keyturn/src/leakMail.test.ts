import { expect, test } from '@jest/globals';
import { leakMail } from './leakMail';

const key = {
  workspaceId: 'acme',
  keyId: 'key-1',
  vendor: 'anthropic',
  last4: 'qkAA',
  label: null,
  status: 'active',
  suspended: false,
  openRuns: [],
  next: null,
  outcome: 'revoked-unconfirmed',
  notCheckable: false,
  minutesToRevoked: 4,
  minutesToDead: null,
} as const;
const vendor = { name: 'Anthropic', revocationPage: null, revokeSteps: [] };

test.each(['stop-stranger', 'revoke'] as const)(
  '%s: what a person said is told, and not confirmed',
  (step) => {
    const mailOf = (outcome: 'revoked-unconfirmed' | 'contained'): string =>
      leakMail({ ...key, outcome }, vendor, 'SEC/1042', { step, done: true });
    expect(mailOf('revoked-unconfirmed')).toContain(
      'We were told that the key was revoked. Anthropic has not confirmed that to us.',
    );
    expect(mailOf('revoked-unconfirmed')).not.toMatch(/was revoked at|Nobody else/);
    expect(mailOf('contained')).toContain('Anthropic itself has shown that the key no longer works.');
  },
);

const STEPS = [
  ...(['find', 'report', 'stop-stranger', 'successor', 'revoke', 'kill-check'] as const),
  ...(['hard-delete', 'review', 'close'] as const),
];

test.each(STEPS)('%s: no mail calls a person’s word a fact', (step) => {
  for (const done of step === 'kill-check' ? [false] : [true, false]) {
    const mail = leakMail(key, vendor, 'SEC/1042', { step, done });
    expect(mail).not.toMatch(/itself has shown|no longer takes|is dead|is revoked|nobody can use/i);
    const sentences = mail.split(/(?<=[.?:])\s+/);
    const facts = sentences.filter(
      (said) => said.includes('was revoked') && !said.startsWith('We were told that'),
    );
    expect(facts).toEqual([]);
    const opened = leakMail({ ...key, outcome: 'not-contained' }, vendor, 'SEC/1042', { step, done });
    expect(opened).not.toMatch(/was revoked|itself has shown|no longer takes|is dead/i);
  }
});

test('close: says how far it is known', () => {
  const mailOf = (done: boolean): string => leakMail(key, vendor, 'SEC/1042', { step: 'close', done });
  for (const done of [true, false]) expect(mailOf(done)).toContain('Anthropic has not confirmed that to us.');
});

test('without a stranger nothing was revoked yet, and the mail does not say so', () => {
  const mail = leakMail({ ...key, outcome: 'not-contained' }, vendor, 'SEC/1042', {
    step: 'stop-stranger',
    done: true,
  });
  expect(mail).toContain('You told us that no stranger may be using the key.');
});
