import type { Foreseen, ForeseenEvent, KnownKey } from 'keyturn';
import { WORDS } from '../words/words';

const memberOf = (data: object, name: string): unknown =>
  Object.entries(data).find(([member]) => member === name)?.[1];

/** Whose Default an event moves. */
const placeOf = (data: object): string => {
  const scope = memberOf(data, 'scope');
  const project = typeof scope === 'object' && scope !== null ? memberOf(scope, 'projectId') : undefined;
  return typeof project === 'string' ? WORDS.keys.project(project) : WORDS.keys.workspace;
};

/** What becomes of Defaults: one line for each key that gets some. */
const defaultLines = (
  events: ReadonlyArray<ForeseenEvent>,
  keys: ReadonlyArray<KnownKey>,
): ReadonlyArray<string> => {
  const places = new Map<unknown, string[]>();
  for (const { type, data } of events) {
    if (type !== 'DefaultChanged') continue;
    const keyId = memberOf(data, 'keyId');
    places.set(keyId, [...(places.get(keyId) ?? []), placeOf(data)]);
  }
  return [...places].map(([keyId, where]) => {
    const key = keys.find((one) => one.keyId === keyId);
    return key === undefined ? WORDS.delete.without(where) : WORDS.delete.becomes(key.last4, where);
  });
};

const isText = (value: unknown): value is string => typeof value === 'string';

const runsOf = (data: object): ReadonlyArray<string> => {
  const runs = memberOf(data, 'interruptedRuns');
  return Array.isArray(runs) ? runs.filter(isText) : [];
};

/** What a deletion would do, in words: what happens to runs, to the key, and to Defaults. */
export const deletionLines = (
  { events }: Foreseen,
  key: KnownKey,
  keys: ReadonlyArray<KnownKey>,
): ReadonlyArray<string> => {
  const lines = events.flatMap(({ type, data }): ReadonlyArray<string> => {
    switch (type) {
      case 'KeyRetired':
        return [WORDS.delete.retired(key.last4, Number(memberOf(data, 'openRuns')))];
      case 'KeyHardDeleted':
        return memberOf(data, 'cause') === 'emergency'
          ? [runsOf(data).length === 0 ? WORDS.hardDelete.noRuns : WORDS.hardDelete.interrupts(runsOf(data))]
          : [WORDS.delete.destroyed(key.last4)];
      case 'KeyReportedLeaked':
        return [WORDS.hardDelete.reported];
      default:
        return [];
    }
  });
  return events.length === 0 ? [WORDS.delete.nothing] : [...lines, ...defaultLines(events, keys)];
};
