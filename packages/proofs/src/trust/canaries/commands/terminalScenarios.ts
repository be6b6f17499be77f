import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { KEYTURN, LONGEST_MS } from './commandSite';
import type { CommandScenario } from './scenario';

/** util-linux's `script` gives a command a terminal, and writes down what is shown on it. */
const HAS_SCRIPT = String(spawnSync('/usr/bin/env', ['script', '--version']).stdout).includes('util-linux');

/** A person at a shell that keeps a history: its file, and what `script` wrote down, are searched with the rest. */
const shell: CommandScenario = {
  name: 'a key typed at a hidden prompt, in a shell with a history',
  play: async ({ round, directory, env, workspace }) => {
    if (!HAS_SCRIPT) return;
    const canary = round.keyOf('anthropic', 'valid', 'Anthropic key');
    const HISTFILE = join(directory, 'home', `.bash_history-${workspace}`);
    const typescript = join(directory, `typescript-${workspace}`);
    const bash = 'bash --norc --noprofile --noediting -i';
    const child = spawn('/usr/bin/env', ['script', '-qfec', bash, typescript], {
      env: { ...env, HISTFILE, PROMPT_COMMAND: 'printf "ready> "', TERM: 'dumb', SHELL: '/bin/bash' },
      cwd: directory,
    });
    round.counts['processes run'] += 2;
    const command = `'${process.execPath}' '${KEYTURN}' keys add --workspace ${workspace} --vendor anthropic`;
    const answers: ReadonlyArray<readonly [string, string]> = [
      ['ready> ', `${command}\n`],
      ['key (it is not shown)', `${canary.content}\r`],
      ['ready> ', 'exit\n'],
    ];
    let [screen, from, next] = ['', 0, 0];
    child.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString();
      for (;;) {
        const [question, answer] = answers[next] ?? [];
        const at = question === undefined ? -1 : screen.indexOf(question, from);
        if (question === undefined || answer === undefined || at < 0) return;
        next += 1;
        from = at + question.length;
        child.stdin.write(answer);
      }
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    await once(child, 'close');
    clearTimeout(limit);
    if (next < answers.length) throw new Error(`The shell did not come to its end:\n${screen}`);
    round.tell('the screen', screen);
  },
};

export const terminalScenarios: ReadonlyArray<CommandScenario> = [shell];
