import type { Scope } from '../scope';
import { named, namedAll, stateOf, type KeyFact } from './keyFact';
import type { RefusalTable } from './table';

/** Refusals on the way to deleting a key. */
export interface DeletionRefusals {
  'successor-needed': {
    readonly key: KeyFact;
    /** Where the key is Default. */
    readonly scopes: ReadonlyArray<Scope>;
    readonly candidates: ReadonlyArray<KeyFact>;
  };
  'successor-is-the-key': { readonly key: KeyFact; readonly candidates: ReadonlyArray<KeyFact> };
  'successor-not-on-file': {
    /** Null for an id that no key ever had. */
    readonly successor: KeyFact | null;
    readonly keyId: string;
    readonly candidates: ReadonlyArray<KeyFact>;
  };
  'successor-not-active': { readonly successor: KeyFact; readonly candidates: ReadonlyArray<KeyFact> };
  'last-key': { readonly key: KeyFact };
}

const candidatesWords = (candidates: ReadonlyArray<KeyFact>): string =>
  namedAll(candidates, 'no other key is on file; add one first');

const scopesWords = (scopes: ReadonlyArray<Scope>): string =>
  scopes
    .map((scope) => (scope.kind === 'workspace' ? 'the workspace' : `project ${scope.projectId}`))
    .join(', ');

export const deletionRefusals: RefusalTable<DeletionRefusals> = {
  'successor-needed': {
    message: (f) =>
      `${named(f.key)} is the Default of ${scopesWords(f.scopes)}. ` +
      `Say which key takes its place, or set another Default first: ${candidatesWords(f.candidates)}.`,
    next: ['name-successor', 'set-default'],
  },
  'successor-is-the-key': {
    message: (f) =>
      `${named(f.key)} can't be its own successor. Name another key: ${candidatesWords(f.candidates)}.`,
    next: ['name-successor'],
  },
  'successor-not-on-file': {
    message: ({ keyId, successor, candidates }) =>
      (successor === null
        ? `The successor ${keyId} is no key of this workspace. `
        : `The successor ${named(successor)} ${stateOf(successor)}. `) +
      `Name a key on file: ${candidatesWords(candidates)}.`,
    next: ['name-successor'],
  },
  'successor-not-active': {
    message: (f) =>
      `The successor ${named(f.successor)} ${stateOf(f.successor)}, while another key is active. ` +
      `Name an active key: ${candidatesWords(f.candidates)}.`,
    next: ['name-successor', 'validate-key'],
  },
  'last-key': {
    message: (f) =>
      `${named(f.key)} is the only key on file: without it no run can start. ` +
      'Add another key first, or say that the workspace may be left without one.',
    next: ['add-key', 'allow-leaving-empty'],
  },
};
