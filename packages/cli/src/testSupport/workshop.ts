import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryTemplate } from '@keyturn/testbed';
import { initKeyturn } from 'keyturn';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { endpointVariable } from '../environment';
import { runInProcess } from './inProcess';
import { KEYTURN, runProgram, type Ended } from './keyturnProcess';

interface RunOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A key that was added through the command line, and what the vendor's console would have shown of it once. */
export interface AddedKey {
  readonly keyId: string;
  readonly last4: string;
  readonly secret: string;
}

/** A place to run `keyturn` in, with a vendor sandbox. */
export interface Workshop {
  readonly directory: string;
  readonly data: string;
  readonly masterKey: string;
  readonly sandbox: VendorSandbox;
  readonly env: NodeJS.ProcessEnv;
  /** Runs the command: in this process, or where the workshop was opened with `real` as one of its own. */
  readonly run: (words: ReadonlyArray<string>, options?: RunOptions) => Promise<Ended>;
  /** Runs the command as a process of its own. */
  readonly runReal: (words: ReadonlyArray<string>, options?: RunOptions) => Promise<Ended>;
  /** Runs it with `--json`, and reads the document; throws where it is not one JSON document. */
  readonly ask: (words: ReadonlyArray<string>, options?: RunOptions) => Promise<Answer>;
  /** Adds a key that behaves as told. */
  readonly add: (
    workspace: string,
    vendor?: string,
    behaviour?: Parameters<VendorSandbox['issueKey']>[1],
    more?: ReadonlyArray<string>,
    env?: Readonly<Record<string, string>>,
  ) => Promise<AddedKey>;
  /** Everything that any command here has printed. */
  readonly printed: () => string;
  readonly close: () => Promise<void>;
}

/** A JSON document, and how the process that printed it ended. */
interface Answer {
  readonly status: number | null;
  readonly stderr: string;
  readonly document: unknown;
}

/** The member of a JSON value at a path, such as `['keys', 0, 'keyId']`; undefined where there is none. */
export const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>(
    (part, name) =>
      typeof part === 'object' && part !== null
        ? Object.entries(part).find(([key]) => key === String(name))?.[1]
        : undefined,
    value,
  );

/** Files below a directory that hold any of these texts. */
export const filesWith = (directory: string, texts: ReadonlyArray<string>): ReadonlyArray<string> =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const content = readFileSync(path);
      return texts.some((text) => content.includes(text));
    });

interface WorkshopOptions {
  /** False: `keyturn init` is left to the test. `copied`: the same deployment as in other workshops of the file. */
  readonly init?: boolean | 'copied';
  /** True: each command is a process of its own. */
  readonly real?: boolean;
  /** For every command. */
  readonly env?: Readonly<Record<string, string>>;
}

const newDeployment = directoryTemplate(async (root) => {
  await initKeyturn({ directory: join(root, 'data'), masterKey: { file: join(root, 'data.master-key') } });
});

export const openWorkshop = async (options: WorkshopOptions = {}): Promise<Workshop> => {
  const directory =
    options.init === 'copied' ? await newDeployment() : mkdtempSync(join(tmpdir(), 'keyturn-cli-'));
  const sandbox = await startVendorSandbox();
  const [data, masterKey] = [join(directory, 'data'), join(directory, 'data.master-key')];
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: directory,
    NO_COLOR: '1',
    KEYTURN_DATA: data,
    ...Object.fromEntries(
      Object.entries(sandbox.urls).map(([vendor, url]) => [endpointVariable(vendor), url]),
    ),
    ...options.env,
  };
  let printed = '';

  const running =
    (real: boolean): Workshop['run'] =>
    async (words, { input, env: more } = {}) => {
      const given = {
        env: { ...env, ...more },
        cwd: directory,
        ...(input === undefined ? {} : { input }),
      };
      const ended = await (real
        ? runProgram(process.execPath, [KEYTURN, ...words], given)
        : runInProcess(words, given));
      printed += ended.stdout + ended.stderr;
      return ended;
    };
  const run = running(options.real === true);

  const ask: Workshop['ask'] = async (words, runOptions) => {
    const { status, stdout, stderr } = await run([...words, '--json'], runOptions);
    const document: unknown = JSON.parse(stdout);
    return { status, stderr, document };
  };

  const workshop: Workshop = {
    directory,
    data,
    masterKey,
    sandbox,
    env,
    run,
    runReal: running(true),
    ask,
    add: async (workspace, vendor = 'anthropic', behaviour = 'valid', more = [], env = {}) => {
      const secret = sandbox.issueKey(vendor, behaviour);
      const words = ['keys', 'add', '--workspace', workspace, '--vendor', vendor, ...more];
      const { status, document, stderr } = await ask(words, { input: secret, env });
      if (status !== 0) throw new Error(`The key was not added: ${stderr}`);
      return { keyId: String(at(document, 'key', 'keyId')), last4: secret.slice(-4), secret };
    },
    printed: () => printed,
    close: async () => {
      await sandbox.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  if (options.init === undefined || options.init === true) {
    const { status, stderr } = await run(['init']);
    if (status !== 0) throw new Error(`keyturn init failed: ${stderr}`);
  }
  return workshop;
};
