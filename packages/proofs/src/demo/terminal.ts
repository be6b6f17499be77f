import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What a command came to. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

const KEYTURN = join(__dirname, '..', '..', '..', 'cli', 'bin', 'keyturn.js');

/** Runs the real `keyturn` command, each time as a process of its own, as a person at a terminal would. */
export class Terminal {
  /** Everything that any command has printed. */
  transcript = '';
  readonly #environment: NodeJS.ProcessEnv;

  constructor(
    private readonly print: (line: string) => void,
    settings: Readonly<Record<string, string>>,
  ) {
    this.#environment = { ...process.env, NO_COLOR: '1', ...settings };
  }

  /** Shows the command, runs it, and shows what it printed. */
  async type(
    args: ReadonlyArray<string>,
    input?: { readonly secret: string; readonly shownAs: string },
  ): Promise<Ended> {
    const typed = args.map((word) => (/^[\w./:=-]+$/.test(word) ? word : `'${word}'`)).join(' ');
    this.print(`  $ keyturn ${typed}${input === undefined ? '' : `   # pasted: ${input.shownAs}`}`);
    const ended = await this.run(args, input?.secret);
    for (const line of `${ended.stdout}${ended.stderr}`.split('\n'))
      if (line !== '') this.print(`    ${line}`);
    return ended;
  }

  /** Runs the command without showing it, and reads the one JSON document that it prints. */
  async ask(args: ReadonlyArray<string>): Promise<unknown> {
    const { stdout } = await this.run([...args, '--json']);
    return JSON.parse(stdout);
  }

  private run(args: ReadonlyArray<string>, input = ''): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [KEYTURN, ...args], { env: this.#environment });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      child.once('error', reject);
      child.once('close', (code) => {
        const ended = {
          status: code ?? -1,
          stdout: Buffer.concat(out).toString(),
          stderr: Buffer.concat(err).toString(),
        };
        this.transcript += ended.stdout + ended.stderr;
        resolve(ended);
      });
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }
}
