import type { CaseId, KeyId } from '../ids';
import type { LeakStep } from '../leak/leakWords';
import type { Scope } from '../scope';
import { named, namedAll, type KeyFact } from './keyFact';
import type { RefusalTable } from './table';

/** Refusals because of a leak, and on the way through its review. */
export interface LeakRefusals {
  /** `scope`: where the key is the Default that was asked for; null where the key itself was, or a run that has it. */
  'key-suspended': {
    readonly key: KeyFact;
    readonly scope: Scope | null;
    readonly candidates: ReadonlyArray<KeyFact>;
  };
  'key-reported-leaked': { readonly key: KeyFact; readonly candidates: ReadonlyArray<KeyFact> };
  'successor-reported-leaked': {
    readonly successor: KeyFact;
    readonly candidates: ReadonlyArray<KeyFact>;
  };
  'leak-not-reported': { readonly key: KeyFact; readonly caseId: CaseId };
  'leak-report-final': { readonly key: KeyFact };
  'too-many-leak-cases': { readonly key: KeyFact; readonly limit: number };
  'unknown-leak-case': { readonly caseId: CaseId };
  'leak-steps-open': {
    readonly caseId: CaseId;
    readonly keys: ReadonlyArray<{
      readonly keyId: KeyId;
      readonly last4: string;
      readonly steps: ReadonlyArray<LeakStep>;
    }>;
  };
}

const NONE = 'no other key is active; add one first';

const scopeWords = (scope: Scope): string =>
  scope.kind === 'workspace' ? "The workspace's Default" : `The Default of project ${scope.projectId}`;

export const leakRefusals: RefusalTable<LeakRefusals> = {
  'key-suspended': {
    message: ({ key, scope, candidates }) =>
      `${scope === null ? named(key) : `${scopeWords(scope)}, ${named(key)},`} is suspended: its secret is given to ` +
      'no run and to no test call. No other key is taken in its place. ' +
      `Set another Default or name another key: ${namedAll(candidates, NONE)}.`,
    next: ['set-default', 'name-a-key', 'reinstate-key'],
  },
  'key-reported-leaked': {
    message: (f) =>
      `${named(f.key)} was reported as leaked, so it can't become Default. ` +
      `Name another key: ${namedAll(f.candidates, NONE)}.`,
    next: ['name-a-key', 'add-key'],
  },
  'successor-reported-leaked': {
    message: (f) =>
      `The successor ${named(f.successor)} was reported as leaked, too, and another key is on file. ` +
      `Name one that was not: ${namedAll(f.candidates, NONE)}.`,
    next: ['name-successor', 'add-key'],
  },
  'leak-not-reported': {
    message: (f) =>
      `${named(f.key)} was not reported as leaked under case ${f.caseId}. Report it first, then do this again.`,
    next: ['report-leak'],
  },
  'leak-report-final': {
    message: (f) =>
      `${named(f.key)} was hard-deleted, so the report of its leak can't be withdrawn. Its secret stays banned.`,
    next: ['add-key'],
  },
  'too-many-leak-cases': {
    message: (f) =>
      `${named(f.key)} was reported under ${f.limit} cases, the most there may be. Report it under one of them.`,
    next: ['correct-input'],
  },
  'unknown-leak-case': {
    message: (f) => `No key of this workspace was reported under case ${f.caseId}.`,
    next: ['correct-input', 'report-leak'],
  },
  'leak-steps-open': {
    message: (f) =>
      `Case ${f.caseId} has steps open: ` +
      `${f.keys.map((key) => `${named(key)}: ${key.steps.join(', ')}`).join('; ')}. ` +
      'Do them, or say which step is left open, and why.',
    next: ['finish-leak-steps', 'leave-step-open'],
  },
};
