import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, parse, resolve, sep } from 'node:path';
import { requireOwner } from './owners';
import { tellLooseModes } from './tellLooseModes';
import { UnsafeFile } from './unsafeFile';

/** As many as Linux follows. */
const MOST_LINKS = 40;

const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

const statusOf = (path: string): Stats | null => lstatSync(path, { throwIfNoEntry: false }) ?? null;

const partsOf = (path: string): ReadonlyArray<string> =>
  path
    .slice(parse(path).root.length)
    .split(sep)
    .filter((part) => part !== '');

/**
 * Sees to it that everything on the way to a path belongs to us or to root: each directory, and each link with what it
 * leads to. The path itself is a part of the way, too. What is not there yet is left out. Directories that everybody
 * may write to are told, but for sticky ones, in which nobody takes away what is another's.
 *
 * @throws UnsafeFile, and what the system says of a path that can't be looked at
 */
export const requireOwnWay = (path: string): void => {
  let links = 0;
  let here = parse(resolve(path)).root;
  let left = [...partsOf(resolve(path))];
  for (;;) {
    const status = statusOf(here);
    if (status === null) return;
    requireOwner(here, status);
    if (status.isSymbolicLink()) {
      links += 1;
      if (links > MOST_LINKS)
        throw new UnsafeFile(`${path} is a link that leads nowhere: name the right place`);
      const target = resolve(dirname(here), readlinkSync(here));
      left = [...partsOf(target), ...left];
      here = parse(target).root;
      continue;
    }
    if (status.isDirectory() && (status.mode & OTHERS_WRITE) !== 0 && (status.mode & STICKY) === 0)
      tellLooseModes(here, status.mode, 'every user of this machine can put files there');
    const [next, ...rest] = left;
    if (next === undefined) return;
    here = resolve(here, next);
    left = rest;
  }
};
