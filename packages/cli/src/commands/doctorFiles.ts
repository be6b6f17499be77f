import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../settings';

const GROUP_AND_OTHERS = 0o077;
const WRITABLE_BY_THEM = 0o022;
const POSIX = process.getuid !== undefined;

const statsOf = (path: string): Stats | null => {
  try {
    return lstatSync(path);
  } catch {
    return null;
  }
};

const below = (directory: string): ReadonlyArray<string> => {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true }).map((entry) =>
      join(entry.parentPath, entry.name),
    );
  } catch {
    return [];
  }
};

const fault = (path: string): string | null => {
  const stats = statsOf(path);
  if (stats === null || !POSIX) return null;
  if (stats.isSymbolicLink()) return `${path} is a link: put the file itself there.`;
  if ((stats.mode & GROUP_AND_OTHERS) === 0) return null;
  const mode = (stats.mode & 0o7777).toString(8).padStart(4, '0');
  const wanted = stats.isDirectory() ? '700' : '600';
  return `${path} has mode ${mode}, so others than its owner can reach it: chmod ${wanted} '${path}'`;
};

/** It holds no secret, and says where keys are sent: whoever may write it could have them sent elsewhere. */
const writable = (path: string): string | null => {
  const stats = statsOf(path);
  if (stats === null || !POSIX || stats.isSymbolicLink() || (stats.mode & WRITABLE_BY_THEM) === 0)
    return null;
  return `${path} says where keys are sent, and others than its owner can write it: chmod go-w '${path}'`;
};

/** What others than their owner can reach of a deployment's files. Opening makes some of them private: look first. */
export const looseFiles = ({
  dataDirectory,
  masterKeyFile,
  passphraseFile,
  vendorsFile,
}: Pick<
  Settings,
  'dataDirectory' | 'masterKeyFile' | 'passphraseFile' | 'vendorsFile'
>): ReadonlyArray<string> => {
  const secrets = passphraseFile === null ? [masterKeyFile] : [masterKeyFile, passphraseFile];
  return [
    ...[dataDirectory, ...below(dataDirectory), ...secrets].flatMap((path) => fault(path) ?? []),
    ...(vendorsFile === null ? [] : [vendorsFile]).flatMap((path) => writable(path) ?? []),
  ];
};
