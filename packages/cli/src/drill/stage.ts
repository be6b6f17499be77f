import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Io, Output } from '../io';
import { shown } from '../output/shown';
import { CommandFault } from '../problems';
import type { RunCommandLine } from '../session';

/** What a command came to. */
export interface Ended {
  readonly status: number;
  readonly output: string;
}

/** Lines as they come, and what they lead to. */
export type Telling<A = void> = AsyncGenerator<string, A, undefined>;

/** Who types, what is pasted, and whether there is a person who is asked, and says yes. */
export interface Typed {
  readonly as?: string;
  readonly pasted?: string;
  /** What is told of the paste; its end where it is left out. */
  readonly shownAs?: string;
  readonly saysYes?: boolean;
}

const broken = (promise: string): CommandFault =>
  new CommandFault('drill-broken', `Expected: ${promise}. It is not so: see the end of what is told.`);

/** Stops the rehearsal unless what was promised is so. */
export const promised = (promise: string, holds: boolean): void => {
  if (!holds) throw broken(promise);
};

/** Stops the rehearsal unless a command ended with this status and printed each of these. */
export const promisedOutput = (
  { status, output }: Ended,
  expected: number,
  ...texts: ReadonlyArray<string>
): void => {
  promised(`exit status ${expected}, not ${status}`, status === expected);
  for (const text of texts) promised(`"${text}" is shown`, output.includes(text));
};

const into = (written: string[]): Output => ({
  // Nothing here hands a command of --exec anything.
  fd: -1,
  isTTY: false,
  write: async (text) => {
    written.push(text);
    return true;
  },
});

const typedWord = (word: string): string => (/^[\w./:=@-]+$/.test(word) ? word : `'${word}'`);

/** Where a rehearsal is played: a directory that goes, and the real command in it. */
export class Stage {
  /** Everything that any command has printed. */
  printed = '';
  #step = 0;

  constructor(
    readonly directory: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly umask: number,
    private readonly command: RunCommandLine,
  ) {}

  *heading(text: string): Generator<string, void, undefined> {
    this.#step += 1;
    yield '';
    yield `${this.#step}. ${text}`;
  }

  /** Shows a command, runs it, and shows what it printed. */
  async *type(words: ReadonlyArray<string>, typed: Typed = {}): Telling<Ended> {
    const { as, pasted = '', shownAs = `…${pasted.slice(-4)}`, saysYes = false } = typed;
    const all = as === undefined ? words : [...words, '--as', as];
    const paste = pasted === '' ? '' : `   # pasted: ${shownAs}`;
    yield `  $ keyturn ${all.map(typedWord).join(' ')}${paste}`;
    const ended = await this.#run(all, pasted, saysYes);
    for (const line of ended.output.split('\n')) if (line !== '') yield `    ${shown(line)}`;
    return ended;
  }

  /** Runs a command without showing it, and reads the one JSON document that it prints. */
  async ask(words: ReadonlyArray<string>, { as, pasted }: Typed = {}): Promise<unknown> {
    const all = [...words, '--json', ...(as === undefined ? [] : ['--as', as])];
    const { document } = await this.#run(all, pasted ?? '', false);
    try {
      return JSON.parse(document);
    } catch {
      throw broken(`"keyturn ${words.slice(0, 2).join(' ')}" gives a document`);
    }
  }

  async #run(
    words: ReadonlyArray<string>,
    pasted: string,
    saysYes: boolean,
  ): Promise<Ended & { readonly document: string }> {
    const [out, all]: [string[], string[]] = [[], []];
    const input = join(this.directory, '.pasted');
    writeFileSync(input, pasted, { mode: 0o600 });
    const stdin = openSync(input, 'r');
    // It is read through what is open alone.
    rmSync(input);
    const [shown, kept] = [into(all), into(out)];
    const yes = async (question: string): Promise<boolean> => {
      all.push(`${question}yes\n`);
      return true;
    };
    try {
      const io: Io = {
        env: this.env,
        cwd: this.directory,
        umask: this.umask,
        stdin,
        stdout: { ...kept, write: async (text) => (await shown.write(text)) && kept.write(text) },
        stderr: shown,
        ask: null,
        confirm: saysYes ? yes : null,
      };
      const status = await this.command(words, io);
      const output = all.join('');
      this.printed += output;
      return { status, output, document: out.join('') };
    } finally {
      closeSync(stdin);
    }
  }
}
