import type { Flag, Flags, ValuesOf } from './flags';

/** Reads a value for each flag. @throws UsageError for the first that is not what its flag takes */
export const valuesOf = <F extends Flags>(
  flags: F,
  given: (name: string, flag: Flag<unknown>) => unknown,
): ValuesOf<F> =>
  // Each value was read by its own flag: that makes the object what the mapped type says.
  Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, flag.read(given(name, flag))]),
  ) as ValuesOf<F>;
