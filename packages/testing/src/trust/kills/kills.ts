import type { TrustCheck } from '../check';
import { newCount } from './count';
import { crewOf } from './crew';
import { compileShadowLibrary } from './powerLoss/library';
import { breakDown, prepare } from './prepared';
import { namedPoints } from './namedPoints';
import { makeRandom } from './random';
import { SCENARIOS, type Scenario } from './scenarios';
import { openStage, type Stage } from './stage';
import { strike, type States, type Strike } from './strike';

const NAMED_POINTS = 4;
const RANDOM_KILLS = 4;
const LOSSES = 2;
const LOSSES_OF_CREWS = 1;
/** Then everything that grows begins anew: vendors' memory of calls, and processes that restart others. */
const ROUNDS_ON_A_STAGE = 20;

const openStates = async (stage: Stage): Promise<States> => {
  const prepared = await prepare(stage);
  return { prepared, broken: await breakDown(stage, prepared) };
};

const closeStates = ({ prepared, broken }: States): void => {
  prepared.place.remove();
  broken.place.remove();
};

/** `keyturn` is killed, and loses its power, wherever it may be. */
export const kills: TrustCheck = {
  name: 'kills',
  promise:
    'An add-then-remove flow that avoids any window without a key on file, whatever is killed on the way: a restart and a sweep leave it whole.',
  run: async ({ until, seed, progress }) => {
    const random = makeRandom(seed);
    const count = newCount();
    const violations: string[] = [];
    const covered = new Set<string>();
    const changesOf = new Map<string, number>();
    const points = namedPoints(random);
    const library = await compileShadowLibrary();
    const figures = () => (library === null ? { ...count, 'parts left out: no C compiler': 1 } : { ...count });

    const round = async (stage: Stage, states: States): Promise<void> => {
      const struck = async (scenario: Scenario, how: Strike, where: string) => {
        const result = await strike(stage, states, scenario, how, random, count);
        violations.push(...result.violations.map((what) => `${where}: ${what}`));
        progress(figures());
        return result;
      };
      for (let n = 0; n < NAMED_POINTS; n += 1) {
        const { scenario, write, name } = await points.next(stage, states);
        const { killed } = await struck(scenario, { write }, `killed at ${name}`);
        if (!killed) continue;
        count['kills at named points'] += 1;
        count['named points covered'] = covered.add(name).size;
      }
      violations.push(...(await crewOf(stage, RANDOM_KILLS, null, random, count)));
      progress(figures());
      if (library === null) return;
      for (let n = 0; n < LOSSES; n += 1) {
        const scenario = random.pick(SCENARIOS);
        const loss = random.pick(['nothing', 'some'] as const);
        const known = changesOf.get(scenario.name);
        // The first time it may come to its end: what it told has to outlast the loss right behind it.
        const change = known === undefined ? undefined : 1 + random.below(known + 1);
        const { killed, changes } = await struck(
          scenario,
          change === undefined ? { library, loss } : { library, loss, change },
          `power lost at change ${change ?? 'none'} of ${scenario.name}, ${loss} kept`,
        );
        if (changes !== null) changesOf.set(scenario.name, changes);
        count['power losses'] += 1;
        if (killed) count['kills at system calls'] += 1;
      }
      violations.push(...(await crewOf(stage, LOSSES_OF_CREWS, library, random, count)));
      progress(figures());
    };

    try {
      do {
        const stage = await openStage();
        try {
          const states = await openStates(stage);
          try {
            do {
              await round(stage, states);
              count.rounds += 1;
            } while (Date.now() < until && count.rounds % ROUNDS_ON_A_STAGE !== 0);
          } finally {
            closeStates(states);
          }
        } finally {
          await stage.close();
        }
      } while (Date.now() < until);
      return { figures: figures(), violations };
    } finally {
      library?.remove();
    }
  },
};
