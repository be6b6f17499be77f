import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';

/** Where the story's data lie. */
export interface DemoFolder {
  readonly path: string;
  readonly data: string;
  /** Beside the data directory, where the command looks for it. */
  readonly masterKey: string;
  /** Removes what is not to be kept. */
  readonly end: () => void;
}

const inside = (path: string, end: () => void): DemoFolder => {
  const data = join(path, 'keyturn-data');
  return { path, data, masterKey: `${data}.master-key`, end };
};

/** A folder for one story: the one to keep, which has to be new or empty (null where it is not), or one that goes. */
export const demoFolder = (keep: string | null): DemoFolder | null => {
  if (keep === null) {
    const path = mkdtempSync(join(tmpdir(), 'keyturn-demo-'));
    return inside(path, () => {
      rmSync(path, { recursive: true, force: true });
    });
  }
  const path = resolve(keep);
  if (existsSync(path) && readdirSync(path).length > 0) return null;
  mkdirSync(path, { recursive: true });
  return inside(path, () => undefined);
};

const COMMAND = resolve(__dirname, '../../../../scripts/keyturn');

/** A path as a person types it into a shell. */
const typed = (path: string): string => {
  const near = relative(process.cwd(), path);
  const short = near.startsWith('..') ? path : near;
  return /^[\w./-]+$/.test(short) ? short : `'${short.replaceAll("'", "'\\''")}'`;
};

/** What whoever kept the data may type next. The sandbox is gone by then, so nothing that calls a vendor. */
export const whatToTypeNext = ({ path, data }: DemoFolder, onServer: boolean): ReadonlyArray<string> => {
  const command = typed(COMMAND);
  const keyturn = command.startsWith(sep) || command.startsWith("'") ? command : `./${command}`;
  const at = `--workspace acme --data ${typed(data)}`;
  return [
    `Kept in ${typed(path)}: the data directory, and its master key beside it. Type next${
      onServer ? ', with KEYTURN_STORE set to the same server' : ''
    }:`,
    ...['keys list', 'audit list', 'runs list', 'history'].map((words) => `  ${keyturn} ${words} ${at}`),
  ];
};
