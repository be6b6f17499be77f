import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runOn } from './inProcess';
import { KEYTURN } from './keyturnProcess';
import type { Workshop } from './workshop';

/** A shell in which `keyturn` is the command, for somebody who is logged in as ada. */
export interface Shell {
  /** Runs a line. Both outputs come in one, in their order. */
  readonly run: (line: string) => Promise<{ readonly status: number | null; readonly output: string }>;
}

const AS_ADA = `case "\${KEYTURN_AS:+ --as }$* " in *" --as "*) ;; *) set -- "$@" --as user:ada ;; esac`;

/** Each time the real command, as a process of its own. */
const REAL = `#!/bin/sh\n${AS_ADA}\nexec '${process.execPath}' '${KEYTURN}' "$@"\n`;

/**
 * Hands its words, its environment and its standard input to the process that runs the shell, and waits. What is
 * printed goes to the file of the line's output at once; where the line redirects it, to where that leads, at the end.
 */
const HANDED_OVER = `#!/bin/sh
${AS_ADA}
call=$(mktemp -d "$CALLS/call-XXXXXX")
n=1000
for word do n=$((n + 1)); printf %s "$word" > "$call/word-$n"; done
env > "$call/env"
cat > "$call/in"
: > "$call/out"
if [ /dev/stdout -ef "$CALLS/output" ]; then ln -f "$CALLS/output" "$call/out"; fi
mkfifo "$call/status"
echo "$call" >&3
read -r status < "$call/status"
if ! [ /dev/stdout -ef "$CALLS/output" ]; then cat "$call/out"; fi
exit "$status"
`;

const environmentIn = (text: string): NodeJS.ProcessEnv =>
  Object.fromEntries(
    text
      .split('\n')
      .map((line): readonly [string, string] => {
        const end = line.indexOf('=');
        return [line.slice(0, Math.max(0, end)), line.slice(end + 1)];
      })
      .filter(([name]) => name !== ''),
  );

/** Does what one call of the command asks for. */
const answer = async (call: string, output: string, cwd: string): Promise<void> => {
  const words = readdirSync(call)
    .filter((name) => name.startsWith('word-'))
    .sort()
    .map((name) => readFileSync(join(call, name), 'utf8'));
  const env = environmentIn(readFileSync(join(call, 'env'), 'utf8'));
  const [stdin, stdout, stderr] = [
    openSync(join(call, 'in'), 'r'),
    openSync(join(call, 'out'), 'a'),
    openSync(output, 'a'),
  ];
  const status = await runOn(words, { env, cwd, stdin, stdout, stderr });
  for (const fd of [stdin, stdout, stderr]) closeSync(fd);
  writeFileSync(join(call, 'status'), `${status}\n`);
};

const callsOf = async (child: ChildProcess, output: string, cwd: string): Promise<void> => {
  const calls = child.stdio[3];
  if (calls === null || calls === undefined || !('read' in calls)) throw new Error('a pipe is there');
  for await (const call of createInterface({ input: calls })) await answer(call, output, cwd);
};

/** Opens a shell; `real` says whether each command is a process of its own, or run in this one. */
export const openShell = (shop: Workshop, real: boolean): Shell => {
  const [bin, calls] = [join(shop.directory, '.bin'), join(shop.directory, '.calls')];
  for (const directory of [bin, calls]) mkdirSync(directory);
  const command = join(bin, 'keyturn');
  writeFileSync(command, real ? REAL : HANDED_OVER);
  chmodSync(command, 0o755);
  const output = join(calls, 'output');
  const env = { ...shop.env, CALLS: calls, PATH: `${bin}:${shop.env['PATH'] ?? ''}` };
  return {
    run: async (line) => {
      writeFileSync(output, '');
      const fd = openSync(output, 'a');
      const child = spawn('/bin/sh', ['-c', line], {
        env,
        cwd: shop.directory,
        stdio: ['ignore', fd, fd, 'pipe'],
      });
      const ended = once(child, 'close');
      await callsOf(child, output, shop.directory);
      await ended;
      closeSync(fd);
      return { status: child.exitCode, output: readFileSync(output, 'utf8') };
    },
  };
};
