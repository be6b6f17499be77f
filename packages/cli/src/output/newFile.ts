import { open, rm } from 'node:fs/promises';
import { codeOf } from '../errorCode';
import { fullPath } from '../input/fullPath';
import { UsageError } from '../problems';

const WHY: Readonly<Record<string, string>> = {
  EEXIST: 'is there already, and nothing was written. Name another file, or move that one away',
  ENOENT: 'can not be written: its directory is not there',
};

/**
 * Writes a new file for its owner alone, and gives its whole path. What is there stays as it is.
 *
 * @param option - what the path was given for, such as `--html`
 * @throws UsageError where something is there, or it can't be written
 */
export const writeNewFile = async (
  option: string,
  path: string,
  cwd: string,
  content: string,
): Promise<string> => {
  const full = fullPath(option, path, cwd);
  const refused = (error: unknown): UsageError =>
    new UsageError(`${option}: ${full} ${WHY[codeOf(error)] ?? `can not be written (${codeOf(error)})`}.`);
  const file = await open(full, 'wx', 0o600).catch((error: unknown) => {
    throw refused(error);
  });
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await rm(full, { force: true });
    throw refused(error);
  } finally {
    await file.close();
  }
  return full;
};
