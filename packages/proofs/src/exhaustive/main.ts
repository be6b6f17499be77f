import type { Bounds } from './bounds';
import { search } from './search';

const USAGE = `Searches every state of a small keyring and checks the invariants in each.

  pnpm --filter @keyturn/proofs exhaustive [--keys N] [--vendors N] [--secrets N] [--projects N] [--runs N] [--depth N]
                                     [--closing 1] [--leaks 1] [--cases 1]

Without --depth it goes on until no new state is found. By default: 3 keys, 2 vendors, 3 secrets, 1 project, 1 run.
With --closing 1 workspaces are closed, too, and projects follow the Default. With --leaks 1 reports of leaks are
withdrawn, and keys are suspended and reinstated; with --cases 1, too, a leak case is gone through to its close.
`;

const OPTIONS = ['keys', 'vendors', 'secrets', 'projects', 'runs', 'depth'] as const;
const FLAGS = ['closing', 'leaks', 'cases'] as const;

const parse = (args: ReadonlyArray<string>): Bounds | null => {
  const bounds = { keys: 3, vendors: 2, secrets: 3, projects: 1, runs: 1, depth: Infinity };
  const flags: { closing?: true; leaks?: true; cases?: true } = {};
  for (let i = 0; i < args.length; i += 2) {
    const option = OPTIONS.find((name) => args[i] === `--${name}`);
    const value = Number(args[i + 1]);
    const flag = FLAGS.find((name) => args[i] === `--${name}` && value === 1);
    if (flag !== undefined) {
      flags[flag] = true;
      continue;
    }
    if (option === undefined || !Number.isInteger(value) || value < 0) return null;
    bounds[option] = value;
  }
  return { ...bounds, ...flags };
};

const main = (args: ReadonlyArray<string>): number => {
  const bounds = parse(args.filter((arg) => arg !== '--'));
  if (bounds === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const begun = Date.now();
  const seconds = (): string => `${Math.round((Date.now() - begun) / 1_000)} s`;
  const result = search(bounds, {
    onLevel: (depth, states) => {
      process.stdout.write(`depth ${depth}: ${states.toLocaleString('en')} states, ${seconds()}\n`);
    },
  });
  const { keys, vendors, secrets, projects, runs } = bounds;
  process.stdout.write(
    `${keys} keys, ${vendors} vendors, ${secrets} secrets, ${projects} projects, ${runs} runs: ` +
      `${result.states.toLocaleString('en')} states to depth ${result.depth}, ` +
      `${result.commands.toLocaleString('en')} commands, ${result.transitions.toLocaleString('en')} changes, ` +
      `${result.closed ? 'closed (no state is left)' : 'bounded'}, ${seconds()}\n`,
  );
  if (result.counterexample === null) {
    process.stdout.write('Every invariant holds in every state.\n');
    return 0;
  }
  const { violation, path } = result.counterexample;
  process.stdout.write(`Invariant ${violation.invariant} is broken: ${violation.what}\n`);
  for (const body of path) process.stdout.write(`  ${JSON.stringify(body)}\n`);
  return 1;
};

process.exitCode = main(process.argv.slice(2));
