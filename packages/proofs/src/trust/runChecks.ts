import type { Figures, Findings, TrustCheck } from './check';

/** What one check came to. */
export interface CheckResult extends Findings {
  readonly name: string;
  readonly promise: string;
  /** Why it could not be run to its end; null when it was. */
  readonly failure: string | null;
  readonly seconds: number;
}

/** Called while checks run, for people who wait. */
export interface Telling {
  readonly begins: (check: TrustCheck) => void;
  readonly goesOn: (check: TrustCheck, figures: Figures) => void;
  readonly ended: (result: CheckResult) => void;
}

/** Runs checks one after the other, each with the same share of the time that is left. */
export const runChecks = async (
  checks: ReadonlyArray<TrustCheck>,
  {
    durationMs,
    seed,
    commands,
  }: { readonly durationMs: number; readonly seed: number; readonly commands?: number | undefined },
  telling: Telling,
): Promise<ReadonlyArray<CheckResult>> => {
  const end = Date.now() + durationMs;
  const results: CheckResult[] = [];
  for (const [index, check] of checks.entries()) {
    const begun = Date.now();
    const until = begun + Math.max(0, end - begun) / (checks.length - index);
    telling.begins(check);
    const { name, promise } = check;
    let latest: Figures = {};
    const progress = (figures: Figures): void => {
      latest = figures;
      telling.goesOn(check, figures);
    };
    const seconds = (): number => Math.round((Date.now() - begun) / 1_000);
    try {
      const findings = await check.run({
        until,
        seed,
        progress,
        ...(commands === undefined ? {} : { commands }),
      });
      results.push({ name, promise, ...findings, failure: null, seconds: seconds() });
    } catch (error) {
      const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
      results.push({ name, promise, figures: latest, violations: [], failure, seconds: seconds() });
    }
    const result = results.at(-1);
    if (result !== undefined) telling.ended(result);
  }
  return results;
};
