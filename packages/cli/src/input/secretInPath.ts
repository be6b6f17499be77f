import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { looksLikeSecret } from 'keyturn';

const MASTER_KEY = 'keyturn-master-key-';

/** The end of a path that leads nowhere: what exists is a path, whatever it looks like. */
const missingPart = (path: string): string => {
  const parent = dirname(path);
  return parent === path || existsSync(path) ? '' : join(missingPart(parent), basename(path));
};

/**
 * Whether what was given as a path looks as if it were a key, or the master key itself in place of its file: messages
 * and causes repeat paths, and a directory would be made of that name.
 */
export const secretInPath = (path: string): boolean => {
  const part = missingPart(path);
  return part !== '' && (part.includes(MASTER_KEY) || looksLikeSecret(part));
};
