import type { EventStore } from '@keyturn/event-store';
import type { Keyturn } from '@keyturn/service';
import { expectRight } from '@keyturn/testbed';
import type { Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { FaultyStore } from '../faulty/stores';
import type { FaultyVault } from '../faulty/vaults';
import type { Random } from '../kills/random';
import { forgedMarker, forkOf, wrongWithMarker, wrongWithSwallowed } from './acts';
import { forged, type Forgery } from './forging';
import { wrongAfter, wrongWithForged, wrongWithHonest, type Before, type Judged } from './judging';
import type { Place } from './places';
import { lengthen, wrongWithSnapshot } from './snapshots';
import { coldService, contextOf, eventsOf, inhabit, OPERATOR, rowsOf, type Inhabited } from './world';
import type { Written } from './written';

/** What is counted. */
export interface Counts {
  forged: number;
  found: number;
  /** Cuts of what no witness knew of: integrity.md says that they are not found. */
  unwitnessedCuts: number;
  others: number;
}

/** Faulty parts in the place of the product's own. */
export interface Sabotage {
  readonly vault?: FaultyVault;
  readonly eventStore?: FaultyStore;
}

/** A deployment with a past, and a forger at its store. */
export interface Forged {
  readonly place: Place;
  readonly sabotage: Sabotage;
  readonly random: Random;
  readonly counts: Counts;
  readonly all: ReadonlyArray<Inhabited>;
  /** Has a snapshot. */
  readonly long: Inhabited;
}

const withStore = async <A>(
  { place }: Pick<Forged, 'place'>,
  work: (store: EventStore) => Promise<A>,
): Promise<A> => {
  const store = await place.openStore();
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};

/** The judged service, over the faulty parts if there are any. */
const serviceOn = ({ place, sabotage }: Forged, store: EventStore): Judged => {
  const vault: Vault = sabotage.vault?.(place.vault) ?? place.vault;
  const keyturn: Keyturn = coldService({ eventStore: sabotage.eventStore?.(store) ?? store, vault });
  return { keyturn, store, vault: place.vault };
};

/** Makes a past: every head is witnessed. */
export const settle = async (
  place: Place,
  random: Random,
  counts: Counts,
  { workspaces, sabotage }: { readonly workspaces: number; readonly sabotage: Sabotage },
): Promise<Forged> =>
  withStore({ place }, async (store) => {
    const keyturn = coldService({ eventStore: store, vault: place.vault });
    const all: Inhabited[] = [];
    for (let n = 0; n < workspaces; n += 1) all.push(await inhabit(keyturn, `w${n}`, random));
    const long = await inhabit(keyturn, 'long', random);
    await lengthen({ keyturn, store }, long);
    await expectRight(keyturn.sweep({ actor: OPERATOR, graceMs: 0 }));
    return { place, sabotage, random, counts, all, long };
  });

const MANY = 3;

interface Victim {
  readonly victim: Inhabited;
  readonly forgery: Forgery;
  readonly honest: ReadonlyArray<Written>;
}

const chooseVictims = async (forgedPlace: Forged, store: EventStore): Promise<ReadonlyArray<Victim>> => {
  const { all, random, place } = forgedPlace;
  const victims: Victim[] = [];
  for (const victim of all) {
    if (random.chance(0.4)) continue;
    const events = await eventsOf(store, victim.stream);
    const other = random.pick(all.filter((one) => one !== victim));
    const others = await eventsOf(store, other.stream);
    const { stream, keyId } = victim;
    const forgery = forged({ random, stream, events, others, keyId, keepsGaps: place.keepsGaps });
    victims.push({ victim, forgery, honest: events });
  }
  return victims;
};

const sweptWrong = async (
  { keyturn }: Judged,
  victims: ReadonlyArray<Victim>,
): Promise<ReadonlyArray<string>> => {
  const swept = await keyturn.sweep({ actor: OPERATOR, graceMs: 0 })();
  if (E.isLeft(swept)) return [`a sweep of all came to ${swept.left.code}`];
  return victims.flatMap(({ victim: { workspaceId }, forgery }) => [
    ...(swept.right.repairs.some((one) => one.workspaceId === workspaceId)
      ? [`${forgery.what}: a sweep repaired something`]
      : []),
    ...(swept.right.pending.some((one) => one.workspaceId === workspaceId && one.kind === 'workspace')
      ? []
      : [`${forgery.what}: a sweep did not leave the workspace alone`]),
  ]);
};

let tries = 0;

/** Forges some streams at once, lets a service at them, and puts them back as they were. */
const forgeEvents = async (forgedPlace: Forged): Promise<ReadonlyArray<string>> => {
  const { place, counts, all } = forgedPlace;
  const victims = await withStore(forgedPlace, (store) => chooseVictims(forgedPlace, store));
  await place.put(new Map(victims.map(({ victim, forgery }) => [victim.stream, forgery.events])));
  const wrong = await withStore(forgedPlace, async (store) => {
    const judged = serviceOn(forgedPlace, store);
    const said: string[] = [];
    for (const { victim, forgery } of victims) {
      tries += 1;
      const before: Before = {
        rows: await rowsOf(place.vault, victim.workspaceId),
        events: await eventsOf(store, victim.stream),
      };
      const own = [
        ...(await wrongWithForged(judged, victim, tries)),
        ...(await wrongAfter(judged, victim, before)),
      ];
      counts.forged += 1;
      if (own.length === 0) counts.found += 1;
      said.push(...own.map((one) => `${forgery.what}, workspace ${victim.workspaceId}: ${one}`));
    }
    said.push(...(await sweptWrong(judged, victims)));
    for (const one of all) {
      if (victims.some(({ victim }) => victim === one)) continue;
      tries += 1;
      counts.others += 1;
      said.push(...(await wrongWithHonest(judged, one, tries)));
    }
    await judged.keyturn.settled();
    return said;
  });
  await place.put(new Map(victims.map(({ victim, honest }) => [victim.stream, honest])));
  return wrong;
};

const counted = (counts: Counts, what: string, wrong: ReadonlyArray<string>): ReadonlyArray<string> => {
  counts.forged += 1;
  if (wrong.length === 0) counts.found += 1;
  return wrong.map((one) => `${what}: ${one}`);
};

const forgeSnapshot = (forgedPlace: Forged): Promise<ReadonlyArray<string>> =>
  withStore(forgedPlace, async (store) => {
    const { long, random, counts } = forgedPlace;
    tries += 1;
    const judged = serviceOn(forgedPlace, store);
    const seen = await wrongWithSnapshot(judged, long, random, tries);
    await judged.keyturn.settled();
    return seen === null ? ['there was no snapshot to forge'] : counted(counts, seen.what, seen.wrong);
  });

const forgeMarker = async (forgedPlace: Forged): Promise<ReadonlyArray<string>> => {
  const { place, random, counts } = forgedPlace;
  const marker = await withStore(forgedPlace, async (store) => {
    const forgery = await forgedMarker(store, random);
    return forgery === null ? null : { ...forgery, honest: await eventsOf(store, forgery.stream) };
  });
  if (marker === null) return [];
  await place.put(new Map([[marker.stream, marker.events]]));
  const wrong = await withStore(forgedPlace, async (store) => {
    const { keyturn, vault } = serviceOn(forgedPlace, store);
    return wrongWithMarker(keyturn, store, vault);
  });
  await place.put(new Map([[marker.stream, marker.honest]]));
  return counted(counts, marker.what, wrong);
};

/** Of a process that is killed before its witnesses are due. */
const tellsNobody: Vault['keepWitnesses'] = (heads) => TE.right(heads.map((head) => E.right(head)));

const swallow = (forgedPlace: Forged): Promise<ReadonlyArray<string>> =>
  withStore(forgedPlace, async (store) => {
    const { all, random, counts, place, sabotage } = forgedPlace;
    const vault = sabotage.vault?.(place.vault) ?? place.vault;
    const wrong = await wrongWithSwallowed(
      // What it was told stands nowhere: the vault is not told, or it would know of more than there is.
      (eventStore) => coldService({ eventStore, vault: { ...vault, keepWitnesses: tellsNobody } }),
      store,
      random.pick(all),
    );
    return counted(counts, 'an append swallowed', wrong);
  });

/** A stream of an earlier moment that has grown again, every event of it good and sealed. */
const fork = async (forgedPlace: Forged): Promise<ReadonlyArray<string>> => {
  const { place, random, counts, all } = forgedPlace;
  const one = random.pick(all);
  const honest = await withStore(forgedPlace, (store) => eventsOf(store, one.stream));
  // After the keys came: without them there is nothing to start a run with.
  const left = Math.max(4, honest.length - 1 - random.below(3));
  if (left >= honest.length) return [];
  await place.put(new Map([[one.stream, honest.slice(0, left)]]));
  const grown = await withStore(forgedPlace, (store) =>
    forkOf(store, place.vault, one, honest.length).catch(() => null),
  );
  let wrong: ReadonlyArray<string> = [];
  if (grown !== null) {
    wrong = await withStore(forgedPlace, (store) => {
      tries += 1;
      return wrongWithForged(serviceOn(forgedPlace, store), one, tries);
    });
  }
  await place.put(new Map([[one.stream, honest]]));
  return grown === null ? [] : counted(counts, 'a stream put back that grew again', wrong);
};

/** Cut off what no witness has yet: nobody can know of it, and the service goes on without it. */
const cutUnwitnessed = async (forgedPlace: Forged): Promise<ReadonlyArray<string>> => {
  const { place, random, counts, all } = forgedPlace;
  const one = random.pick(all);
  const before = await withStore(forgedPlace, async (store) => {
    const events = await eventsOf(store, one.stream);
    const killed = coldService({
      eventStore: store,
      vault: { ...place.vault, keepWitnesses: tellsNobody },
    });
    await expectRight(killed.startRun(contextOf(one.workspaceId), { runId: `cut-${(tries += 1)}` }));
    return events;
  });
  await place.put(new Map([[one.stream, before]]));
  const wrong = await withStore(forgedPlace, async (store) => {
    const judged = serviceOn(forgedPlace, store);
    const said = await wrongWithHonest(judged, one, (tries += 1));
    await judged.keyturn.settled();
    return said;
  });
  counts.unwitnessedCuts += 1;
  return wrong.map((said) => `after a cut of what no witness had: ${said}`);
};

/** One wave of forgeries over a deployment; gives what was wrong. */
export const wave = async (forgedPlace: Forged): Promise<ReadonlyArray<string>> => {
  const wrong: string[] = [];
  for (let n = 0; n < MANY && wrong.length === 0; n += 1) wrong.push(...(await forgeEvents(forgedPlace)));
  for (const act of [forgeSnapshot, forgeMarker, swallow, fork, cutUnwitnessed]) {
    if (wrong.length > 0) break;
    wrong.push(...(await act(forgedPlace)));
  }
  return wrong;
};

/** The whole store as it was at an earlier moment, beside the vault of now. */
export const putBack = async (forgedPlace: Forged): Promise<ReadonlyArray<string>> => {
  const { place, counts, all } = forgedPlace;
  const then = await withStore(forgedPlace, async (store) => {
    const streams = new Map<string, ReadonlyArray<Written>>();
    for (const { stream } of all) streams.set(stream, await eventsOf(store, stream));
    const keyturn = coldService({ eventStore: store, vault: place.vault });
    for (const { workspaceId } of all)
      await expectRight(keyturn.startRun(contextOf(workspaceId), { runId: `p-${(tries += 1)}` }));
    await keyturn.settled();
    return streams;
  });
  await place.put(then);
  return withStore(forgedPlace, async (store) => {
    const judged = serviceOn(forgedPlace, store);
    const said: string[] = [];
    for (const one of all) {
      const own = await wrongWithForged(judged, one, (tries += 1));
      said.push(...counted(counts, `a store put back, workspace ${one.workspaceId}`, own));
    }
    return said;
  });
};
