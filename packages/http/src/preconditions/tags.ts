import type { KnownKey, Keyturn, LeakCaseKeyStanding, LeakStepStanding } from 'keyturn';
import { digestOf } from './entityTag';

/** What of a key comes and goes with runs, and with test calls that say what they said before. */
const PASSING: ReadonlySet<string> = new Set<keyof KnownKey>([
  'runsInFlight',
  'lastUsedAt',
  'lastValidatedAt',
  'failureReason',
  'display',
  'fault',
  'faultCounts',
  'faultSentence',
]);

/** What comes and goes of a key in a case, and of a step: the mail to its customer names the runs that are open. */
const PASSING_IN_CASE: ReadonlySet<string> = new Set<keyof LeakCaseKeyStanding>(['openRuns']);
const PASSING_OF_STEP: ReadonlySet<string> = new Set<keyof LeakStepStanding>(['mail']);

const without = (passing: ReadonlySet<string>, key: object): object =>
  Object.fromEntries(Object.entries(key).filter(([member]) => !passing.has(member)));

/** Names a workspace's keys and Defaults, by all of its keys, hard-deleted ones included. */
export const keyringTag = (keys: ReadonlyArray<KnownKey>): string =>
  digestOf(keys.map((key) => without(PASSING, key)));

const lastingInCase = ({ steps, ...key }: LeakCaseKeyStanding): object => ({
  ...without(PASSING_IN_CASE, key),
  steps: steps.map((step) => without(PASSING_OF_STEP, step)),
});

/** Names a case as it stands. */
export const caseTag = ({ keys, ...status }: Awaited<ReturnType<Keyturn['support']['status']>>): string =>
  digestOf({ ...status, keys: keys.map(lastingInCase) });
