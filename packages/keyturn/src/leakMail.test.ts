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

test('without a stranger nothing was revoked yet, and the mail does not say so', () => {
  const mail = leakMail({ ...key, outcome: 'not-contained' }, vendor, 'SEC/1042', {
    step: 'stop-stranger',
    done: true,
  });
  expect(mail).toContain('You told us that no stranger may be using the key.');
});
