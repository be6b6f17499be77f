import { fstatSync, openSync, statSync } from 'node:fs';
import type { Connection } from './connection';

/**
 * By path, and never closed: a process that closes any handle of a file lets go of all locks that it has on it (POSIX),
 * and so of those of SQLite's connections.
 */
const readers = new Map<string, number>();

const isStill = (reader: number, path: string): boolean => {
  const [open, there] = [fstatSync(reader), statSync(path)];
  return open.ino === there.ino && open.dev === there.dev;
};

/** A handle to read the database's file by, beside SQLite. Not to be closed. */
export const readerOf = ({ file: name }: Connection): number => {
  const known = readers.get(name);
  if (known !== undefined && isStill(known, name)) return known;
  const reader = openSync(name, 'r');
  readers.set(name, reader);
  return reader;
};
