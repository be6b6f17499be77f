import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readings } from './readings';
import { WindowIndex, type Occurrence } from './windowIndex';
import { bytesOf, type SearchedSecret } from './writtenForms';

/** Where a secret was seen, which, and in which form. Nothing of the secret. */
export interface Found extends Occurrence {
  readonly place: string;
}

const nothingWhereGone = <A>(look: () => A, otherwise: A): A => {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return otherwise;
    throw error;
  }
};

/** Regular files below a directory, and the names of everything below it. Links are not followed. */
const below = (directory: string): ReadonlyArray<{ readonly path: string; readonly isFile: boolean }> =>
  nothingWhereGone(() => readdirSync(directory, { withFileTypes: true }), []).flatMap((entry) => {
    const path = join(directory, entry.name);
    return [{ path, isFile: entry.isFile() }, ...(entry.isDirectory() ? below(path) : [])];
  });

/**
 * Looks for secrets: for any 8 bytes in a row of any of them, in each of the forms of `writtenForms` and `readings`.
 *
 * @example
 * const search = new SecretSearch();
 * search.add({ name: 'the pasted key', content: key });
 * // Gives [{ place: 'standard error', secret: 'the pasted key', form: 'in base64' }].
 * search.inText('standard error', stderr);
 */
export class SecretSearch {
  readonly #index = new WindowIndex();
  /** How much was searched so far, as it stood: readings of it are not counted again. */
  searched = { files: 0, bytes: 0 };

  add(secret: SearchedSecret): void {
    this.#index.add(secret);
  }

  inBytes(place: string, content: Buffer): ReadonlyArray<Found> {
    this.searched.bytes += content.length;
    const found = new Map<string, Found>();
    for (const reading of [content, ...readings(content)]) {
      for (const occurrence of this.#index.occurrencesIn(reading)) {
        found.set(`${occurrence.secret}\n${occurrence.form}`, { place, ...occurrence });
      }
    }
    return [...found.values()];
  }

  inText(place: string, text: string): ReadonlyArray<Found> {
    return this.inBytes(place, bytesOf(text));
  }

  /** Looks through every file below a directory, and at the names of all that is there. */
  inFilesBelow(directory: string, except: ReadonlySet<string> = new Set()): ReadonlyArray<Found> {
    return below(directory).flatMap(({ path, isFile }) => {
      const place = path.slice(directory.length + 1);
      const name = this.inText(`the name of a file below ${directory}`, place);
      if (!isFile || except.has(path)) return name;
      this.searched.files += 1;
      const content = nothingWhereGone(
        () => (lstatSync(path).isFile() ? readFileSync(path) : Buffer.alloc(0)),
        Buffer.alloc(0),
      );
      return [...name, ...this.inBytes(place, content)];
    });
  }
}
