import { SecretSearch } from './secretSearch';

/** Where more of a secret was found than its last 4. Never says which. */
export interface Scan {
  readonly files: number;
  readonly bytes: number;
  readonly found: ReadonlyArray<string>;
}

/** Looks through texts and every file below a directory for any of the keys, 8 characters of them in any form. */
export const scanForSecrets = (
  directory: string,
  texts: Readonly<Record<string, string>>,
  secrets: ReadonlyArray<{
    readonly content: string;
    readonly fixed: ReadonlyArray<readonly [number, number]>;
  }>,
): Scan => {
  const search = new SecretSearch();
  secrets.forEach(({ content, fixed }, n) => search.add({ name: `secret ${n + 1}`, content, fixed }));
  const inFiles = search.inFilesBelow(directory);
  const { files, bytes } = search.searched;
  const inTexts = Object.entries(texts).flatMap(([place, text]) => search.inText(place, text));
  return { files, bytes, found: [...new Set([...inFiles, ...inTexts].map(({ place }) => place))] };
};
