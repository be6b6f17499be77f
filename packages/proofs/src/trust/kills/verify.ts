import type { EnvelopedEvent, Keyring } from '@keyturn/domain';
import { existsSync } from 'node:fs';
import { brokenInvariants, scatteredCommands } from '@keyturn/domain/invariants';
import { historiesOf, keyringOf, type History } from './histories';
import type { Driver } from './keyturnProcess';
import type { Memory } from './memory';
import { halfFiles } from './leakFiles';
import { filesOf } from './leakOrders';
import { openAll } from './opening';
import { SWEEP, wordsAt } from './order';
import type { Place } from './place';
import { misprojected } from './projected';
import { lostFacts } from './facts';
import { Traces } from '../traces';
import { keyName, noteSealed, strayRows } from './vaultRows';

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
const tracesOf = (
  keyrings: ReadonlyMap<string, Keyring>,
  { sealed, pastes, credentials }: Memory,
): Traces => {
  const traces = new Traces();
  const gone = [...keyrings].flatMap(([workspaceId, { keys }]) =>
    [...keys.values()].flatMap(({ keyId, destroyed }) => (destroyed ? [keyName(workspaceId, keyId)] : [])),
  );
  for (const name of gone) {
    for (const blob of sealed.get(name) ?? [])
      traces.add(blob.subarray(SHARED_HEADER), `sealed bytes of destroyed ${name}`);
  }
  for (const { secret } of pastes)
    traces.add(Buffer.from(secret).subarray(SHARED_PREFIX), 'a secret in clear');
  for (const credential of credentials)
    traces.add(Buffer.from(credential).subarray(SHARED_PREFIX), 'an admin credential in clear');
  return traces;
};

/** Orphans that a sweep removed: from then on, and no sooner, their bytes are promised to be gone. */
const addAbandoned = (traces: Traces, keyrings: ReadonlyMap<string, Keyring>, { sealed }: Memory): Traces => {
  for (const [workspaceId, { abandonedKeyIds }] of keyrings) {
    for (const keyId of abandonedKeyIds) {
      const name = keyName(workspaceId, keyId);
      for (const blob of sealed.get(name) ?? [])
        traces.add(blob.subarray(SHARED_HEADER), `sealed bytes of orphan ${name}`);
    }
  }
  return traces;
};

const undestroyed = (keyrings: ReadonlyMap<string, Keyring>): ReadonlyArray<string> =>
  [...keyrings].flatMap(([workspaceId, { keys }]) =>
    [...keys.values()]
      .filter(({ status, destroyed }) => status === 'hard-deleted' && !destroyed)
      .map(({ keyId }) => `${keyName(workspaceId, keyId)} is deleted, and not destroyed after a sweep`),
  );

const leftInClosed = (keyrings: ReadonlyMap<string, Keyring>): ReadonlyArray<string> =>
  [...keyrings].flatMap(([workspaceId, { closed, keys }]) =>
    [...keys.values()]
      .filter(({ status }) => closed !== null && status !== 'hard-deleted')
      .map(
        ({ keyId, status }) =>
          `${keyName(workspaceId, keyId)} is ${status} after a sweep, and its workspace closed`,
      ),
  );

const lapsed = (keyrings: ReadonlyMap<string, Keyring>, sweptAt: number): ReadonlyArray<string> =>
  [...keyrings].flatMap(([workspaceId, { openPins }]) =>
    [...openPins.values()]
      .filter(({ leaseUntil }) => leaseUntil <= sweptAt)
      .map(({ runId }) => `${workspaceId}: run ${runId} is open after a sweep, and its lease had run out`),
  );

const keyringsOf = (histories: ReadonlyMap<string, History>): ReadonlyMap<string, Keyring> =>
  new Map([...histories].map(([workspaceId, history]) => [workspaceId, keyringOf(history)]));

/** What holds at any time, before any sweep. */
const wrongAtOnce = (histories: ReadonlyMap<string, History>, memory: Memory): ReadonlyArray<string> => [
  ...broken(histories),
  ...vanished(memory.seen, histories),
  ...lostFacts(
    memory.facts,
    new Map([...histories].map(([workspaceId, history]) => [workspaceId, domainEvents(history)])),
  ),
];

/** What was found so far, and goes on growing. */
interface Finding {
  readonly violations: string[];
  keyrings: ReadonlyMap<string, Keyring>;
  bytes: number;
  keysOpened: number;
}

const search = (found: Finding, traces: Traces, place: Place): void => {
  const files = filesOf(place);
  for (const directory of [place.data, ...place.vault.directories, ...(existsSync(files) ? [files] : [])]) {
    const searched = traces.search(directory);
    found.bytes += searched.bytes;
    found.violations.push(...searched.traces);
  }
};

/** As it was left: the files are searched while nobody in this process has them open. */
const checkAtOnce = async (found: Finding, place: Place, memory: Memory): Promise<void> => {
  const histories = await historiesOf(place);
  search(found, tracesOf(keyringsOf(histories), memory), place);
  await noteSealed(place, memory);
  found.violations.push(...wrongAtOnce(histories, memory), ...halfFiles(place));
  for (const [workspaceId, { ids }] of histories) memory.seen.set(workspaceId, ids);
};

/** Gives when it began. */
const sweep = async (found: Finding, place: Place, steward: Driver): Promise<number> => {
  const began = Date.now();
  const swept = await steward.ask(wordsAt(place, SWEEP), '', place.vault.env);
  if (swept?.status !== 0) {
    found.violations.push(`a sweep ended with ${swept?.status ?? 'nothing'}: ${swept?.stderr ?? ''}`);
  }
  return began;
};

const checkSwept = async (found: Finding, place: Place, memory: Memory, sweptAt: number): Promise<void> => {
  const histories = await historiesOf(place);
  found.violations.push(...broken(histories), ...vanished(memory.seen, histories));
  for (const [workspaceId, { ids }] of histories) memory.seen.set(workspaceId, ids);
  const keyrings = keyringsOf(histories);
  found.keyrings = keyrings;
  found.violations.push(...undestroyed(keyrings), ...leftInClosed(keyrings), ...lapsed(keyrings, sweptAt));
  search(found, addAbandoned(tracesOf(keyrings, memory), keyrings, memory), place);
  found.violations.push(...strayRows(await place.vault.rows(), keyrings));
  const opened = await openAll(place, keyrings, memory);
  found.keysOpened += opened.keys;
  found.violations.push(...opened.wrong, ...(await misprojected(place)));
};

/**
 * Checks a place on which no process works: first what holds as it was left, then, once `keyturn sweep` has gone over
 * it, everything. What can't be read at all is a violation like any other.
 */
export const verify = async (place: Place, memory: Memory, steward: Driver): Promise<Verified> => {
  const found: Finding = { violations: [], keyrings: new Map(), bytes: 0, keysOpened: 0 };
  try {
    await checkAtOnce(found, place, memory);
    const sweptAt = await sweep(found, place, steward);
    await checkSwept(found, place, memory, sweptAt);
  } catch (error) {
    found.violations.push(`what is left can't be read: ${reasonOf(error)}`);
  }
  return { ...found, violations: [...new Set(found.violations)] };
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};
