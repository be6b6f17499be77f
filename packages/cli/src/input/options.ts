import { Option, type Command } from 'commander';
import { UsageError } from '../problems';

/** `--workspace` of `-W, --workspace <id>`: its long name. */
export const nameOf = (flags: string): string => /--[a-z0-9-]+/.exec(flags)?.[0] ?? flags;

/** Under which name commander keeps an option. */
const attributeOf = (flags: string): string => new Option(flags).attributeName();

const isList = (given: unknown): given is ReadonlyArray<unknown> => Array.isArray(given);

const collected = (value: string, before: unknown): ReadonlyArray<unknown> => [
  ...(isList(before) ? before : []),
  value,
];

/** Adds an option. Each value that it is given is kept, so that none is dropped in silence. */
export const addOption = (to: Command, flags: string, description: string): void => {
  const option = new Option(flags, description);
  to.addOption(option.required ? option.argParser(collected) : option);
};

/** All values that an option was given. */
export const valuesGiven = (options: unknown, flags: string): ReadonlyArray<unknown> => {
  if (typeof options !== 'object' || options === null) return [];
  const given: unknown = Reflect.get(options, attributeOf(flags));
  return isList(given) ? given : given === undefined ? [] : [given];
};

/** The one value that an option was given; undefined where there is none. @throws UsageError where there are several */
export const valueGiven = (options: unknown, flags: string): unknown => {
  const [value, ...more] = valuesGiven(options, flags);
  if (more.length === 0) return value;
  throw new UsageError(
    `${nameOf(flags)} was given ${more.length + 1} times, and takes one value. Leave one.`,
  );
};
