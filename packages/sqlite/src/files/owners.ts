import { lstatSync, type Stats } from 'node:fs';
import { UnsafeFile } from './unsafeFile';

/** The numbers of the users whose files are trusted; null where the system has none (Windows). */
const trusted = (): ReadonlySet<number> | null => {
  const us = process.geteuid?.();
  if (us === undefined) return null;
  // Who owns the root directory can put anything in the place of everything. It is root; in a user namespace that root
  // is no part of, it shows as another.
  return new Set([us, 0, lstatSync('/').uid]);
};

/** Throws an {@link UnsafeFile} unless what has this status belongs to us or to root. */
export const requireOwner = (path: string, { uid }: Stats): void => {
  const owners = trusted();
  if (owners === null || owners.has(uid)) return;
  throw new UnsafeFile(
    `${path} belongs to another user (uid ${uid}), who could have put anything there: ` +
      'run this as the user that owns the data, name another place, or give it to this user (chown)',
  );
};
