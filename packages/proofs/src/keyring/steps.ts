import fc from 'fast-check';
import type { AbstractChoice, AbstractCommand, AbstractStep } from './abstractCommand';
import { leakCommands } from './leakSteps';

/** Nothing this often, of as many times and one more. */
const mostly = <N, T>(nothing: N, times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<N | T> =>
  fc.oneof<[fc.WeightedArbitrary<N>, fc.WeightedArbitrary<T>]>(
    { weight: times, arbitrary: fc.constant(nothing) },
    { weight: 1, arbitrary },
  );
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => mostly(null, 1, arbitrary);

/** Low numbers more often: they are keys that are there. */
const key = fc.oneof({ weight: 4, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.nat(4) });
const successor = mostly(null, 1, key);
const run = fc.nat(2);
const project = fc.nat(1);
const is = <T extends string>(name: T) => fc.constant(name);

const choice: fc.Arbitrary<AbstractChoice> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('default' as const) },
  { weight: 2, arbitrary: fc.record({ vendor: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ key }) },
);
const lease = maybe(fc.constantFrom(1, 60, 3_600, 604_800, 604_801));

/** One abstract command: those that bring a story forward more often than the others. */
const abstractCommand: fc.Arbitrary<AbstractCommand> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: is('add'),
      vendor: fc.nat(1),
      secret: fc.nat(2),
      id: mostly(null, 9, key),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: is('accept'), key, lag: fc.constantFrom(0, 0, 0, 1, 7_200) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: is('fail'),
      key,
      reason: fc.constantFrom('rejected', 'rejected', 'unfunded', 'leaked'),
      lag: fc.constantFrom(0, 0, 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: is('shrug'), key }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: is('test-call'), key, purpose: fc.constantFrom('add', 'kill-check') }),
  },
  { weight: 1, arbitrary: fc.record({ do: is('relabel'), key, label: maybe(fc.nat(1)) }) },
  { weight: 1, arbitrary: fc.record({ do: is('set-expiry'), key, days: maybe(fc.constantFrom(-1, 90)) }) },
  { weight: 1, arbitrary: fc.record({ do: is('abandon'), key: maybe(key) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: is('set-default'), key, project: maybe(project), follow: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: is('clear-default'), project }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: is('delete'), key, successor, leaveEmpty: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: is('hard-delete'),
      key,
      successor,
      reason: fc.constantFrom('leak', 'other'),
    }),
  },
  ...leakCommands(key),
  { weight: 6, arbitrary: fc.record({ do: is('start'), run, project: maybe(project), choice, lease }) },
  { weight: 2, arbitrary: fc.record({ do: is('resume'), run, lease, renewal: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: is('finish'), run, outcome: fc.constantFrom('succeeded', 'failed') }),
  },
  { weight: 1, arbitrary: fc.record({ do: is('expire'), skew: fc.constantFrom(0, 0, 900, -900) }) },
  { weight: 3, arbitrary: fc.record({ do: is('confirm-destruction'), key }) },
  { weight: 1, arbitrary: fc.record({ do: is('disown'), more: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: is('renew-log-key'), number: fc.integer({ min: 1, max: 4 }) }) },
  // A workspace that was closed is the end of its story: seldom.
  {
    weight: 1,
    arbitrary: mostly({ do: 'destroy-keys' } as const, 2, fc.record({ do: is('close') })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: is('accept-log'),
      keys: fc.array(key, { minLength: 1, maxLength: 3 }),
      successor,
      leaked: fc.boolean(),
    }),
  },
);

const step: fc.Arbitrary<AbstractStep> = fc.record({
  command: abstractCommand,
  after: fc.constantFrom(1, 1, 1, 60, 3_600, 90_000, -30),
  id: fc.oneof(
    { weight: 12, arbitrary: fc.constant('new' as const) },
    { weight: 2, arbitrary: fc.record({ again: fc.nat(6) }) },
    { weight: 1, arbitrary: fc.record({ reused: fc.nat(6) }) },
  ),
  behind: mostly(null, 12, fc.nat(1)),
});

const plain = (command: AbstractCommand): AbstractStep => ({ command, after: 1, id: 'new', behind: null });

/** One or two keys that work, of one vendor or of two, and perhaps a run: most of what can go wrong needs as much. */
const workingKeys = fc
  .record({ keys: fc.constantFrom([0], [0, 1]), vendor: fc.nat(1), run: fc.boolean() })
  .map(({ keys, vendor, run: started }): ReadonlyArray<AbstractStep> => [
    ...keys.flatMap((n) => [
      plain({ do: 'add', vendor: n * vendor, secret: n, id: null }),
      plain({ do: 'accept', key: n, lag: 0 }),
    ]),
    ...(started ? [plain({ do: 'start', run: 0, project: null, choice: 'default', lease: null })] : []),
  ]);

/**
 * Sequences of commands as they come to one keyring: good ones and bad ones, retries, ids used twice, clocks that jump.
 * Played with `playSteps`.
 */
export const keyringSteps = (maxLength = 40): fc.Arbitrary<ReadonlyArray<AbstractStep>> =>
  fc
    .tuple(
      fc.oneof({ weight: 3, arbitrary: workingKeys }, { weight: 1, arbitrary: fc.constant([]) }),
      fc.array(step, { maxLength, size: 'max' }),
    )
    .map(([beginning, rest]) => [...beginning, ...rest]);
