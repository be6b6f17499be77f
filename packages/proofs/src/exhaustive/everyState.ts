import { defaultPolicy, makeDecider, type Decider, type KeyringEvent } from '@keyturn/domain';
import type { TrustCheck } from '../trust/check';
import type { Bounds } from './bounds';
import { search } from './search';

const WHOLE: Bounds = { keys: 3, vendors: 2, secrets: 3, projects: 1, runs: 1, depth: Infinity };

const sound = makeDecider(defaultPolicy);

/** It is done once, however long the budget: until no new state is left. */
const runOn =
  (decider: Decider, bounds: Bounds): TrustCheck['run'] =>
  ({ progress }) => {
    const { states, commands, counterexample } = search(bounds, {
      decider,
      onLevel: (_, soFar) => progress({ states: soFar }),
    });
    return Promise.resolve({
      figures: { states, 'commands decided': commands },
      violations:
        counterexample === null
          ? []
          : [
              `invariant ${counterexample.violation.invariant}: ` +
                `${counterexample.violation.what}, after ${JSON.stringify(counterexample.path)}`,
            ],
    });
  };

/** Folds as if such events had never been. */
const without = (forgotten: (event: KeyringEvent) => boolean): Decider => ({
  ...sound,
  replay: (keyring, events) =>
    sound.replay(
      keyring,
      [...events].filter(({ event }) => !forgotten(event)),
    ),
});

const SMALL: Bounds = { ...WHOLE, keys: 2, secrets: 2 };

/** The invariants hold in every state that commands can bring a small keyring to. */
export const everyState: TrustCheck = {
  name: 'every-state',
  promise:
    'No commands, in whatever order, bring a keyring of 3 keys, 2 vendors, a project and a run to a state ' +
    'that breaks an invariant.',
  run: runOn(sound, WHOLE),
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
  ],
};
