import type { Count } from './count';
import { crewOf } from './crew';
import type { NamedPoints } from './namedPoints';
import type { ShadowLibrary } from './powerLoss/library';
import type { Kept } from './powerLoss/shadow';
import type { Random } from './random';
import { SCENARIOS, type Scenario } from './scenarios';
import type { Stage } from './stage';
import { strike, type States, type Strike, type Struck } from './strike';

const NAMED_POINTS = 4;
const RANDOM_KILLS = 4;
const LOSSES = 2; // each a kill at a system call, and at first an end
const LOSSES_OF_CREWS = 1;

/** What all rounds of a check share. */
export interface Run {
  readonly random: Random;
  readonly points: NamedPoints;
  /** Names of the points at which a process was killed. */
  readonly covered: Set<string>;
  /** How many changes by system calls a scenario's command makes, as far as one came to its end. */
  readonly changes: Map<string, number>;
  /** How many losses of single commands there were: they take turns. */
  losses: number;
  /** Null where losses of power can't be shown. */
  readonly library: ShadowLibrary | null;
  readonly count: Count;
  readonly violations: string[];
  readonly progress: () => void;
}

/** One round: some kills of each kind. */
export const playRound = async (run: Run, stage: Stage, states: States): Promise<void> => {
  const { random, count, library, violations } = run;
  const struck = async (scenario: Scenario, how: Strike, where: string): Promise<Struck> => {
    const result = await strike(stage, states, scenario, how, random, count);
    violations.push(...result.violations.map((what) => `${where}: ${what}`));
    run.progress();
    return result;
  };

  const lost = async (
    scenario: Scenario,
    change: number | null,
    loss: Kept,
    by: ShadowLibrary,
  ): Promise<void> => {
    const how = { library: by, loss, ...(change === null ? {} : { change }) };
    const where = `power lost ${change === null ? 'at the end' : `at change ${change}`} of ${scenario.name}, of what was not flushed ${loss} kept`;
    const { killed, changes } = await struck(scenario, how, where);
    if (changes !== null) run.changes.set(scenario.name, changes);
    count['power losses'] += 1;
    if (killed) count['kills at system calls'] += 1;
  };

  for (let n = 0; n < NAMED_POINTS; n += 1) {
    const { scenario, at, name } = await run.points.next(stage, states);
    const { killed } = await struck(scenario, at, `killed at ${name}`);
    if (!killed) continue;
    count['kills at named points'] += 1;
    count['named points covered'] = run.covered.add(name).size;
  }
  violations.push(...(await crewOf(stage, RANDOM_KILLS, null, random, count)));
  run.progress();
  if (library === null) return;
  for (let n = 0; n < LOSSES; n += 1) {
    const scenario = SCENARIOS[run.losses % SCENARIOS.length] ?? random.pick(SCENARIOS);
    run.losses += 1;
    // The first time it comes to its end: what it told has to outlast the loss right behind it.
    if (!run.changes.has(scenario.name)) await lost(scenario, null, 'nothing', library);
    const changes = run.changes.get(scenario.name) ?? 1;
    await lost(scenario, 1 + random.below(changes), random.pick(['nothing', 'some']), library);
  }
  violations.push(...(await crewOf(stage, LOSSES_OF_CREWS, library, random, count)));
  run.progress();
};
