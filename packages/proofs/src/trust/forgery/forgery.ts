import type { Budget, FaultyPart, Figures, Findings, TrustCheck } from '../check';
import { makeRandom } from '../kills/random';
import { needingPostgres } from '../needingPostgres';
import { FAULTY_PARTS, type FaultyParts } from './faultyParts';
import { playHonest, type HonestCounts } from './honest';
import { onEventStoreDb, onPostgres, onSqlite, type OpenPlace } from './places';
import { putBack, settle, wave, type Counts, type Sabotage } from './wave';

/** Workspaces of one deployment. */
const WORKSPACES = 12;
/** After so many waves a new deployment takes the place of the old. */
const WAVES = 12;
/** Honest commands of a round, unless more are asked for. */
const COMMANDS = 400;
/** After so many honest commands a new deployment comes: some read a whole stream, so longer ones take ever longer. */
const COMMANDS_OF_DEPLOYMENT = 50_000;

interface Course {
  readonly open: OpenPlace;
  /** Where honest commands are played, and how many of all there. */
  readonly honest: ReadonlyArray<{ readonly open: OpenPlace; readonly share: number }>;
  readonly sabotage: Sabotage;
}

const figuresOf = (counts: Counts, honest: HonestCounts): Figures => ({
  forgeries: counts.forged,
  found: counts.found,
  'cuts of what no witness had': counts.unwitnessedCuts,
  'others that went on': counts.others,
  'honest commands': honest.commands,
  kills: honest.kills,
  restarts: honest.restarts,
  conflicts: honest.conflicts,
  'answers lost': honest.lost,
  'false alarms': honest.alarms,
});

const runWith =
  ({ open, honest, sabotage }: Course): TrustCheck['run'] =>
  async ({ until, seed, progress, commands }: Budget): Promise<Findings> => {
    const counts: Counts = { forged: 0, found: 0, unwitnessedCuts: 0, others: 0 };
    const played: HonestCounts = {
      commands: 0,
      kills: 0,
      restarts: 0,
      conflicts: 0,
      lost: 0,
      alarms: 0,
    };
    const violations: string[] = [];
    const tell = (): void => progress(figuresOf(counts, played));
    const wanted = commands ?? 0;
    for (let round = 0; round === 0 || Date.now() < until; round += 1) {
      const random = makeRandom(seed + round);
      for (const part of honest) {
        let left = Math.ceil((round === 0 && wanted > 0 ? wanted : COMMANDS) * part.share);
        while (left > 0 && violations.length === 0) {
          const count = Math.min(left, COMMANDS_OF_DEPLOYMENT);
          violations.push(...(await playHonest(part.open, random, count, played, tell)));
          left -= count;
        }
      }
      const place = await open();
      try {
        const forged = await settle(place, random, counts, { workspaces: WORKSPACES, sabotage });
        for (let n = 0; n < WAVES && violations.length === 0; n += 1) {
          if (n > 0 && Date.now() >= until) break;
          violations.push(...(await wave(forged)));
          tell();
        }
        if (violations.length === 0) violations.push(...(await putBack(forged)));
      } finally {
        await place.close();
      }
      tell();
      if (violations.length > 0) break;
    }
    const said = violations.map((violation) => `${violation} (seed ${seed})`);
    return { figures: figuresOf(counts, played), violations: [...new Set(said)].slice(0, 5) };
  };

const faultyParts = (open: OpenPlace, parts: ReadonlyArray<FaultyParts>): ReadonlyArray<FaultyPart> =>
  parts.map(({ name, seen, sabotage }) => ({ name, seen, run: runWith({ open, honest: [], sabotage }) }));

export const forgery: TrustCheck = {
  name: 'forgery',
  promise:
    'Who can write the event store and has not the vault can neither forge, drop nor turn back anything unseen; and ' +
    'no honest command is taken for a forgery.',
  run: runWith({
    open: onSqlite,
    honest: [
      { open: onSqlite, share: 0.9 },
      { open: onEventStoreDb, share: 0.1 },
    ],
    sabotage: {},
  }),
  faulty: faultyParts(onSqlite, FAULTY_PARTS),
};

/** What lies above the store and the vault's storage is the same there: one faulty part shows that it is looked at. */
const SAMPLE = FAULTY_PARTS.slice(0, 1);

export const forgeryOnEventStoreDb: TrustCheck = {
  name: 'forgery-on-eventstoredb',
  promise: 'The same with the events on a server that speaks EventStoreDB’s protocol.',
  run: runWith({ open: onEventStoreDb, honest: [], sabotage: {} }),
  faulty: faultyParts(onEventStoreDb, SAMPLE),
};

export const forgeryOnPostgres: TrustCheck = needingPostgres({
  name: 'forgery-on-postgres',
  promise: 'The same with the vault in PostgreSQL.',
  run: runWith({ open: onPostgres, honest: [{ open: onPostgres, share: 0.5 }], sabotage: {} }),
  faulty: faultyParts(onPostgres, SAMPLE),
});
