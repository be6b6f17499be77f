import { existsSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';

/** The files under a directory that this process has open. Linux alone tells; elsewhere none are seen. */
export const openFilesIn = (directory: string): ReadonlyArray<string> => {
  const linkOf = (descriptor: string): string => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      return '';
    }
  };
  const real = existsSync(directory) ? realpathSync(directory) : directory;
  return descriptors()
    .map(linkOf)
    .filter((path) => path.startsWith(real));
};

const descriptors = (): ReadonlyArray<string> => {
  try {
    return readdirSync('/proc/self/fd');
  } catch {
    return [];
  }
};
