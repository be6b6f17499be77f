import type { LeavableStep } from '@keyturn/domain';
import fc from 'fast-check';
import type { AbstractCommand } from './abstractCommand';

/** The steps that a case may be closed without. */
export const LEAVABLE_STEPS: ReadonlyArray<LeavableStep> = [
  'stop-stranger',
  'successor',
  'revoke',
  'kill-check',
  'hard-delete',
  'review',
];

const is = <T extends string>(name: T) => fc.constant(name);

/** What is said and done of leaks, under one case or another, in any order. */
export const leakCommands = (
  key: fc.Arbitrary<number>,
): ReadonlyArray<fc.WeightedArbitrary<AbstractCommand>> => {
  const ofCase = { key, case: fc.nat(1) };
  return [
    {
      weight: 3,
      arbitrary: fc.record({
        do: is('report-leak'),
        ...ofCase,
        stranger: fc.constantFrom('yes', 'no', 'unknown'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: is('withdraw-report'), ...ofCase }) },
    { weight: 3, arbitrary: fc.record({ do: is('suspend'), ...ofCase }) },
    { weight: 1, arbitrary: fc.record({ do: is('reinstate'), ...ofCase }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: is('kill-check'),
        ...ofCase,
        says: fc.constantFrom(
          'dead',
          'dead',
          'dead',
          'alive',
          'alive-unfunded',
          'cannot-tell',
          'not-checkable',
        ),
        via: fc.constantFrom('call', 'call', 'call', 'vendor-list'),
        control: fc.constantFrom('passed', 'passed', 'failed', 'none'),
        lag: fc.constantFrom(0, 0, 400),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: is('revoke'),
        ...ofCase,
        how: fc.constantFrom('console', 'told', 'vendor-api'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: is('review'), ...ofCase }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: is('close-case'),
        case: fc.nat(1),
        leave: fc.oneof(fc.constant(LEAVABLE_STEPS), fc.subarray([...LEAVABLE_STEPS])),
      }),
    },
  ];
};
