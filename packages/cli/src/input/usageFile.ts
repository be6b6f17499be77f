import { readFile } from 'node:fs/promises';
import { codeOf } from '../errorCode';
import { UsageError } from '../problems';
import type { Session } from '../session';
import { optional, text } from './flags';
import { fullPath } from './fullPath';

export const usageFlag = optional(
  '--usage <file>',
  "the vendor's own usage of this key, as it gave it, or CSV: start,end,requests",
  text('--usage'),
);

/** @throws UsageError where the file can't be read */
export const usageIn = async ({ io }: Session, file: string): Promise<Uint8Array> => {
  const path = fullPath('--usage', file, io.cwd);
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`--usage: ${path} can't be read (${codeOf(error)}).`);
  }
};
