import type { FaultKnown } from '../fault';
import type { KeyId } from '../ids';
import type { Scope } from '../scope';
import { named, namedAll, stateOf, type KeyFact } from './keyFact';
import type { NoFacts, RefusalTable } from './table';

/** Refusals about one key: adding it, testing it, making it Default. */
export interface KeyRefusals {
  'unknown-key': { readonly keyId: string };
  'key-id-used': { readonly keyId: KeyId };
  'key-already-on-file': { readonly existing: KeyFact };
  'fingerprint-leaked': { readonly knownAs: ReadonlyArray<KeyFact> };
  'key-limit-reached': { readonly limit: number; readonly onFile: number };
  'key-not-on-file': { readonly key: KeyFact; readonly openRuns: number };
  /** `candidates` are the active keys that would do. */
  'key-not-active': FaultKnown & { readonly key: KeyFact; readonly candidates: ReadonlyArray<KeyFact> };
  'key-not-hard-deleted': { readonly key: KeyFact };
  'no-key-on-file': NoFacts;
  'too-many-project-defaults': { readonly limit: number };
  'no-default': { readonly candidates: ReadonlyArray<KeyFact> };
  'default-not-active': FaultKnown & {
    readonly scope: Scope;
    readonly key: KeyFact;
    readonly candidates: ReadonlyArray<KeyFact>;
  };
}

const NO_CANDIDATE = 'no key is active at the moment';

const scopeWords = (scope: Scope): string =>
  scope.kind === 'workspace' ? "The workspace's Default" : `The Default of project ${scope.projectId}`;

export const keyRefusals: RefusalTable<KeyRefusals> = {
  'unknown-key': {
    message: (f) => `This workspace has no key ${f.keyId}. List the keys to see which there are.`,
    next: ['correct-input'],
  },
  'key-id-used': {
    message: (f) =>
      `Key id ${f.keyId} was used or given up before, and an id is never used twice. ` +
      'Add the key again, under another id.',
    next: ['issue-anew'],
  },
  'key-already-on-file': {
    message: ({ existing }) =>
      existing.status === 'retired'
        ? `This key is being deleted as ${named(existing)}: its last runs still hold it. ` +
          'Add it again when they have finished, or add another.'
        : `This key is on file already as ${named(existing)}. Use that one, or generate another key at the vendor.`,
    next: ['add-key'],
  },
  'fingerprint-leaked': {
    message: ({ knownAs }) =>
      `This key was reported as leaked${knownAs.length === 0 ? '' : ` (it was ${namedAll(knownAs, '')})`} ` +
      'and does not come back on file. Revoke it at the vendor, generate another, and add that.',
    next: ['revoke-at-vendor', 'add-key'],
  },
  'key-limit-reached': {
    message: (f) =>
      `The workspace has ${f.onFile} keys on file, and ${f.limit} is the most. ` +
      'Delete one that is no longer used, then add this one.',
    next: ['add-key'],
  },
  'key-not-on-file': {
    message: (f) =>
      f.key.status === 'retired'
        ? `${named(f.key)} is being deleted: ${f.openRuns} ` +
          `${f.openRuns === 1 ? 'run still holds' : 'runs still hold'} it. It can be hard-deleted at once, ` +
          'or goes with the last of them.'
        : `${named(f.key)} ${stateOf(f.key)} and can't be used any more. Name a key that is on file.`,
    next: ['name-a-key'],
  },
  'key-not-active': {
    message: (f) =>
      `${named(f.key)} ${stateOf(f.key)}, so nothing can run on it. Active: ` +
      `${namedAll(f.candidates, NO_CANDIDATE)}. Validate this key, or name an active one.`,
    next: ['validate-key', 'name-a-key'],
  },
  'key-not-hard-deleted': {
    message: ({ key }) =>
      `${named(key)} ${stateOf(key)}: only the secret of a hard-deleted key can be confirmed as destroyed.`,
    next: ['correct-input'],
  },
  'no-key-on-file': {
    message: () => 'The workspace has no key on file. Add a key, then start the run.',
    next: ['add-key'],
  },
  'too-many-project-defaults': {
    message: (f) =>
      `${f.limit} projects have a Default of their own, the most there may be. ` +
      "Clear one that could do with the workspace's.",
    next: ['clear-project-default'],
  },
  'no-default': {
    message: (f) => `The workspace has no Default. Set one: ${namedAll(f.candidates, NO_CANDIDATE)}.`,
    next: ['set-default'],
  },
  'default-not-active': {
    message: (f) =>
      `${scopeWords(f.scope)}, ${named(f.key)}, ${stateOf(f.key)}, and no other key is taken in its place. ` +
      `Validate it, or set another Default: ${namedAll(f.candidates, NO_CANDIDATE)}.`,
    next: ['validate-key', 'set-default'],
  },
};
