import type { ActorKind } from '../actor';
import type { CaseId, RunId, WorkspaceId } from '../ids';
import { Instant } from '../instant';
import { named } from './keyFact';
import type { RefusalTable } from './table';

/** Most keys that the sentence of a refusal names; its facts have all. */
const MOST_NAMED = 5;

/** A key that a caller may have meant. */
export interface MeantKey {
  readonly keyId: string;
  readonly vendor: string;
  readonly last4: string;
  readonly label: string | null;
}

/** Refusals that the layers around the keyring give. */
export interface RequestRefusals {
  'not-permitted': { readonly actorKind: ActorKind; readonly actorId: string; readonly action: string };
  'rate-limited': { readonly waitMs: number };
  /** No event names it. */
  'unknown-workspace': { readonly workspaceId: string };
  'workspace-closed': {
    readonly workspaceId: WorkspaceId;
    readonly caseId: CaseId;
    readonly closedAt: Instant;
  };
  'unknown-vendor': { readonly vendor: string; readonly known: ReadonlyArray<string> };
  /** `prefix` is the beginning of all the candidates' ids. */
  'key-ambiguous': { readonly prefix: string; readonly candidates: ReadonlyArray<MeantKey> };
  'run-already-open': { readonly runId: RunId };
  'nothing-to-accept': { readonly workspaceId: string };
  'nothing-to-disown': { readonly workspaceId: string };
}

export const requestRefusals: RefusalTable<RequestRefusals> = {
  'not-permitted': {
    message: (f) =>
      `${f.actorKind}:${f.actorId} may not do this (${f.action}). Nothing was done; ` +
      'ask whoever grants rights in this workspace.',
    next: ['ask-for-permission'],
  },
  'rate-limited': {
    message: (f) =>
      'The workspace made too many test calls in a short time. ' +
      `Try again in ${Math.max(1, Math.ceil(f.waitMs / 1_000))} s.`,
    next: ['retry-later'],
  },
  'unknown-workspace': {
    message: (f) =>
      `No event names workspace ${f.workspaceId}: no key was ever added to it. Nothing was done; ` +
      'correct its name, or add its first key.',
    next: ['list-workspaces', 'add-key'],
  },
  'workspace-closed': {
    message: (f) =>
      `Workspace ${f.workspaceId} was closed on ${Instant.encode(f.closedAt)} under case ${f.caseId}: ` +
      'no key comes on file there, and no run gets one. A closed workspace is not opened again; ' +
      'a customer who comes back gets one of another name.',
    next: ['use-another-workspace'],
  },
  'unknown-vendor': {
    message: (f) => `No vendor is called ${f.vendor}. Known are: ${f.known.join(', ')}.`,
    next: ['correct-input'],
  },
  'key-ambiguous': {
    message: ({ prefix, candidates }) =>
      `${candidates.length} keys have an id that begins with ${prefix}: ` +
      candidates.slice(0, MOST_NAMED).map(named).join(', ') +
      `${candidates.length > MOST_NAMED ? ' and others' : ''}. Give more of the id.`,
    next: ['name-a-key'],
  },
  'run-already-open': {
    message: (f) =>
      `Run ${f.runId} was started before and is open, so it was not started a second time. ` +
      'Resume it to take its key again, or start another run under an id of its own.',
    next: ['resume-run', 'start-another-run'],
  },
  'nothing-to-accept': {
    message: (f) =>
      `The log of workspace ${f.workspaceId} lacks nothing that the vault knows of. ` +
      'Nothing was done, and nothing has to be.',
    next: ['read-and-retry'],
  },
  'nothing-to-disown': {
    message: (f) =>
      `The log of workspace ${f.workspaceId} ends with an event that the vault has sealed. Nothing was disowned.`,
    next: ['read-and-retry'],
  },
};
