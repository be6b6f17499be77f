import { availableParallelism } from 'node:os';
import type { Budget, FaultyPart, Figures, TrustCheck } from '../check';
import { needingPostgres } from '../needingPostgres';
import { newCount } from './count';
import { namedPoints } from './namedPoints';
import { breakDown, prepare } from './prepared';
import { makeRandom } from './random';
import { playRound, type Run } from './round';
import { FAULTY_PARTS } from './faultyParts';
import { openStage, type Faulty, type Stage } from './stage';
import { POSTGRES } from './vaults/postgresVault';
import { SQLITE } from './vaults/sqliteVault';
import type { VaultKind } from './vaults/vaultOfPlace';

/** Then everything that grows begins anew: vendors' memory of calls, and processes that restart others. */
const ROUNDS_ON_A_STAGE = 20;
const MOST_LANES = 2;

const goesOn = ({ violations }: Run, until: number): boolean => Date.now() < until && violations.length === 0;

const playOnStage = async (run: Run, stage: Stage, until: number): Promise<void> => {
  const prepared = await prepare(stage);
  try {
    const broken = await breakDown(stage, prepared);
    stage.spoil();
    try {
      let rounds = 0;
      do {
        await playRound(run, stage, { prepared, broken });
        rounds += 1;
        run.count.rounds += 1;
      } while (goesOn(run, until) && rounds < ROUNDS_ON_A_STAGE);
    } finally {
      await broken.place.remove();
    }
  } finally {
    await prepared.place.remove();
  }
};

/** Rounds one after the other until the time is over, or something was found. */
const playLane = async (
  run: Run,
  kind: VaultKind,
  faulty: Faulty | undefined,
  until: number,
): Promise<void> => {
  do {
    const stage = await openStage(kind, faulty);
    try {
      await playOnStage(run, stage, until);
    } finally {
      await stage.close();
    }
  } while (goesOn(run, until));
};

const runOn =
  (kind: VaultKind, faulty?: Faulty): TrustCheck['run'] =>
  async ({ until, seed, progress }: Budget) => {
    const random = makeRandom(seed);
    const figuresOf = ({ count }: Run): Figures =>
      Object.fromEntries(
        Object.entries(count).filter(([figure]) => kind.crashes || figure !== 'server crashes'),
      );
    const run: Run = {
      random,
      points: namedPoints(random),
      covered: new Set(),
      count: newCount(),
      violations: [],
      progress: () => progress(figuresOf(run)),
    };
    // A kill is mostly waiting for processes to start.
    const lanes = Date.now() < until ? Math.min(MOST_LANES, availableParallelism()) : 1;
    await Promise.all(Array.from({ length: lanes }, () => playLane(run, kind, faulty, until)));
    return { figures: figuresOf(run), violations: run.violations };
  };

const faultyOn = (kind: VaultKind, parts: typeof FAULTY_PARTS): ReadonlyArray<FaultyPart> =>
  parts.map(({ name, seen, faulty }) => ({ name, seen, run: runOn(kind, faulty) }));

/** `keyturn` is killed wherever it may be. */
export const kills: TrustCheck = {
  name: 'kills',
  promise:
    'An add-then-remove flow that avoids any window where we have no key on file, whatever is killed on the ' +
    'way: a restart and a sweep leave it whole.',
  run: runOn(SQLITE),
  faulty: faultyOn(SQLITE, FAULTY_PARTS),
};

/** The same with the vault on a server, which crashes as well. */
export const killsOnPostgres: TrustCheck = needingPostgres({
  name: 'kills-on-postgres',
  promise: 'The same with the vault in PostgreSQL, whose server crashes, too.',
  run: runOn(POSTGRES),
  faulty: faultyOn(
    POSTGRES,
    FAULTY_PARTS.filter(({ name }) => name.startsWith('a vault that does not shred')),
  ),
});
