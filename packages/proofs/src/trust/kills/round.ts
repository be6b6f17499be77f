import type { Count } from './count';
import { crewOf } from './crew';
import type { NamedPoints } from './namedPoints';
import type { Random } from './random';
import type { Stage } from './stage';
import { strike, type States } from './strike';

const NAMED_POINTS = 3;
const RANDOM_KILLS = 2;

/** What all rounds of a check share. */
export interface Run {
  readonly random: Random;
  readonly points: NamedPoints;
  /** Names of the points at which a process was killed. */
  readonly covered: Set<string>;
  readonly count: Count;
  readonly violations: string[];
  readonly progress: () => void;
}

/** One round: some kills of each kind. */
export const playRound = async (run: Run, stage: Stage, states: States): Promise<void> => {
  const { random, count, violations } = run;
  for (let n = 0; n < NAMED_POINTS; n += 1) {
    const { scenario, at, name } = await run.points.next(stage, states);
    const struck = await strike(stage, states, scenario, at, random, count);
    violations.push(...struck.violations.map((what) => `killed at ${name}: ${what}`));
    run.progress();
    if (!struck.killed) continue;
    count['kills at named points'] += 1;
    count['named points covered'] = run.covered.add(name).size;
  }
  violations.push(...(await crewOf(stage, RANDOM_KILLS, random, count)));
  violations.push(...stage.takeUnflushed());
  run.progress();
};
