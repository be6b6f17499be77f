import { availableParallelism } from 'node:os';
import type { Budget, Figures, TrustCheck } from '../check';
import { needingPostgres } from '../needingPostgres';
import { newCount, type Count } from './count';
import { namedPoints } from './namedPoints';
import { compileShadowLibrary } from './powerLoss/library';
import { breakDown, prepare } from './prepared';
import { makeRandom } from './random';
import { playRound, type Run } from './round';
import { openStage, type Stage } from './stage';
import { POSTGRES } from './vaults/postgresVault';
import { SQLITE } from './vaults/sqliteVault';
import type { VaultKind } from './vaults/vaultOfPlace';

/** Then everything that grows begins anew: vendors' memory of calls, and processes that restart others. */
const ROUNDS_ON_A_STAGE = 20;
const MOST_LANES = 2;

const playOnStage = async (run: Run, stage: Stage, until: number): Promise<void> => {
  const prepared = await prepare(stage);
  try {
    const broken = await breakDown(stage, prepared);
    try {
      let rounds = 0;
      do {
        await playRound(run, stage, { prepared, broken });
        rounds += 1;
        run.count.rounds += 1;
      } while (Date.now() < until && rounds < ROUNDS_ON_A_STAGE);
    } finally {
      await broken.place.remove();
    }
  } finally {
    await prepared.place.remove();
  }
};

/** Rounds one after the other until the time is over. */
const playLane = async (run: Run, kind: VaultKind, until: number): Promise<void> => {
  do {
    const stage = await openStage(kind);
    try {
      await playOnStage(run, stage, until);
    } finally {
      await stage.close();
    }
  } while (Date.now() < until);
};

/** What a check of kills is made for. */
interface KillsOf {
  readonly name: string;
  readonly promise: string;
  readonly kind: VaultKind;
  /** Figures that say nothing here. */
  readonly without: ReadonlyArray<keyof Count>;
}

const POWER: ReadonlyArray<keyof Count> = ['kills at system calls', 'power losses'];

const killsOf = ({ name, promise, kind, without }: KillsOf): TrustCheck => ({
  name,
  promise,
  run: async ({ until, seed, progress }: Budget) => {
    const random = makeRandom(seed);
    const losesPower = !without.includes('power losses');
    const library = losesPower ? await compileShadowLibrary() : null;
    const figuresOf = ({ count }: Run): Figures => ({
      ...Object.fromEntries(
        Object.entries(count).filter(([figure]) => !without.some((one) => one === figure)),
      ),
      ...(losesPower && library === null ? { 'left out without a C compiler: power losses': 1 } : {}),
    });
    const run: Run = {
      random,
      points: namedPoints(random),
      losses: 0,
      covered: new Set(),
      changes: new Map(),
      library,
      count: newCount(),
      violations: [],
      progress: () => progress(figuresOf(run)),
    };
    try {
      // A kill is mostly waiting for processes to start.
      const lanes = Date.now() < until ? Math.min(MOST_LANES, availableParallelism()) : 1;
      await Promise.all(Array.from({ length: lanes }, () => playLane(run, kind, until)));
      return { figures: figuresOf(run), violations: run.violations };
    } finally {
      library?.remove();
    }
  },
});

/** `keyturn` is killed, and loses its power, wherever it may be. */
export const kills: TrustCheck = killsOf({
  name: 'kills',
  promise:
    'An add-then-remove flow that avoids any window where we have no key on file, whatever is killed on the way: a restart and a sweep leave it whole.',
  kind: SQLITE,
  without: ['server crashes'],
});

/** The same with the vault on a server, which crashes as well. What a loss of power does to a server is PostgreSQL's to test. */
export const killsOnPostgres: TrustCheck = needingPostgres(
  killsOf({
    name: 'kills-on-postgres',
    promise: 'The same with the vault in PostgreSQL, whose server crashes, too.',
    kind: POSTGRES,
    without: POWER,
  }),
);
