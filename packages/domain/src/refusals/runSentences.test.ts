import { describe, expect, test } from '@jest/globals';
import type { PasteFinding } from '../paste/findings';
import { keyIn, refused, two } from '../testSupport/refusing';
import type { RefusalCode } from './refusal';

// The sentence and the next steps are what a person has to go by: each is said here once, with its turns.

const found = (...words: ReadonlyArray<string>): ReadonlyArray<PasteFinding> =>
  words.map((said) => ({ kind: 'white-space', place: 'within', at: 1, length: 1, words: said }));

describe('what is said of runs, pastes and commands', () => {
  test.each<[code: RefusalCode, facts: object, next: ReadonlyArray<string>, message: string]>([
    [
      'wrong-workspace',
      { workspaceId: 'acme', keyringOf: 'umbrella' },
      ['correct-input'],
      'The command is for workspace acme, and this is the keyring of umbrella. Nothing was done.',
    ],
    [
      'command-id-reused',
      { commandId: 'c1' },
      ['issue-anew'],
      'Command id c1 was used before for another command. Nothing was done; send this one under an id of its own.',
    ],
    [
      'command-too-old',
      { commandId: 'c1', issuedAt: 1, horizon: 2 },
      ['read-and-retry', 'issue-anew'],
      'The command was issued so long ago that nobody remembers whether it was handled. Nothing was done; ' +
        'look at the keyring, then issue it anew if it is still wanted.',
    ],
    [
      'revision-conflict',
      { expected: 4, actual: 6 },
      ['read-and-retry'],
      'The keyring changed meanwhile: the command expects revision 4, it is at 6. Nothing was done; ' +
        'read it again, then decide.',
    ],
    [
      'invalid-input',
      { field: 'label', rule: 'shorter' },
      ['correct-input'],
      'label is not valid. It has to be shorter.',
    ],
    [
      'text-contains-secret',
      { field: 'label' },
      ['correct-input'],
      'label looks as if it holds a key or another secret. Nothing was stored; ' +
        'take it out, since this text is kept and shown.',
    ],
    [
      'clock-departs',
      { now: 1_000, storeTime: 401_000, toleranceMs: 300_000 },
      ['correct-clock'],
      "This clock and the event store's are 400000 ms apart, more than 300000 ms. No run was expired; " +
        'set the clock right.',
    ],
    [
      'vendor-has-no-active-key',
      { vendor: 'anthropic', keys: [], candidates: [] },
      ['validate-key', 'add-key', 'name-a-key'],
      'No anthropic key is active: none is on file. Validate or add one, or choose another: ' +
        'no key is active at the moment.',
    ],
    [
      'vendor-has-no-active-key',
      { vendor: 'anthropic', keys: [keyIn('pending'), keyIn('failed', 'leaked')], candidates: two },
      ['validate-key', 'add-key', 'name-a-key'],
      'No anthropic key is active: …AbCd (k1) is pending: it has not passed a test call yet; ' +
        '…AbCd (k1) failed validation (reported as leaked). Validate or add one, or choose another: ' +
        '…AbCd (k1), …EfGh (k2).',
    ],
    [
      'vendor-is-ambiguous',
      { vendor: 'anthropic', candidates: two },
      ['name-a-key', 'set-default'],
      'Several anthropic keys are active and none of them is a Default: …AbCd (k1), …EfGh (k2). ' +
        'Name the key, or set one as Default.',
    ],
    [
      'run-already-pinned',
      { runId: 'r1', key: null, requested: { kind: 'default' }, projectId: null },
      ['start-another-run'],
      'Run r1 is open already, for another choice or project; a run keeps its key. ' +
        'Start another run under an id of its own.',
    ],
    [
      'run-already-pinned',
      { runId: 'r1', key: keyIn('active'), requested: { kind: 'default' }, projectId: null },
      ['start-another-run'],
      'Run r1 is open already on …AbCd (k1), for another choice or project; a run keeps its key. ' +
        'Start another run under an id of its own.',
    ],
    [
      'run-already-ended',
      { runId: 'r1', endedAt: 1 },
      ['start-another-run'],
      'Run r1 has ended. Start another run under an id of its own.',
    ],
    ['run-not-open', { runId: 'r1' }, ['start-run'], 'No run r1 is open. Start it first.'],
    [
      'run-interrupted',
      { runId: null, key: keyIn('hard-deleted') },
      ['finish-runs', 'start-another-run'],
      '…AbCd (k1) was hard-deleted meanwhile; it was not opened.',
    ],
    [
      'run-interrupted',
      { runId: 'r1', key: keyIn('hard-deleted') },
      ['finish-runs', 'start-another-run'],
      'Run r1 was interrupted: its key …AbCd (k1) was hard-deleted. Finish it, then start another run.',
    ],
    [
      'lease-out-of-range',
      { maxSeconds: 604_800 },
      ['shorten-lease'],
      'A lease has to be a whole number of seconds from 1 to 604800.',
    ],
    [
      'lease-exhausted',
      { runId: 'r1', startedAt: 1, maxTotalSeconds: 3_600 },
      ['finish-runs', 'start-another-run'],
      'Run r1 has held its key for 3600 seconds, the most that a run may. Finish it, then start another run.',
    ],
    [
      'too-many-open-runs',
      { limit: 10_000 },
      ['finish-runs', 'expire-runs'],
      'The workspace has 10000 runs open, the most there may be. Finish runs, or let the lapsed ones expire.',
    ],
    ['paste-empty', {}, ['paste-again'], 'Nothing was pasted. Copy the key from the vendor and paste it.'],
    [
      'paste-too-short',
      { bytes: 3, minBytes: 16 },
      ['paste-again'],
      'The pasted text has 3 bytes, and no vendor key has fewer than 16. Copy the whole key and paste it again.',
    ],
    [
      'paste-too-long',
      { bytes: null, maxBytes: 512 },
      ['paste-again'],
      'The pasted text has far more than the 512 bytes that a key may have. Copy the key alone and paste it again.',
    ],
    [
      'paste-too-long',
      { bytes: 600, maxBytes: 512 },
      ['paste-again'],
      'The pasted text has 600 bytes, more than the 512 bytes that a key may have. ' +
        'Copy the key alone and paste it again.',
    ],
    [
      'paste-not-text',
      { findings: found('a gap', 'a tab', 'a gap'), cleanable: false },
      ['paste-again'],
      'The pasted key has a gap, and a tab. Nothing was stored or sent; paste the key alone.',
    ],
    [
      'paste-white-space',
      { findings: found('a gap'), cleanable: true },
      ['paste-again', 'allow-cleaning'],
      'The pasted key has a gap. Nothing was stored or sent; paste the key alone, or ask for it to be cleaned.',
    ],
    [
      'paste-invisible-character',
      { findings: found('a gap'), cleanable: true },
      ['paste-again', 'allow-cleaning'],
      'The pasted key has a gap. Nothing was stored or sent; paste the key alone, or ask for it to be cleaned.',
    ],
    [
      'paste-quoted',
      { findings: found('a gap'), cleanable: true },
      ['paste-again', 'allow-cleaning'],
      'The pasted key has a gap. Nothing was stored or sent; paste the key alone, or ask for it to be cleaned.',
    ],
    [
      'paste-prefixed',
      { findings: found('a gap'), cleanable: true },
      ['paste-again', 'allow-cleaning'],
      'The pasted key has a gap. Nothing was stored or sent; paste the key alone, or ask for it to be cleaned.',
    ],
    [
      'paste-surrounded',
      { findings: found('a gap'), cleanable: true },
      ['paste-again', 'allow-cleaning'],
      'The pasted key has a gap. Nothing was stored or sent; paste the key alone, or ask for it to be cleaned.',
    ],
    [
      'paste-odd-character',
      { findings: found('a mark'), cleanable: true },
      ['paste-again', 'allow-cleaning', 'confirm-key'],
      'The pasted key has a mark. Nothing was stored or sent; paste the key alone, or ask for it to be cleaned, ' +
        'or say that this is the key as it is.',
    ],
    [
      'paste-several-keys',
      { findings: found('a second key'), cleanable: false },
      ['paste-again'],
      'The pasted text has a second key. Nothing was stored or sent; add one key at a time.',
    ],
    [
      'paste-encoded',
      { findings: found('a key in base64'), cleanable: false },
      ['paste-again'],
      'The pasted text has a key in base64. Nothing was stored or sent; decode it, and paste the key alone.',
    ],
    [
      'paste-placeholder',
      { findings: found('a name in place of the key'), cleanable: false },
      ['paste-again'],
      'The pasted text has a name in place of the key. Nothing was stored or sent; copy the key itself, where the ' +
        'vendor shows it whole.',
    ],
    [
      'paste-other-secret',
      { findings: found('a secret'), cleanable: false, vendor: 'anthropic', looksLike: 'GitHub' },
      ['paste-again', 'confirm-vendor'],
      'This looks like a secret of GitHub, not like a key of anthropic; testing it would show it to anthropic. ' +
        'Nothing was stored or sent; paste the key, or say that this really is one of anthropic.',
    ],
    [
      'paste-admin-key',
      { findings: found('an admin key'), cleanable: false, vendor: 'anthropic' },
      ['paste-again'],
      'This is an admin key of anthropic: it can do far more than run a compilation, so it is not taken. ' +
        'Generate an ordinary API key and paste that.',
    ],
    [
      'paste-wrong-vendor',
      { findings: found('a key'), cleanable: false, vendor: 'anthropic', looksLike: 'openai' },
      ['correct-input', 'confirm-vendor'],
      'This looks like a key of openai, not of anthropic; testing it would show it to anthropic. ' +
        'Nothing was stored or sent; name openai as the vendor, or say that it really is of anthropic.',
    ],
    [
      'not-permitted',
      { actorKind: 'user', actorId: 'ada', action: 'add-key' },
      ['ask-for-permission'],
      'user:ada may not do this (add-key). Nothing was done; ask whoever grants rights in this workspace.',
    ],
    [
      'rate-limited',
      { waitMs: 0 },
      ['retry-later'],
      'The workspace made too many test calls in a short time. Try again in 1 s.',
    ],
    [
      'rate-limited',
      { waitMs: 1_001 },
      ['retry-later'],
      'The workspace made too many test calls in a short time. Try again in 2 s.',
    ],
    [
      'unknown-vendor',
      { vendor: 'acme-ai', known: ['anthropic', 'openai'] },
      ['correct-input'],
      'No vendor is called acme-ai. Known are: anthropic, openai.',
    ],
    [
      'key-ambiguous',
      { prefix: 'k', candidates: two },
      ['name-a-key'],
      '2 keys have an id that begins with k: …AbCd (k1), …EfGh (k2). Give more of the id.',
    ],
    [
      'key-ambiguous',
      { prefix: 'k', candidates: [...two, ...two, keyIn('active')] },
      ['name-a-key'],
      '5 keys have an id that begins with k: …AbCd (k1), …EfGh (k2), …AbCd (k1), …EfGh (k2), …AbCd (k1). ' +
        'Give more of the id.',
    ],
    [
      'key-ambiguous',
      { prefix: 'k', candidates: [...two, ...two, ...two] },
      ['name-a-key'],
      '6 keys have an id that begins with k: …AbCd (k1), …EfGh (k2), …AbCd (k1), …EfGh (k2), ' +
        '…AbCd (k1) and others. Give more of the id.',
    ],
    [
      'run-already-open',
      { runId: 'r1' },
      ['resume-run', 'start-another-run'],
      'Run r1 was started before and is open, so it was not started a second time. ' +
        'Resume it to take its key again, or start another run under an id of its own.',
    ],
  ])('%s %#', (code, facts, next, message) => {
    expect(refused(code, facts)).toEqual({ message, next });
  });
});
