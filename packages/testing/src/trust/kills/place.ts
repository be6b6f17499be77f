import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A deployment's directory: its data, its master key beside it, and what commands of runs leave there. */
export interface Place {
  readonly directory: string;
  readonly data: string;
  readonly remove: () => void;
}

const placeAt = (directory: string): Place => ({
  directory,
  data: join(directory, 'data'),
  remove: () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }),
});

export const newPlace = (): Place => placeAt(mkdtempSync(join(tmpdir(), 'keyturn-kills-')));

/** The same bytes elsewhere. No process has the original's files open. */
export const copyOfPlace = (original: Place): Place => {
  const copy = newPlace();
  cpSync(original.directory, copy.directory, { recursive: true });
  return copy;
};
