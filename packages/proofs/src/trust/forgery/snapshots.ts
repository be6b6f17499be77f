import { randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { fromJsonText, linkOf, withLink, type StoredSnapshot } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Random } from '../kills/random';
import { rowsOf, contextOf, eventsOf, OPERATOR, type Inhabited } from './world';
import type { Judged } from './judging';

const Packed = t.type({ state: t.string });
const State = t.type({ keys: t.array(t.UnknownRecord) });

/** More events than this, and a service leaves a snapshot behind. */
const EVENTS_TO_A_SNAPSHOT = 1_000;

/** The state as it is packed, with every key of it hard-deleted and none the Default. */
const allDestroyed = (packed: string): string => {
  const read = Packed.decode(fromJsonText(packed));
  if (E.isLeft(read)) throw new Error('Snapshots are packed in another form.');
  const json = inflateRawSync(Buffer.from(read.right.state, 'base64')).toString();
  const state = State.decode(JSON.parse(json));
  if (E.isLeft(state)) throw new Error('Snapshots have another form.');
  const keys = state.right.keys.map((key) => ({ ...key, status: 'hard-deleted', destroyed: true }));
  const forged = JSON.stringify({ ...state.right, keys, listedKeyIds: [], workspaceDefault: null });
  return JSON.stringify({ state: deflateRawSync(forged).toString('base64') });
};

const HOW = ['its own seal', 'a seal of nobody', 'no seal'] as const;

/** The stored snapshot, forged; what was done is said for people. */
const forgedSnapshot = (
  honest: StoredSnapshot,
  random: Random,
): { readonly what: string; readonly snapshot: StoredSnapshot } => {
  const link = linkOf(honest.data);
  if (link === null) throw new Error('A snapshot without its link.');
  const how = random.pick(HOW);
  const seal = {
    'its own seal': link.seal,
    'a seal of nobody': { seal: randomBytes(32), sealKey: 1 },
    'no seal': null,
  }[how];
  const data = withLink({ rest: allDestroyed(link.rest), chain: link.chain, seal });
  return { what: `a snapshot with every key destroyed (${how})`, snapshot: { ...honest, data } };
};

/**
 * Puts a forged snapshot in the place of the stored one, lets a service start a run and sweep on it, and says what went
 * wrong.
 */
export const wrongWithSnapshot = async (
  { keyturn, store, vault }: Judged,
  { workspaceId, stream, keyId }: Inhabited,
  random: Random,
  n: number,
): Promise<{ readonly what: string; readonly wrong: ReadonlyArray<string> } | null> => {
  const honest = await expectRight(store.loadSnapshot(stream));
  if (honest === null || linkOf(honest.data) === null) return null;
  const { what, snapshot } = forgedSnapshot(honest, random);
  await expectRight(store.saveSnapshot(stream, snapshot));
  const rows = await rowsOf(vault, workspaceId);
  const wrong: string[] = [];
  // The sweep first: what a run has folded, it would find in memory.
  const swept = await keyturn.sweep({ actor: OPERATOR, graceMs: 0 })();
  if (E.isLeft(swept)) wrong.push(`a sweep came to ${swept.left.code}`);
  else if (swept.right.repairs.some((repair) => repair.workspaceId === workspaceId))
    wrong.push('a sweep repaired something');
  if ((await rowsOf(vault, workspaceId)) !== rows) wrong.push('rows of the vault were destroyed');
  const started = await keyturn.startRun(contextOf(workspaceId), { runId: `s-${n}` })();
  if (E.isLeft(started)) wrong.push(`a run came to ${started.left.code}`);
  else if (started.right.keyId !== keyId) wrong.push('a run got another key');
  await expectRight(store.saveSnapshot(stream, honest));
  return { what, wrong };
};

/** Makes a workspace's history long enough for a snapshot. */
export const lengthen = async (
  { keyturn, store }: Pick<Judged, 'keyturn' | 'store'>,
  { workspaceId, stream }: Inhabited,
): Promise<void> => {
  const context = contextOf(workspaceId);
  for (let batch = 0; (await eventsOf(store, stream)).length <= EVENTS_TO_A_SNAPSHOT; batch += 1) {
    const runs = Array.from({ length: 64 }, (_, run) => `l-${batch}-${run}`);
    await Promise.all(runs.map((runId) => expectRight(keyturn.startRun(context, { runId }))));
    await Promise.all(runs.map((runId) => expectRight(keyturn.finishRun(context, { runId }))));
  }
  await keyturn.settled();
};
