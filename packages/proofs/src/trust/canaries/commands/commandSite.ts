import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SearchedSecret } from '@keyturn/testbed';
import { makeMasterKey, type Canary, type CanaryKind } from '../canary';
import type { Round } from '../round';
import { writeUnshared } from '@keyturn/testbed';
import { anyTalk } from './talk';
import { outputOf } from './output';
import { watchProcess, type ProcessFact } from './processWatch';

export const KEYTURN = join(__dirname, '..', '..', '..', '..', '..', 'cli', 'bin', 'keyturn.js');

/** No command takes as long: one that hangs is ended, and its scenario goes on. */
export const LONGEST_MS = 30_000;

export interface CommandOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Secrets that whoever typed the command put on its command line himself. */
  readonly typed?: ReadonlyArray<SearchedSecret>;
  /** Secrets that he put into the environment himself. */
  readonly exported?: ReadonlyArray<SearchedSecret>;
  /** The secret that the command of `--exec` is to find in its environment. */
  readonly handedOver?: Canary;
  /** Done while it runs. */
  readonly meanwhile?: (pid: number) => Promise<void>;
}

interface CommandEnd {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The real `keyturn`, each command a process of its own, with all that it says and all that can be read of it searched.
 */
export interface CommandSite {
  readonly round: Round;
  readonly directory: string;
  readonly data: string;
  readonly env: NodeJS.ProcessEnv;
  readonly workspace: string;
  readonly run: (words: ReadonlyArray<string>, options?: CommandOptions) => Promise<CommandEnd>;
  /** Adds a canary that the vendor accepts, and gives the id of the key. */
  readonly add: (kind?: CanaryKind) => Promise<Readonly<{ canary: Canary; keyId: string }>>;
}

/**
 * What may stand where, by these rules: on the command line only what was typed there, until `keyturn` has covered it
 * with its name; in the environment of `keyturn` only what was exported; in that of the command of `--exec`, and
 * nowhere else of it, the secret that was to be handed over in a variable.
 */
const belongsThere = (
  { of, kind, content }: ProcessFact,
  options: CommandOptions,
): ReadonlyArray<SearchedSecret> => {
  const { typed = [], exported = [], handedOver } = options;
  const covered = content.toString('latin1').startsWith('keyturn');
  if (kind === 'command line') return of === 'process' && covered ? [] : typed;
  if (kind === 'name') return [];
  return of === 'child' ? [...exported, ...(handedOver === undefined ? [] : [handedOver])] : exported;
};

const runCommand = async (
  { round, directory, env }: Pick<CommandSite, 'directory' | 'env' | 'round'>,
  words: ReadonlyArray<string>,
  options: CommandOptions,
): Promise<CommandEnd> => {
  const talk = anyTalk(round.random);
  const child = spawn(process.execPath, [KEYTURN, ...words, ...talk.words], {
    env: { ...env, ...talk.env, ...options.env },
    cwd: directory,
  });
  round.counts['processes run'] += 1;
  const watched = child.pid === undefined ? null : watchProcess(child.pid);
  const ending = once(child, 'close');
  const limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  // A command that does not read its input to the end closes it on us.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const speaking = Promise.all([outputOf(child.stdout), outputOf(child.stderr)]);
  if (child.pid !== undefined) await options.meanwhile?.(child.pid);
  await ending;
  clearTimeout(limit);
  const [stdout, stderr] = await speaking;
  const facts = watched?.stop() ?? [];
  round.tell('standard output', stdout);
  round.tell('standard error', stderr);
  for (const fact of facts) round.tell(fact.place, fact.content, belongsThere(fact, options));
  return { status: child.exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
};

const keyIdIn = (stdout: string): string =>
  /"keyId": "([^"]+)"/.exec(stdout)?.[1] ?? /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(stdout)?.[0] ?? 'none';

/** Makes a data directory with a master key that is looked for as well. */
export const openCommandSite = async (round: Round): Promise<(workspace: string) => CommandSite> => {
  const directory = round.place('commands');
  for (const name of ['home', 'tmp', 'reports']) round.place(join('commands', name));
  const data = join(directory, 'data');
  const master = makeMasterKey(round.random, 'the commands’');
  master.secrets.forEach((secret) => round.made(secret));
  writeUnshared(round.own(`${data}.master-key`), master.line, 0o600);
  const { url } = round.sandbox;
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: join(directory, 'home'),
    TMPDIR: join(directory, 'tmp'),
    NO_COLOR: '1',
    KEYTURN_DATA: data,
    KEYTURN_ENDPOINT_ANTHROPIC: url,
    KEYTURN_ENDPOINT_OPENAI: url,
  };
  const site = { round, directory, data, env };
  const run: CommandSite['run'] = (words, options = {}) => runCommand(site, words, options);
  const made = await run(['init']);
  if (made.status !== 0) throw new Error(`keyturn init failed: ${made.stderr}`);
  return (workspace) => ({
    ...site,
    workspace,
    run,
    add: async (kind) => {
      const canary = round.keyOf('anthropic', 'valid', kind ?? 'Anthropic key');
      const words = [
        'keys',
        'add',
        '--workspace',
        workspace,
        '--vendor',
        'anthropic',
        '--vendor-is-certain',
        '--json',
      ];
      const { stdout } = await run(words, { input: canary.content });
      return { canary, keyId: keyIdIn(stdout) };
    },
  });
};
