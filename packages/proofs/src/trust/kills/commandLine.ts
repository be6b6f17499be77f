import { join } from 'node:path';

const COMMAND_LINE = join(__dirname, '..', '..', '..', '..', 'cli', 'dist', 'index.js');

/**
 * A function of the command's, as it was built from the packages: in the command's bundle nobody could stand between it
 * and a driver.
 */
export const fromCommandLine = async (
  name: 'main' | 'runProcess',
): Promise<(...given: ReadonlyArray<unknown>) => Promise<unknown>> => {
  const loaded: unknown = await import(COMMAND_LINE);
  const found: unknown = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, name) : null;
  if (typeof found !== 'function') throw new Error(`${COMMAND_LINE} has no ${name}`);
  return async (...given) => {
    const outcome: unknown = await Reflect.apply(found, undefined, given);
    return outcome;
  };
};
