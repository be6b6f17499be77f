import { join } from 'node:path';
import { logFactsOf } from './facts';
import type { Budget, FaultyPart, Figures, Findings, TrustCheck } from '../check';
import { makeRandom, type Random } from '../kills/random';
import { GRACE, openPutBack } from './bringing';
import { deploy, READ_MODELS, type Deployed } from './deployed';
import { needingPostgres } from '../needingPostgres';
import { embeddedEvents, embeddedVault } from './embedded';
import { eventsOnServer, vaultOnServer } from './onServers';
import type { Copy, Story } from './expected';
import { forgotten } from './forgotten';
import { judgePair, type Counts } from './judging';
import { FAULTY_PARTS, type FaultyParts, type Sabotage } from './faultyParts';
import type { Parts } from './origin';
import { play } from './playing';

/** Copies of a deployment, the last of them when nothing is under way any more. */
const COPIES = 5;
/** How often the read models of before are there still. */
const WITH_READ_MODELS = 0.3;

interface Course {
  readonly parts: Parts;
  readonly copies?: number;
  readonly sabotage?: Sabotage;
}

const copyOf = async (deployed: Deployed, name: string): Promise<Copy> => ({
  name,
  log: logFactsOf(await deployed.logOf(name)),
  vault: await deployed.vaultOf(name),
});

interface Tally extends Counts {
  commands: number;
  kills: number;
  rotations: number;
}

const figuresOf = (tally: Tally): Figures => ({
  pairs: tally.pairs,
  'commands under way': tally.commands,
  kills: tally.kills,
  rotations: tally.rotations,
  'losses accepted': tally.accepted,
  'keys released': tally.released,
  'destroyed keys refused': tally.refused,
  'keys pasted again': tally.pastedAgain,
  'deaths nobody could know of': tally.unknownDeaths,
});

const shuffled = <A>(random: Random, all: ReadonlyArray<A>): ReadonlyArray<A> =>
  all
    .map((one) => [random.below(1_000_000), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);

/** Read models that have seen all that there is: which no restore of the events alone takes away. */
const projected = async (deployed: Deployed): Promise<string> => {
  const keyturn = await openPutBack(deployed, deployed, {});
  await keyturn.audit.page({ actor: GRACE });
  await keyturn.close();
  return join(String(deployed.where.directory), READ_MODELS);
};

const newTally = (): Tally => ({
  pairs: 0,
  commands: 0,
  kills: 0,
  rotations: 0,
  accepted: 0,
  released: 0,
  refused: 0,
  pastedAgain: 0,
  unknownDeaths: 0,
});

/** Plays commands, takes copies meanwhile and one at the end, and judges their pairs while there is time. */
const playRound = async (
  { parts, copies = COPIES, sabotage = {} }: Course,
  random: Random,
  tally: Tally,
  { until, tell }: { readonly until: number; readonly tell: () => void },
): Promise<ReadonlyArray<string>> => {
  const deployed = await deploy(parts);
  try {
    const played = await play(deployed, random, copies - 1, sabotage.before);
    await deployed.copy('end');
    const readModels = await projected(deployed);
    const end = await copyOf(deployed, 'end');
    const all: Copy[] = [];
    for (const name of played.confirmedBefore.keys()) all.push(await copyOf(deployed, String(name)));
    all.push(end);
    const story: Story = { ...played, end: end.log };
    tally.commands += played.commands;
    tally.kills += played.kills;
    tally.rotations += played.rotations;
    const found = [...played.alarms, ...forgotten(story, all)];
    if (found.length > 0) return found;
    const behind = sabotage.after === undefined ? {} : { vault: sabotage.after };
    const pairs = shuffled(
      random,
      all.flatMap((events) => all.map((vault) => ({ events, vault }))),
    );
    for (const pair of pairs) {
      const beside = random.chance(WITH_READ_MODELS) ? readModels : null;
      const wrong = await judgePair(deployed, story, { ...pair, readModels: beside, behind }, tally);
      tell();
      if (wrong.length > 0 || Date.now() >= until) return wrong;
    }
    return [];
  } finally {
    await deployed.close();
  }
};

/** Copies a deployment at so many moments while commands run, and judges every pair of them. */
export const restoring =
  (course: Course): TrustCheck['run'] =>
  async ({ until, seed, progress }: Budget): Promise<Findings> => {
    const tally = newTally();
    const tell = (): void => progress(figuresOf(tally));
    // The first round is whole, however long that takes.
    let violations = await playRound(course, makeRandom(seed), tally, { until: Infinity, tell });
    for (let round = 1; violations.length === 0 && Date.now() < until; round += 1)
      violations = await playRound(course, makeRandom(seed + round), tally, { until, tell });
    const said = violations.map((violation) => `${violation} (seed ${seed})`);
    return { figures: figuresOf(tally), violations: [...new Set(said)].slice(0, 5) };
  };

const faultyParts = (parts: Parts, faulty: ReadonlyArray<FaultyParts>): ReadonlyArray<FaultyPart> =>
  faulty.map(({ name, seen, sabotage }) => ({ name, seen, run: restoring({ parts, sabotage }) }));

export const EMBEDDED: Parts = { newEvents: embeddedEvents, newVault: embeddedVault };
const ON_EVENTSTOREDB: Parts = { newEvents: eventsOnServer, newVault: embeddedVault };
const ON_POSTGRES: Parts = { newEvents: embeddedEvents, newVault: vaultOnServer };

/** What lies above the store and the vault's storage is the same there: fewer pairs, and one faulty part. */
const FEWER = 4;
const SAMPLE = FAULTY_PARTS.slice(0, 1);

export const restore: TrustCheck = {
  name: 'restore',
  promise:
    'Events and vault of any two moments come to full service by the documented acts alone. Nothing that was ' +
    'destroyed is back, nothing on file is destroyed, and the audit log says what was lost and who accepted it.',
  run: restoring({ parts: EMBEDDED }),
  faulty: faultyParts(EMBEDDED, FAULTY_PARTS),
};

export const restoreOnEventStoreDb: TrustCheck = {
  name: 'restore-on-eventstoredb',
  promise: 'The same with the events on a server that speaks EventStoreDB’s protocol.',
  run: restoring({ parts: ON_EVENTSTOREDB, copies: FEWER }),
  faulty: faultyParts(ON_EVENTSTOREDB, SAMPLE),
};

export const restoreOnPostgres: TrustCheck = needingPostgres({
  name: 'restore-on-postgres',
  promise: 'The same with the vault in PostgreSQL, dumped and put back by its own programs.',
  run: restoring({ parts: ON_POSTGRES, copies: FEWER }),
  faulty: faultyParts(ON_POSTGRES, SAMPLE),
});
