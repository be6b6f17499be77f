import type { FaultKnown } from '../fault';
import type { ProjectId, RunId, Vendor } from '../ids';
import type { Instant } from '../instant';
import type { RunChoice } from '../run';
import { named, namedAll, stateOf, type KeyFact } from './keyFact';
import type { RefusalTable } from './table';

/** Refusals to start, resume or keep a run. */
export interface RunRefusals {
  'vendor-has-no-active-key': FaultKnown & {
    readonly vendor: Vendor;
    /** The vendor's keys on file, none of them active. */
    readonly keys: ReadonlyArray<KeyFact>;
    readonly candidates: ReadonlyArray<KeyFact>;
  };
  'vendor-is-ambiguous': { readonly vendor: Vendor; readonly candidates: ReadonlyArray<KeyFact> };
  'run-already-pinned': {
    readonly runId: RunId;
    readonly key: KeyFact | null;
    readonly requested: RunChoice;
    readonly projectId: ProjectId | null;
  };
  'run-already-ended': { readonly runId: RunId; readonly endedAt: Instant };
  'run-not-open': { readonly runId: RunId };
  /** `runId` is null when the key went while a test call was about to open it. */
  'run-interrupted': { readonly runId: RunId | null; readonly key: KeyFact };
  'lease-out-of-range': { readonly maxSeconds: number };
  'lease-exhausted': {
    readonly runId: RunId;
    readonly startedAt: Instant;
    readonly maxTotalSeconds: number;
  };
  'too-many-open-runs': { readonly limit: number };
}

const vendorKeys = (keys: ReadonlyArray<KeyFact>): string =>
  keys.length === 0 ? 'none is on file' : keys.map((key) => `${named(key)} ${stateOf(key)}`).join('; ');

export const runRefusals: RefusalTable<RunRefusals> = {
  'vendor-has-no-active-key': {
    message: (f) =>
      `No ${f.vendor} key is active: ${vendorKeys(f.keys)}. Validate or add one, or choose another: ` +
      `${namedAll(f.candidates, 'no key is active at the moment')}.`,
    next: ['validate-key', 'add-key', 'name-a-key'],
  },
  'vendor-is-ambiguous': {
    message: (f) =>
      `Several ${f.vendor} keys are active and none of them is a Default: ${namedAll(f.candidates, '')}. ` +
      'Name the key, or set one as Default.',
    next: ['name-a-key', 'set-default'],
  },
  'run-already-pinned': {
    message: (f) =>
      `Run ${f.runId} is open already${f.key === null ? '' : ` on ${named(f.key)}`}, ` +
      'for another choice or project; a run keeps its key. Start another run under an id of its own.',
    next: ['start-another-run'],
  },
  'run-already-ended': {
    message: (f) => `Run ${f.runId} has ended. Start another run under an id of its own.`,
    next: ['start-another-run'],
  },
  'run-not-open': {
    message: (f) => `No run ${f.runId} is open. Start it first.`,
    next: ['start-run'],
  },
  'run-interrupted': {
    message: (f) =>
      f.runId === null
        ? `${named(f.key)} was hard-deleted meanwhile; it was not opened.`
        : `Run ${f.runId} was interrupted: its key ${named(f.key)} was hard-deleted. ` +
          'Finish it, then start another run.',
    next: ['finish-runs', 'start-another-run'],
  },
  'lease-out-of-range': {
    message: (f) => `A lease has to be a whole number of seconds from 1 to ${f.maxSeconds}.`,
    next: ['shorten-lease'],
  },
  'lease-exhausted': {
    message: (f) =>
      `Run ${f.runId} has held its key for ${f.maxTotalSeconds} seconds, the most that a run may. ` +
      'Finish it, then start another run.',
    next: ['finish-runs', 'start-another-run'],
  },
  'too-many-open-runs': {
    message: (f) =>
      `The workspace has ${f.limit} runs open, the most there may be. Finish runs, or let the lapsed ones expire.`,
    next: ['finish-runs', 'expire-runs'],
  },
};
