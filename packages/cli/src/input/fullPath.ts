import { resolve } from 'node:path';
import { UsageError } from '../problems';
import { secretInPath } from './secretInPath';

/**
 * The whole of a path that was given, or set in the environment. @throws UsageError for what looks like a key
 *
 * @param option - what it was given for, such as `--data`
 */
export const fullPath = (option: string, text: string, cwd: string): string => {
  const full = resolve(cwd, text);
  if (!secretInPath(full)) return full;
  throw new UsageError(
    `${option} takes a path, and what was given (or set in the environment) looks like a key. ` +
      'It is not repeated here; replace the key if others may have seen it.',
  );
};
