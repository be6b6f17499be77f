import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { copyOf, type Copy } from './mutant';
import type { Mutation } from './mutation';
import { MUTATIONS } from './mutations';

const REPOSITORY = join(__dirname, '..', '..', '..', '..', '..');
const USUAL_MINUTES = 0.3;
const LONGEST_MS = 600_000;

const HELP = `Takes safeguards away, one after the other, and shows that scripts/trust finds out.

Usage: scripts/trust-mutations [NAME…]

Mutations:
${MUTATIONS.map(({ name, removes, check }) => `  ${name} (${check}): not any more: ${removes}`).join('\n')}

Those of a check that is left out here are left out, too.

Exit status: 0 when each was found out, 1 when one was not, 2 for a wrong name, 3 when a check fails without any mutation.`;

/** Runs one check on the copy: its exit status, and what it printed. */
const trust = ({ root }: Copy, check: string, minutes = USUAL_MINUTES) =>
  spawnSync(
    process.execPath,
    [join(root, 'packages/proofs/dist/trust/main.js'), '--only', check, '--minutes', String(minutes)],
    { encoding: 'utf8', timeout: LONGEST_MS },
  );

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A violation, or a check that could not go on: in both cases nobody would release this. */
const foundOut = (copy: Copy, mutation: Mutation): boolean => {
  const undo = copy.mutate(mutation);
  try {
    const { status, stdout } = trust(copy, mutation.check, mutation.minutes);
    const why = stdout.split('\n').find((line) => /^(VIOLATED|NOT RUN)/.test(line)) ?? '';
    const found = status === 1 || status === 3;
    say(`${found ? 'found out' : 'NOT FOUND OUT'}  ${mutation.name}: not any more: ${mutation.removes}`);
    if (found) say(`           ${why.slice(0, 200)}`);
    return found;
  } finally {
    undo();
  }
};

const main = (names: ReadonlyArray<string>): number => {
  if (names.some((name) => name === '--help' || name === '-h')) {
    say(HELP);
    return 0;
  }
  const unknown = names.find((name) => !MUTATIONS.some((mutation) => mutation.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`There is no mutation of that name.\n\n${HELP}\n`);
    return 2;
  }
  let chosen = MUTATIONS.filter(({ name }) => names.length === 0 || names.includes(name));
  const copy = copyOf(REPOSITORY);
  try {
    for (const check of new Set(chosen.map((mutation) => mutation.check))) {
      const { status, stdout, stderr } = trust(copy, check);
      if (status !== 0) {
        process.stderr.write(`${check} fails without any mutation:\n${stdout}${stderr}\n`);
        return 3;
      }
      const leftOut = stdout.split('\n').find((line) => line.startsWith('LEFT OUT'));
      say(leftOut ?? `in order   ${check}, as it is`);
      if (leftOut !== undefined) chosen = chosen.filter((mutation) => mutation.check !== check);
    }
    const missed = chosen.filter((mutation) => !foundOut(copy, mutation));
    say(`${chosen.length} mutations, ${chosen.length - missed.length} found out.`);
    return missed.length === 0 ? 0 : 1;
  } finally {
    copy.remove();
  }
};

process.exitCode = main(process.argv.slice(2));
