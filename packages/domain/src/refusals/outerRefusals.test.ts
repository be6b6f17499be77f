import { expect, test } from '@jest/globals';
import type { Actor } from '../actor';
import type { RunId } from '../ids';
import { accept, add, key } from '../testSupport/commands';
import { given } from '../testSupport/given';
import {
  keyAmbiguous,
  notPermitted,
  rateLimited,
  runAlreadyOpen,
  runInterrupted,
  unknownKey,
  unknownVendor,
} from './outerRefusals';
import type { Refusal } from './refusal';

/** Code and facts, without the next steps. */
const said = ({ code, facts }: Refusal) => {
  const { next, ...rest } = facts;
  return next.length > 0 ? [code, rest] : [code];
};

const pasted = `sk-${'aB3'.repeat(10)}`;
const unsaid = '(a text that is not repeated here)';

test('what the layers around the keyring refuse, by code and facts', () => {
  const runId = 'r1' as RunId;
  const k1 = given(add('k1', { label: 'prod' }), accept('k1')).keyring.keys.get(key('k1'));
  if (k1 === undefined) throw new Error('there is no k1');
  const fact = {
    keyId: 'k1',
    vendor: 'anthropic',
    last4: 'xxk1',
    label: 'prod',
    status: 'active',
    failureReason: null,
  };
  const ada = { kind: 'user', id: 'ada' } as Actor;
  expect(said(notPermitted(ada, 'add-key'))).toEqual([
    'not-permitted',
    { actorKind: 'user', actorId: 'ada', action: 'add-key' },
  ]);
  expect(said(rateLimited(1_500))).toEqual(['rate-limited', { waitMs: 1_500 }]);
  expect(said(runAlreadyOpen(runId))).toEqual(['run-already-open', { runId }]);
  expect(said(runInterrupted(k1, runId))).toEqual(['run-interrupted', { runId, key: fact }]);
  expect(said(runInterrupted(k1))).toEqual(['run-interrupted', { runId: null, key: fact }]);
});

test('what was typed is repeated only where it is no key', () => {
  const known = ['anthropic'];
  expect(said(unknownVendor('acme', known))).toEqual(['unknown-vendor', { vendor: 'acme', known }]);
  expect(said(unknownVendor(pasted, known))).toEqual(['unknown-vendor', { vendor: unsaid, known }]);
  expect(said(unknownKey('k9'))).toEqual(['unknown-key', { keyId: 'k9' }]);
  expect(said(unknownKey(pasted))).toEqual(['unknown-key', { keyId: unsaid }]);
  const k = { keyId: 'k1', vendor: 'anthropic', last4: 'AbCd', label: null };
  expect(said(keyAmbiguous('k', [{ ...k, fingerprint: 'no business of theirs' } as typeof k]))).toEqual([
    'key-ambiguous',
    { prefix: 'k', candidates: [k] },
  ]);
  expect(said(keyAmbiguous(pasted, []))).toEqual(['key-ambiguous', { prefix: unsaid, candidates: [] }]);
});
