import type { TrustCheck } from './check';

/** Whether a check found out a faulty part. */
export interface FaultyResult {
  readonly check: string;
  readonly part: string;
  /** What the check said of it; null when it did not find out. */
  readonly found: string | null;
  /** What it said instead, when it did not. */
  readonly said: ReadonlyArray<string>;
  readonly seconds: number;
  /** Why it was not tried, as a sentence. */
  readonly leftOut?: string;
}

/** How long a check is given to find out one faulty part. */
const PATIENCE_MS = 120_000;

/** Runs each check once over each of its faulty parts. */
export const runFaulty = async (
  checks: ReadonlyArray<TrustCheck>,
  seed: number,
  told: (result: FaultyResult) => void,
): Promise<ReadonlyArray<FaultyResult>> => {
  const results: FaultyResult[] = [];
  for (const { name: check, faulty } of checks) {
    for (const { name: part, seen, run } of faulty) {
      const begun = Date.now();
      const { violations, leftOut } = await run({
        until: begun + PATIENCE_MS,
        seed,
        progress: () => undefined,
      }).catch((error: unknown) => ({
        violations: [`it could not be run: ${String(error)}`],
        leftOut: undefined,
      }));
      const result: FaultyResult = {
        check,
        part,
        found: violations.find((violation) => seen.test(violation)) ?? null,
        said: violations,
        seconds: Math.round((Date.now() - begun) / 1_000),
        ...(leftOut === undefined ? {} : { leftOut }),
      };
      results.push(result);
      told(result);
    }
  }
  return results;
};
