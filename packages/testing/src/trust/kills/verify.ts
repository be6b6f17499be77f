import type { EnvelopedEvent, Keyring } from '@keyturn/domain';
import { brokenInvariants, scatteredCommands } from '../../keyring/history';
import { historiesOf, keyringOf, type History } from './histories';
import type { Driver } from './keyturnProcess';
import type { Memory } from './memory';
import { openAll } from './opening';
import { SWEEP, wordsAt } from './orders';
import type { Place } from './place';
import { misprojected } from './projected';
import { lostFacts } from './told';
import { Traces } from './traces';
import { keyName, noteSealed, strayRows, vaultRows } from './vaultRows';

/** What a place looks like after a kill, a sweep and the checks. */
export interface Verified {
  readonly violations: ReadonlyArray<string>;
  readonly keyrings: ReadonlyMap<string, Keyring>;
  readonly bytes: number;
  readonly keysOpened: number;
}

/** What vendors' secrets of one kind have in common at their beginning. */
const SHARED_PREFIX = 16;
/** What sealed values under one key have in common at theirs. */
const SHARED_HEADER = 10;

const domainEvents = (history: History): ReadonlyArray<EnvelopedEvent['event']> =>
  history.events.map(({ event }) => event);

const broken = (histories: ReadonlyMap<string, History>): ReadonlyArray<string> =>
  [...histories].flatMap(([workspaceId, { events }]) => [
    ...brokenInvariants(events).map((what) => `${workspaceId}: ${what}`),
    ...scatteredCommands(events).map((id) => `${workspaceId}: events of command ${id} are not in one piece`),
  ]);

/** Events that were there before, and are not any more. */
const vanished = (seen: Memory['seen'], histories: ReadonlyMap<string, History>): ReadonlyArray<string> =>
  [...seen].flatMap(([workspaceId, before]) => {
    const { ids = [] } = histories.get(workspaceId) ?? {};
    return before.every((id, revision) => ids[revision] === id)
      ? []
      : [`${workspaceId}: an event that was read before is gone`];
  });

/** Sealed bytes of what the log says is destroyed, and every secret in clear. */
const tracesOf = (keyrings: ReadonlyMap<string, Keyring>, { sealed, pastes }: Memory): Traces => {
  const traces = new Traces();
  const gone = [...keyrings].flatMap(([workspaceId, { keys }]) =>
    [...keys.values()].flatMap(({ keyId, destroyed }) => (destroyed ? [keyName(workspaceId, keyId)] : [])),
  );
  for (const name of gone) {
    for (const blob of sealed.get(name) ?? []) traces.add(blob.subarray(SHARED_HEADER), `sealed bytes of destroyed ${name}`);
  }
  for (const { secret } of pastes) traces.add(Buffer.from(secret).subarray(SHARED_PREFIX), 'a secret in clear');
  return traces;
};

/** Orphans that a sweep removed: from then on, and no sooner, their bytes are promised to be gone. */
const abandoned = (keyrings: ReadonlyMap<string, Keyring>, { sealed }: Memory): Traces => {
  const traces = new Traces();
  for (const [workspaceId, { abandonedKeyIds }] of keyrings) {
    for (const keyId of abandonedKeyIds) {
      const name = keyName(workspaceId, keyId);
      for (const blob of sealed.get(name) ?? []) traces.add(blob.subarray(SHARED_HEADER), `sealed bytes of orphan ${name}`);
    }
  }
  return traces;
};

const keyringsOf = (histories: ReadonlyMap<string, History>): ReadonlyMap<string, Keyring> =>
  new Map([...histories].map(([workspaceId, history]) => [workspaceId, keyringOf(history)]));

/** What holds at any time, before any sweep. */
const wrongAtOnce = (
  histories: ReadonlyMap<string, History>,
  memory: Memory,
): ReadonlyArray<string> => [
  ...broken(histories),
  ...vanished(memory.seen, histories),
  ...lostFacts(
    memory.facts,
    new Map([...histories].map(([workspaceId, history]) => [workspaceId, domainEvents(history)])),
  ),
];

/**
 * Checks a place on which no process works: first what holds as it was left, then, once `keyturn sweep` has gone over it,
 * everything. The files are searched while nobody in this process has them open.
 */
export const verify = async (place: Place, memory: Memory, steward: Driver): Promise<Verified> => {
  const left = await historiesOf(place);
  const before = tracesOf(keyringsOf(left), memory).search(place.data);
  noteSealed(place, memory);
  const violations = [...wrongAtOnce(left, memory), ...before.traces];

  const swept = await steward.ask(wordsAt(place, SWEEP));
  if (swept?.status !== 0) violations.push(`a sweep ended with ${swept?.status ?? 'nothing'}: ${swept?.stderr ?? ''}`);

  const histories = await historiesOf(place);
  memory.seen.clear();
  for (const [workspaceId, { ids }] of left) memory.seen.set(workspaceId, ids);
  violations.push(...broken(histories), ...vanished(memory.seen, histories));
  for (const [workspaceId, { ids }] of histories) memory.seen.set(workspaceId, ids);
  const keyrings = keyringsOf(histories);
  for (const [workspaceId, { keys }] of keyrings) {
    for (const { keyId, status, destroyed } of keys.values()) {
      if (status === 'hard-deleted' && !destroyed)
        violations.push(`${keyName(workspaceId, keyId)} is deleted, and not destroyed after a sweep`);
    }
  }
  const after = tracesOf(keyrings, memory).search(place.data);
  const orphans = abandoned(keyrings, memory).search(place.data);
  violations.push(...after.traces, ...orphans.traces, ...strayRows(vaultRows(place), keyrings));

  const opened = await openAll(place, keyrings, memory);
  violations.push(...opened.wrong, ...(await misprojected(place)));
  return {
    violations: [...new Set(violations)],
    keyrings,
    bytes: before.bytes + after.bytes + orphans.bytes,
    keysOpened: opened.keys,
  };
};
