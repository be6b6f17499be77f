import { availableParallelism } from 'node:os';
import type { Budget, Figures, TrustCheck } from '../check';
import { newCount } from './count';
import { namedPoints } from './namedPoints';
import { compileShadowLibrary } from './powerLoss/library';
import { breakDown, prepare } from './prepared';
import { makeRandom } from './random';
import { playRound, type Run } from './round';
import { openStage, type Stage } from './stage';

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
      broken.place.remove();
    }
  } finally {
    prepared.place.remove();
  }
};

/** Rounds one after the other until the time is over. */
const playLane = async (run: Run, until: number): Promise<void> => {
  do {
    const stage = await openStage();
    try {
      await playOnStage(run, stage, until);
    } finally {
      await stage.close();
    }
  } while (Date.now() < until);
};

const figuresOf = ({ count, library }: Run): Figures =>
  library === null ? { ...count, 'left out without a C compiler: power losses': 1 } : { ...count };

/** `keyturn` is killed, and loses its power, wherever it may be. */
export const kills: TrustCheck = {
  name: 'kills',
  promise:
    'An add-then-remove flow that avoids any window where we have no key on file, whatever is killed on the way: a restart and a sweep leave it whole.',
  run: async ({ until, seed, progress }: Budget) => {
    const random = makeRandom(seed);
    const library = await compileShadowLibrary();
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
      await Promise.all(Array.from({ length: lanes }, () => playLane(run, until)));
      return { figures: figuresOf(run), violations: run.violations };
    } finally {
      library?.remove();
    }
  },
};
