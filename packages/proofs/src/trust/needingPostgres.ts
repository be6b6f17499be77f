import { inCi, whyNoPostgres } from '@keyturn/testbed/postgres';
import type { TrustCheck } from './check';

type Run = TrustCheck['run'];

const orLeftOut =
  (run: Run): Run =>
  (budget) => {
    const why = whyNoPostgres();
    if (why === null) return run(budget);
    return inCi()
      ? Promise.reject(new Error(why))
      : Promise.resolve({ figures: {}, violations: [], leftOut: why });
  };

/** A check that is left out, and said to be, where PostgreSQL is missing; in CI it is not, and can't be run. */
export const needingPostgres = (check: TrustCheck): TrustCheck => ({
  ...check,
  run: orLeftOut(check.run),
  faulty: check.faulty.map((part) => ({ ...part, run: orLeftOut(part.run) })),
});
