import { randomUUID } from 'node:crypto';
import type { EventStore } from '@keyturn/event-store';
import { pairVault, type Failure, type Keyturn } from '@keyturn/service';
import { expectRight } from '@keyturn/testbed';
import type { Vault, Witness } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Random } from '../kills/random';
import type { Written } from './written';
import { coldService, contextOf, eventsOf, type Inhabited } from './world';

const NOTHING: Witness = { revision: -1, chain: new Uint8Array(32) };

/** A vault as it was before it knew of any event: a backup of it, say. What it seals is good. */
export const thatKnowsNothing = (vault: Vault): Vault => ({
  ...vault,
  witnessOf: () => TE.right(null),
  keepWitnesses: (heads) => TE.right(heads.map((head) => E.right(head))),
  freeze: () => TE.right(NOTHING),
});

/** The stream ends earlier, and has grown again beyond where it was: on another course, events and seals being good. */
export const forkOf = async (
  store: EventStore,
  vault: Vault,
  { workspaceId, stream }: Inhabited,
  beyond: number,
): Promise<ReadonlyArray<Written>> => {
  const keyturn = coldService({ eventStore: store, vault: thatKnowsNothing(vault) });
  for (;;) {
    await expectRight(keyturn.startRun(contextOf(workspaceId), { runId: randomUUID() }));
    const events = await eventsOf(store, stream);
    if (events.length > beyond) return events;
  }
};

/** It acknowledges what entitles a run to its key, and keeps nothing of it: a trigger that swallows, say. */
const thatSwallowsPins = (store: EventStore): EventStore => ({
  ...store,
  append: (stream, expected, events) => () =>
    events.some(({ type }) => type === 'RunKeyPinned')
      ? TE.right({ revision: Number(expected) + events.length, position: 1n })()
      : store.append(stream, expected, events)(),
});

/** What is wrong with a release whose event was swallowed. */
export const wrongWithSwallowed = async (
  service: (store: EventStore) => Keyturn,
  store: EventStore,
  { workspaceId }: Inhabited,
): Promise<ReadonlyArray<string>> => {
  const keyturn = service(thatSwallowsPins(store));
  const handed: string[] = [];
  const started = await keyturn.startRunWithSecret(
    contextOf(workspaceId),
    { runId: randomUUID() },
    () => () => {
      handed.push('a secret');
      return Promise.resolve(E.right(undefined));
    },
  )();
  return [
    ...(handed.length > 0 ? ['a secret was handed out on an event that is not there'] : []),
    ...(E.isRight(started) ? ['a release went on whose event is not there'] : []),
  ];
};

/** A stream that names the deployment or the store, forged; null where the store has none. */
export const forgedMarker = async (
  store: EventStore,
  random: Random,
): Promise<{
  readonly stream: string;
  readonly events: ReadonlyArray<Written>;
  readonly what: string;
} | null> => {
  const stream = random.pick(['keyturn-deployment', 'keyturn-store']);
  const events = await eventsOf(store, stream);
  const [first] = events;
  if (first === undefined) return null;
  const other = random.chance(0.5)
    ? first.data.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/i, () => randomUUID())
    : '{"nothing":"of ours"}';
  return {
    stream,
    events: [{ ...first, data: other }, ...events.slice(1)],
    what: `the marker ${stream} changed`,
  };
};

const TOLD: ReadonlyArray<string> = [
  'other-vault',
  'other-event-store',
  'undecodable-history',
  'corrupt',
  'event-store-behind',
];

/** What is wrong with how a forged marker, or a store of an earlier moment, is taken on a start and by a sweep. */
export const wrongWithMarker = async (
  keyturn: Keyturn,
  store: EventStore,
  vault: Vault,
): Promise<ReadonlyArray<string>> => {
  const wrong: string[] = [];
  const tried: ReadonlyArray<readonly [string, TaskEither<Failure, unknown>]> = [
    ['a start', pairVault(store, vault)],
    ['a sweep', keyturn.sweep({ actor: { kind: 'support', id: 'grace' }, graceMs: 0 })],
  ];
  for (const [what, task] of tried) {
    const outcome = await task();
    if (E.isRight(outcome)) wrong.push(`${what} went on`);
    else if (!TOLD.includes(outcome.left.code)) wrong.push(`${what} came to ${outcome.left.code}`);
  }
  return wrong;
};
