import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { CommandOptions } from './commandSite';
import type { CommandScenario } from './scenario';

/** Commands that say nothing of what they were given: what else one prints is its own doing, and no promise of ours. */
const COMMANDS: readonly [string, ...string[]] = [
  'sleep 0.15',
  'sleep 0.15; exit 3',
  'sleep 0.15; kill -9 $$',
  'cat >/dev/null; sleep 0.1',
  'no-such-command-anywhere',
  'sleep 0.1; printf done >&2',
  'sh -c "sleep 0.15 & wait"',
];

const execs: CommandScenario = {
  name: 'commands of --exec',
  play: async ({ add, round, run, workspace }) => {
    const { canary } = await add();
    for (const [n, via] of [['env'], ['stdin'], ['fd']].entries()) {
      const words = [
        'runs',
        'start',
        `r${n}`,
        '--workspace',
        workspace,
        '--exec',
        round.random.pick(COMMANDS),
      ];
      const [way = ''] = via;
      const options: CommandOptions = way === 'env' ? { handedOver: canary } : {};
      await run(
        [...words, ...(way === 'env' ? ['--env-name', 'VENDOR_KEY'] : ['--secret-via', way])],
        options,
      );
    }
    await run(
      ['runs', 'resume', 'r0', '--workspace', workspace, '--env-name', 'A_KEY', '--exec', 'sleep 0.1'],
      {
        handedOver: canary,
      },
    );
  },
};

const killedExec: CommandScenario = {
  name: 'keyturn ended by a signal while its command runs',
  play: async ({ add, round, run, workspace }) => {
    const { canary } = await add();
    const signal = round.random.pick(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGUSR2', 'SIGABRT'] as const);
    await run(
      ['runs', 'start', 'r', '--workspace', workspace, '--env-name', 'A_KEY', '--exec', 'sleep 0.6'],
      {
        handedOver: canary,
        meanwhile: async (pid) => {
          await delay(round.random.whole(900));
          try {
            process.kill(pid, signal);
          } catch {
            // It had ended.
          }
        },
      },
    );
  },
};

/** With the key in its memory, and an answer that does not come. */
const signals: CommandScenario = {
  name: 'signals while the vendor is asked',
  play: async ({ round, run, workspace }) => {
    const canary = round.keyOf('anthropic', 'held', 'Anthropic key');
    const own = round.canary();
    await run(['keys', 'add', '--workspace', workspace, '--vendor', 'anthropic'], {
      input: canary.content,
      env: { ANTHROPIC_API_KEY: own.content },
      exported: [own],
      meanwhile: async (pid) => {
        const gaveUp = new AbortController();
        await Promise.race([
          round.sandbox.untilCalled(canary.content),
          delay(10_000, undefined, { signal: gaveUp.signal }),
        ]);
        gaveUp.abort();
        if (existsSync('/proc') && !readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('keyturn')) {
          round.violations.push('what was typed behind keyturn is in the list of processes while it runs');
        }
        const [first, last] = [
          round.random.pick(['SIGUSR1', 'SIGUSR2', 'SIGUSR2', 'SIGHUP'] as const),
          round.random.pick(['SIGTERM', 'SIGKILL', 'SIGABRT', 'SIGQUIT', 'SIGSEGV'] as const),
        ];
        for (const signal of [first, last]) {
          try {
            process.kill(pid, signal);
          } catch {
            // The signal before ended it.
          }
          await delay(60);
        }
        round.sandbox.release(canary.content);
      },
    });
  },
};

export const execScenarios: ReadonlyArray<CommandScenario> = [execs, killedExec, signals];
