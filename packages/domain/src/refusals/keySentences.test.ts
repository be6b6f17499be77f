import { describe, expect, test } from '@jest/globals';
import { keyIn, project, refused, two, workspace } from '../testSupport/refusing';
import type { RefusalCode } from './refusal';

// The sentence and the next steps are what a person has to go by: each is said here once, with its turns.

describe('what is said of keys', () => {
  test.each<[code: RefusalCode, facts: object, next: ReadonlyArray<string>, message: string]>([
    [
      'unknown-key',
      { keyId: 'k1' },
      ['correct-input'],
      'This workspace has no key k1. List the keys to see which there are.',
    ],
    [
      'key-id-used',
      { keyId: 'k1' },
      ['issue-anew'],
      'Key id k1 was used or given up before, and an id is never used twice. Add the key again, under another id.',
    ],
    [
      'key-already-on-file',
      { existing: keyIn('active') },
      ['add-key'],
      'This key is on file already as …AbCd (k1). Use that one, or generate another key at the vendor.',
    ],
    [
      'key-already-on-file',
      { existing: keyIn('retired') },
      ['add-key'],
      'This key is being deleted as …AbCd (k1): its last runs still hold it. ' +
        'Add it again when they have finished, or add another.',
    ],
    [
      'fingerprint-leaked',
      { knownAs: [] },
      ['revoke-at-vendor', 'add-key'],
      'This key was reported as leaked and does not come back on file. ' +
        'Revoke it at the vendor, generate another, and add that.',
    ],
    [
      'fingerprint-leaked',
      { knownAs: [keyIn('hard-deleted')] },
      ['revoke-at-vendor', 'add-key'],
      'This key was reported as leaked (it was …AbCd (k1)) and does not come back on file. ' +
        'Revoke it at the vendor, generate another, and add that.',
    ],
    [
      'key-limit-reached',
      { limit: 50, onFile: 51 },
      ['add-key'],
      'The workspace has 51 keys on file, and 50 is the most. Delete one that is no longer used, then add this one.',
    ],
    [
      'key-not-active',
      { key: keyIn('failed'), candidates: Array.from({ length: 12 }, () => keyIn('active')) },
      ['validate-key', 'name-a-key'],
      '…AbCd (k1) failed validation, so nothing can run on it. Active: ' +
        `${Array.from({ length: 10 }, () => '…AbCd (k1)').join(', ')} and 2 more. ` +
        'Validate this key, or name an active one.',
    ],
    [
      'key-not-on-file',
      { key: keyIn('retired'), openRuns: 1 },
      ['name-a-key'],
      '…AbCd (k1) is being deleted: 1 run still holds it. It can be hard-deleted at once, ' +
        'or goes with the last of them.',
    ],
    [
      'key-not-on-file',
      { key: keyIn('retired'), openRuns: 2 },
      ['name-a-key'],
      '…AbCd (k1) is being deleted: 2 runs still hold it. It can be hard-deleted at once, ' +
        'or goes with the last of them.',
    ],
    [
      'key-not-on-file',
      { key: keyIn('hard-deleted'), openRuns: 0 },
      ['name-a-key'],
      "…AbCd (k1) was hard-deleted and can't be used any more. Name a key that is on file.",
    ],
    [
      'key-not-active',
      { key: keyIn('pending'), candidates: [] },
      ['validate-key', 'name-a-key'],
      '…AbCd (k1) is pending: it has not passed a test call yet, so nothing can run on it. Active: ' +
        'no key is active at the moment. Validate this key, or name an active one.',
    ],
    [
      'key-not-active',
      { key: keyIn('failed'), candidates: two },
      ['validate-key', 'name-a-key'],
      '…AbCd (k1) failed validation, so nothing can run on it. Active: …AbCd (k1), …EfGh (k2). ' +
        'Validate this key, or name an active one.',
    ],
    [
      'key-not-active',
      { key: keyIn('failed', 'unfunded'), candidates: two },
      ['validate-key', 'name-a-key'],
      '…AbCd (k1) failed validation (credit exhausted), so nothing can run on it. Active: ' +
        '…AbCd (k1), …EfGh (k2). Validate this key, or name an active one.',
    ],
    [
      'key-not-hard-deleted',
      { key: keyIn('active') },
      ['correct-input'],
      '…AbCd (k1) is active: only the secret of a hard-deleted key can be confirmed as destroyed.',
    ],
    ['no-key-on-file', {}, ['add-key'], 'The workspace has no key on file. Add a key, then start the run.'],
    [
      'too-many-project-defaults',
      { limit: 1_000 },
      ['clear-project-default'],
      "1000 projects have a Default of their own, the most there may be. Clear one that could do with the workspace's.",
    ],
    [
      'no-default',
      { candidates: two },
      ['set-default'],
      'The workspace has no Default. Set one: …AbCd (k1), …EfGh (k2).',
    ],
    [
      'default-not-active',
      { scope: workspace, key: keyIn('retired'), candidates: [] },
      ['validate-key', 'set-default'],
      "The workspace's Default, …AbCd (k1), is being deleted and only waits for its last run, " +
        'and no other key is taken in its place. Validate it, or set another Default: ' +
        'no key is active at the moment.',
    ],
    [
      'default-not-active',
      { scope: project, key: keyIn('pending'), candidates: two },
      ['validate-key', 'set-default'],
      'The Default of project p, …AbCd (k1), is pending: it has not passed a test call yet, ' +
        'and no other key is taken in its place. Validate it, or set another Default: …AbCd (k1), …EfGh (k2).',
    ],
    [
      'successor-needed',
      { key: keyIn('active'), scopes: [workspace, project], candidates: two },
      ['name-successor', 'set-default'],
      '…AbCd (k1) is the Default of the workspace, project p. ' +
        'Say which key takes its place, or set another Default first: …AbCd (k1), …EfGh (k2).',
    ],
    [
      'successor-is-the-key',
      { key: keyIn('active'), candidates: [] },
      ['name-successor'],
      "…AbCd (k1) can't be its own successor. Name another key: no other key is on file; add one first.",
    ],
    [
      'successor-not-on-file',
      { successor: null, keyId: 'k9', candidates: two },
      ['name-successor'],
      'The successor k9 is no key of this workspace. Name a key on file: …AbCd (k1), …EfGh (k2).',
    ],
    [
      'successor-not-on-file',
      { successor: keyIn('retired'), keyId: 'k1', candidates: two },
      ['name-successor'],
      'The successor …AbCd (k1) is being deleted and only waits for its last run. Name a key on file: ' +
        '…AbCd (k1), …EfGh (k2).',
    ],
    [
      'successor-not-active',
      { successor: keyIn('pending'), candidates: two },
      ['name-successor', 'validate-key'],
      'The successor …AbCd (k1) is pending: it has not passed a test call yet, while another key is active. ' +
        'Name an active key: …AbCd (k1), …EfGh (k2).',
    ],
    [
      'last-key',
      { key: keyIn('active') },
      ['add-key', 'allow-leaving-empty'],
      '…AbCd (k1) is the only key on file: without it no run can start. ' +
        'Add another key first, or say that the workspace may be left without one.',
    ],
  ])('%s %#', (code, facts, next, message) => {
    expect(refused(code, facts)).toEqual({ message, next });
  });
});
