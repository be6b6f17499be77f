import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** Whether a directory is this user's own. Another's may hold code that this process would run. */
const isOwn = (directory: string, forbidden: number): boolean => {
  const { uid, mode } = statSync(directory);
  return uid === process.geteuid?.() && (mode & forbidden) === 0;
};

const nearestExisting = (path: string): string => (existsSync(path) ? path : nearestExisting(dirname(path)));

/**
 * Where compiled code is kept: in the user's own cache, which nobody else may read or write; null where there can be
 * no such place. Under `sudo`, with the home of another user, there is none.
 */
export const compileCacheDirectory = ({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv): string | null => {
  if (HOME === undefined || !isAbsolute(HOME)) return null;
  const caches =
    XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(HOME, '.cache');
  const directory = join(caches, 'keyturn');
  try {
    // Before anything is made: root must leave nothing of its own in another user's cache.
    if (!isOwn(HOME, 0o022) || !isOwn(nearestExisting(caches), 0o022)) return null;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return isOwn(caches, 0o022) && isOwn(directory, 0o077) ? directory : null;
  } catch {
    return null;
  }
};

const FIRST_NODE_WITH_CACHE = 22;

/** Has Node keep what it compiles, from Node 22 on: a sixth of a start is compiling. Does nothing where it can't. */
export const enableCompileCache = (env: NodeJS.ProcessEnv): void => {
  // Not asked of `node:module`, which takes longer to load than the whole of this.
  if (Number.parseInt(process.versions.node, 10) < FIRST_NODE_WITH_CACHE) return;
  const nodeModule = process.getBuiltinModule('node:module');
  const enable: unknown = Reflect.get(nodeModule, 'enableCompileCache');
  if (typeof enable !== 'function') return;
  const directory = compileCacheDirectory(env);
  if (directory !== null) Reflect.apply(enable, nodeModule, [directory]);
};
