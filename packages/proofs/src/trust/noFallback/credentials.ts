import { operatorCredentials, type OperatorCredentials } from '@keyturn/operator-credentials';
import fs from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaced } from './replaced';

/** The operator's own credentials, there to be read by whoever asks: real ones, that the vendors would take. */
export interface Credentials {
  readonly operator: OperatorCredentials;
  /** In the same order as the vendors; the last one is the environment's. */
  readonly texts: ReadonlyArray<string>;
  /** How often a credential was reached for since the last call, by whatever code. */
  readonly takeReads: () => number;
  readonly close: () => void;
}

/** Functions of `node:fs` that come to the content of a file, or give it another name. */
const BY_PATH = ['open', 'readFile', 'copyFile', 'cp', 'link', 'rename', 'symlink'];
const BY_STREAM = ['createReadStream', 'openAsBlob'];

const pathOf = (given: unknown): string => {
  if (given instanceof URL) return fileURLToPath(given);
  if (Buffer.isBuffer(given)) return resolve(given.toString());
  return typeof given === 'string' ? resolve(given) : '';
};

/** Long ago: a file system that keeps access times puts today's in its place when the file is read. */
const LONG_AGO = new Date('2001-01-01T00:00:00Z');

/**
 * Writes a credential for each vendor into a file, and one more into the environment, and watches both: every function
 * of `node:fs` that opens a file, every look at the variable, and the time of the file's last access, which also tells
 * of reads that did not come by way of Node (a native module, another process), where the file system keeps it.
 */
export const placeCredentials = (
  directory: string,
  vendors: ReadonlyArray<string>,
  newCredential: (vendor: string) => string,
): Credentials => {
  const folder = join(directory, 'operator');
  const variable = `KEYTURN_TRUST_OPERATOR_${process.pid}`;
  fs.mkdirSync(folder, { mode: 0o700 });
  const files = vendors.map((vendor) => ({
    vendor,
    path: join(folder, vendor),
    text: newCredential(vendor),
  }));
  for (const { path, text } of files) fs.writeFileSync(path, `${text}\n`, { mode: 0o600 });
  const ofEnvironment = newCredential(vendors[0] ?? '');

  let reads = 0;
  const forget = (): void => {
    for (const { path } of files) fs.utimesSync(path, LONG_AGO, new Date());
  };
  const accessed = (): number =>
    files.filter(({ path }) => fs.statSync(path).atimeMs > LONG_AGO.getTime()).length;
  const note = (args: ReadonlyArray<unknown>): void => {
    if (args.slice(0, 2).some((given) => pathOf(given).startsWith(folder + sep))) reads += 1;
  };

  const environment = process.env;
  process.env = new Proxy(
    { ...environment, [variable]: ofEnvironment },
    {
      get: (target, name) => {
        if (name === variable) reads += 1;
        const value: unknown = Reflect.get(target, name);
        return value;
      },
    },
  );
  const watch = (target: object, name: string): (() => void) =>
    replaced(target, name, (call, _, args) => {
      note(args);
      return call();
    });
  const undo = [
    ...BY_PATH.flatMap((name) => [watch(fs, name), watch(fs, `${name}Sync`), watch(fs.promises, name)]),
    ...BY_STREAM.map((name) => watch(fs, name)),
  ];
  forget();

  return {
    operator: operatorCredentials({
      ...Object.fromEntries(files.map(({ vendor, path }) => [vendor, { from: 'file', path }])),
      environment: { from: 'environment', variable },
    }),
    texts: [...files.map(({ text }) => text), ofEnvironment],
    takeReads: () => {
      const taken = Math.max(reads, accessed());
      reads = 0;
      if (taken > 0) forget();
      return taken;
    },
    close: () => {
      for (const putBack of undo) putBack();
      process.env = environment;
    },
  };
};
