import { defaultPolicy, makeDecider, type Decider } from '@keyturn/domain';
import type { TrustCheck } from '../trust/check';
import type { Bounds } from './bounds';
import { FAULTY_CASES, without } from './faultyCases';
import { search, type SearchResult } from './search';

const WHOLE: Bounds = { keys: 3, vendors: 2, secrets: 3, projects: 1, runs: 1, depth: Infinity };

/** A leak case of one key beside another: no run and no project, which nothing of a case asks for. */
const CASE: Bounds = { keys: 2, vendors: 1, secrets: 2, projects: 0, runs: 0, cases: true, depth: Infinity };

const sound = makeDecider(defaultPolicy);

/** What a search found, as a sentence. */
export const toldOf = ({ violation, path }: NonNullable<SearchResult['counterexample']>): string =>
  `invariant ${violation.invariant}: ${violation.what}, after ${JSON.stringify(path)}`;

/** It is done once, however long the budget: until no new state is left. */
const runOn =
  (decider: Decider, ...all: ReadonlyArray<Bounds>): TrustCheck['run'] =>
  ({ progress }) => {
    const figures = { states: 0, 'commands decided': 0 };
    const violations: string[] = [];
    for (const bounds of all) {
      const { states, commands, counterexample } = search(bounds, {
        decider,
        onLevel: (_, soFar) => progress({ states: figures.states + soFar }),
      });
      figures.states += states;
      figures['commands decided'] += commands;
      if (counterexample !== null) violations.push(toldOf(counterexample));
    }
    return Promise.resolve({ figures, violations });
  };

const SMALL: Bounds = { ...WHOLE, keys: 2, secrets: 2 };

/** The invariants hold in every state that commands can bring a small keyring to. */
export const everyState: TrustCheck = {
  name: 'every-state',
  promise:
    'No commands, in whatever order, bring a keyring of 3 keys, 2 vendors, a project and a run to a state ' +
    'that breaks an invariant, and no leak case of one of 2 keys is told otherwise than the log has it.',
  run: runOn(sound, WHOLE, CASE),
  faulty: [
    {
      name: 'a decider that forgets who is Default next',
      seen: /invariant/,
      run: runOn(
        without(({ type, data }) => type === 'DefaultChanged' && data.cause === 'successor'),
        SMALL,
      ),
    },
    {
      name: 'a decider that forgets that a key was hard-deleted',
      seen: /invariant/,
      run: runOn(
        without(({ type }) => type === 'KeyHardDeleted'),
        SMALL,
      ),
    },
    ...FAULTY_CASES.map(({ name, seen, decider }) => ({ name, seen, run: runOn(decider, CASE) })),
  ],
};
