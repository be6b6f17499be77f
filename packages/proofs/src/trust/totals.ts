import type { Figures } from './check';
import type { CheckResult } from './runChecks';

/** Figures of the checks that say the same, by what is read of them in the end. */
const TOTALS: ReadonlyArray<readonly [string, ReadonlyArray<string>]> = [
  ['kills', ['kills at random', 'kills at named points']],
  ['faults', ['faults']],
  ['keys destroyed under way', ['keys']],
  ['rows opened', ['rows opened', 'keys opened']],
  ['rows opened that were not the one due', ['other rows opened']],
  ['canaries', ['canaries']],
  ['bytes searched', ['bytes searched', 'bytes searched for names']],
];

/** What all checks did together; only what at least one of them counts. */
export const totalsOf = (results: ReadonlyArray<Pick<CheckResult, 'figures'>>): Figures =>
  Object.fromEntries(
    TOTALS.flatMap(([total, names]) => {
      const counts = results.flatMap(({ figures }) => names.flatMap((name) => figures[name] ?? []));
      return counts.length === 0 ? [] : [[total, counts.reduce((sum, count) => sum + count, 0)]];
    }),
  );
