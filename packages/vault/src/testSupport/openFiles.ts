import { readdirSync, readlinkSync } from 'node:fs';

/** The files under a directory that this process has open. Linux alone tells; elsewhere none are seen. */
export const openFilesIn = (directory: string): ReadonlyArray<string> => {
  const linkOf = (descriptor: string): string => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      return '';
    }
  };
  return descriptors()
    .map(linkOf)
    .filter((path) => path.startsWith(directory));
};

const descriptors = (): ReadonlyArray<string> => {
  try {
    return readdirSync('/proc/self/fd');
  } catch {
    return [];
  }
};
