import { codeOf } from '../errorCode';
import { fullPath } from '../input/fullPath';
import { UsageError } from '../problems';
import { writeWholeFile } from './wholeFile';

const WHY: Readonly<Record<string, string>> = {
  EEXIST: 'is there already, and nothing was written. Name another file, or move that one away',
  ENOENT: 'can not be written: its directory is not there',
};

/**
 * Writes a new file for its owner alone, and gives its whole path. It has its name once it is whole; what is there
 * stays as it is.
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
  await writeWholeFile(full, (file) => file.writeFile(content)).catch((error: unknown) => {
    throw refused(error);
  });
  return full;
};
