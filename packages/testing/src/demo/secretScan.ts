import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where a secret was found in clear. Never says which. */
export interface Scan {
  readonly files: number;
  readonly bytes: number;
  readonly found: ReadonlyArray<string>;
}

const filesBelow = (directory: string): ReadonlyArray<string> =>
  readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });

/** The forms in which a secret could lie about unsealed. Base64 is searched at each of its three alignments. */
const formsOf = (secret: string): ReadonlyArray<Buffer> => {
  const bytes = Buffer.from(secret, 'latin1');
  const inner = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return encoded.slice(4, encoded.length - (encoded.length % 4) - 4);
  });
  return [
    bytes,
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
    Buffer.from(secret, 'utf16le'),
    ...inner.flatMap((text) => [
      Buffer.from(text),
      Buffer.from(text.replace(/\+/g, '-').replace(/\//g, '_')),
    ]),
  ];
};

/** Looks through texts and every file below a directory for any of the secrets. */
export const scanForSecrets = (
  directory: string,
  texts: Readonly<Record<string, string>>,
  secrets: ReadonlyArray<string>,
): Scan => {
  const files = filesBelow(directory).map((path) => ({ name: path, content: readFileSync(path) }));
  const all = [
    ...files,
    ...Object.entries(texts).map(([name, text]) => ({ name, content: Buffer.from(text) })),
  ];
  const forms = secrets.flatMap(formsOf);
  return {
    files: files.length,
    bytes: files.reduce((sum, { content }) => sum + content.length, 0),
    found: all.filter(({ content }) => forms.some((form) => content.includes(form))).map(({ name }) => name),
  };
};
