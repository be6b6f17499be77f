import { createHash, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { fromJsonText, linkOf, withLink, type StoredSnapshot } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Random } from '../kills/random';
import { rowsOf, contextOf, eventsOf, OPERATOR, type Inhabited } from './world';
import type { Judged } from './judging';

const Sealed = t.type({ head: t.UnknownRecord, parts: t.array(t.string) });
const KeysPart = t.type({ kind: t.literal('keys'), kinds: t.array(t.UnknownRecord) });

/** More events than this, and a service leaves a snapshot behind. */
const EVENTS_TO_A_SNAPSHOT = 1_000;

/** A small one is stored as it is. */
const inflated = (part: string): unknown => {
  const packed = fromJsonText(part);
  return typeof packed === 'string'
    ? JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString())
    : packed;
};
const deflated = (part: unknown): string =>
  JSON.stringify(deflateRawSync(JSON.stringify(part)).toString('base64'));
const nameOf = (part: string): string => createHash('sha256').update(part).digest('base64url');

/** A part as it is packed, with every key of it hard-deleted. */
const allDestroyed = (packed: string): string => {
  const part = inflated(packed);
  if (!KeysPart.is(part)) return packed;
  const kinds = part.kinds.map((kind) => ({ ...kind, status: 'hard-deleted', destroyed: true }));
  return deflated({ ...part, kinds });
};

const HOW = [
  'its own seal',
  'a seal of nobody',
  'no seal',
  'its parts alone',
  'a part missing',
  'parts swapped',
] as const;

/** The stored snapshot, forged; what was done is said for people. */
const forgedSnapshot = (
  honest: StoredSnapshot,
  random: Random,
): { readonly what: string; readonly snapshot: StoredSnapshot } => {
  const link = linkOf(honest.data);
  const sealed = Sealed.decode(fromJsonText(link?.rest ?? ''));
  if (link === null || E.isLeft(sealed)) throw new Error('Snapshots have another form.');
  const parts = sealed.right.parts.map((name) => [name, honest.parts.get(name) ?? ''] as const);
  const how = random.pick(HOW);
  const what = `a snapshot with every key destroyed (${how})`;
  const ofParts = (changed: ReadonlyArray<readonly [string, string]>) => ({
    what,
    snapshot: { ...honest, parts: new Map(changed) },
  });
  const destroyed = parts.map(([name, text]) => [name, allDestroyed(text)] as const);
  if (destroyed.every(([name, text]) => text === honest.parts.get(name))) {
    throw new Error('Parts of snapshots have another form.');
  }
  if (how === 'its parts alone') return ofParts(destroyed);
  if (how === 'a part missing') return ofParts(parts.slice(1));
  if (how === 'parts swapped') {
    return ofParts(parts.map(([name], n) => [name, parts[(n + 1) % parts.length]?.[1] ?? '']));
  }
  const seal = {
    'its own seal': link.seal,
    'a seal of nobody': { seal: randomBytes(32), sealKey: 1 },
    'no seal': null,
  }[how];
  const named = destroyed.map(([, text]) => [nameOf(text), text] as const);
  const head = { ...sealed.right.head, workspaceDefault: null };
  const rest = JSON.stringify({ head, parts: named.map(([name]) => name) });
  const data = withLink({ rest, chain: link.chain, seal });
  return { what, snapshot: { ...honest, data, parts: new Map(named) } };
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
  await expectRight(store.saveSnapshot(stream, { ...snapshot, anew: true }));
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
  await expectRight(store.saveSnapshot(stream, { ...honest, anew: true }));
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
