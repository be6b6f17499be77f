import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Symbolic links followed as far as the path exists; the rest of it is still to be made. */
const realpath = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realpath(parent), basename(path));
  }
};

/** Whether a path, there or not yet, is the directory or leads into it, by whatever symbolic links. */
export const liesInside = (directory: string, path: string): boolean => {
  const way = relative(realpath(resolve(directory)), realpath(resolve(path)));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};
