import type { Foreseen, ForeseenEvent, KnownKey } from 'keyturn';
import type { Report } from './report';

const memberOf = (data: object, name: string): unknown =>
  Object.entries(data).find(([member]) => member === name)?.[1];

const textOf = (data: object, name: string): string => String(memberOf(data, name));

/** `project docs`, or `the workspace`. */
const scopeOf = (data: object): string => {
  const scope = memberOf(data, 'scope');
  const project = typeof scope === 'object' && scope !== null ? memberOf(scope, 'projectId') : undefined;
  return typeof project === 'string' ? `project ${project}` : 'the workspace';
};

/** So many runs that are interrupted are named ahead of a question: what is asked is not to scroll away. */
const MOST_RUNS = 10;

const interrupting = (data: object, most: number): string => {
  const runs = memberOf(data, 'interruptedRuns');
  if (!Array.isArray(runs) || runs.length === 0) return '';
  const more = runs.length - most;
  return `, interrupting ${runs.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** What an event would do. */
const lineOf = (
  { type, data }: ForeseenEvent,
  named: (keyId: unknown) => string,
  mostRuns: number,
): string => {
  switch (type) {
    case 'WorkspaceClosed':
      return (
        `The workspace closes for good, under case ${textOf(data, 'caseId')}: ` +
        'no key comes on file any more, and no run gets one.'
      );
    case 'KeyHardDeleted':
      return `${named(memberOf(data, 'keyId'))} is destroyed${interrupting(data, mostRuns)}.`;
    case 'KeyReportedLeaked':
      return `${named(memberOf(data, 'keyId'))} is reported as leaked: its secret does not come back on file.`;
    case 'KeyRetired':
      return `${named(memberOf(data, 'keyId'))} goes to no new run, and is destroyed when its last run ends.`;
    case 'DefaultChanged':
      return memberOf(data, 'keyId') === null
        ? `${scopeOf(data)} is left without a Default.`.replace(/^[tp]/, (first) => first.toUpperCase())
        : `${named(memberOf(data, 'keyId'))} becomes the Default of ${scopeOf(data)}.`;
    default:
      return `${type} is recorded.`;
  }
};

/** `…AbCd (6f0c3a1e)`, for a key that is known. */
const naming =
  (keys: ReadonlyArray<KnownKey>) =>
  (keyId: unknown): string => {
    const key = keys.find((one) => one.keyId === keyId);
    return key === undefined ? `Key ${String(keyId)}` : `…${key.last4} (${key.keyId})`;
  };

/** What would happen, a line for each event. */
export const foreseenLines = (
  { events }: Foreseen,
  keys: ReadonlyArray<KnownKey>,
  mostRuns = MOST_RUNS,
): ReadonlyArray<string> => events.map((event) => lineOf(event, naming(keys), mostRuns));

/** What becomes of keys and Defaults, to be compared. Which runs are interrupted does not count: they come and go. */
export const effectsOf = ({ events }: Foreseen): string =>
  JSON.stringify(events.map(({ type, data }) => [type, memberOf(data, 'keyId'), memberOf(data, 'scope')]));

/** What `--dry-run` says, with every run by its name. */
export const foreseenReport = (foreseen: Foreseen, keys: ReadonlyArray<KnownKey>): Report => ({
  json: foreseen,
  lines:
    foreseen.events.length === 0
      ? ['Nothing would change.']
      : [{ heading: 'This would happen:' }, ...foreseenLines(foreseen, keys, Number.POSITIVE_INFINITY)],
  hints: ['Nothing was done.'],
});
