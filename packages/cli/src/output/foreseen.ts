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

const MOST_RUNS = 10;

const interrupting = (data: object): string => {
  const runs = memberOf(data, 'interruptedRuns');
  if (!Array.isArray(runs) || runs.length === 0) return '';
  const more = runs.length - MOST_RUNS;
  return `, interrupting ${runs.slice(0, MOST_RUNS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** What an event would do. */
const lineOf = ({ type, data }: ForeseenEvent, named: (keyId: unknown) => string): string => {
  switch (type) {
    case 'WorkspaceClosed':
      return (
        `The workspace closes for good, under case ${textOf(data, 'caseId')}: ` +
        'no key comes on file any more, and no run gets one.'
      );
    case 'KeyHardDeleted':
      return `${named(memberOf(data, 'keyId'))} is destroyed${interrupting(data)}.`;
    case 'KeyRetired':
      return `${named(memberOf(data, 'keyId'))} goes to no new run, and is destroyed when its last run ends.`;
    case 'DefaultChanged':
      return memberOf(data, 'keyId') === null
        ? `${scopeOf(data)} is left without a Default.`.replace(/^t/, 'T')
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
export const foreseenLines = ({ events }: Foreseen, keys: ReadonlyArray<KnownKey>): ReadonlyArray<string> =>
  events.map((event) => lineOf(event, naming(keys)));

/** What `--dry-run` says. */
export const foreseenReport = (foreseen: Foreseen, keys: ReadonlyArray<KnownKey>): Report => ({
  json: foreseen,
  lines:
    foreseen.events.length === 0
      ? ['Nothing would change.']
      : [{ heading: 'This would happen:' }, ...foreseenLines(foreseen, keys)],
  hints: ['Nothing was done.'],
});
