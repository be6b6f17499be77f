import { letPartsBeExchanged } from './faulty/behindTheDoor';
import { HELP, trustArguments, WrongArguments, type TrustArguments } from './arguments';
import type { Figures, TrustCheck } from './check';
import { CHECKS } from './checks';
import { totalsOf } from './totals';
import { runFaulty } from './runFaulty';
import { runChecks, type CheckResult, type Telling } from './runChecks';

const LINE_EVERY_MS = 60_000;
const CLEAR_LINE = '\r\u001b[K';

const inWords = (figures: Figures): string =>
  Object.entries(figures)
    .map(([name, count]) => `${count.toLocaleString('en')} ${name}`)
    .join(', ');

/** A line that changes on a terminal; elsewhere one a minute. */
const telling = (): Telling => {
  const { stderr } = process;
  let lineAt = Date.now();
  const goesOn = (name: string, figures: Figures): void => {
    const text = `${name}: ${inWords(figures)} …`;
    if (stderr.isTTY) stderr.write(`${CLEAR_LINE}${text.slice(0, stderr.columns - 1)}`);
    else if (Date.now() - lineAt >= LINE_EVERY_MS) {
      lineAt = Date.now();
      stderr.write(`  ${text}\n`);
    }
  };
  return {
    begins: ({ name, promise }) => {
      lineAt = Date.now();
      stderr.write(`${name}: ${promise}\n`);
    },
    goesOn: ({ name }, figures) => goesOn(name, figures),
    ended: ({ figures, violations, seconds, failure, leftOut }) => {
      if (leftOut !== undefined) {
        stderr.write(`${stderr.isTTY ? CLEAR_LINE : ''}  LEFT OUT: ${leftOut}\n`);
        return;
      }
      const verdict = failure === null ? `${violations.length} violations` : 'COULD NOT BE RUN';
      stderr.write(`${stderr.isTTY ? CLEAR_LINE : ''}  ${inWords(figures)}: ${verdict} (${seconds} s)\n`);
    },
  };
};

const report = (results: ReadonlyArray<CheckResult>, { seed }: TrustArguments): string => {
  const lines = results.flatMap(({ name, violations, failure, leftOut }) => [
    ...(leftOut === undefined ? [] : [`LEFT OUT (${name}): ${leftOut}`]),
    ...violations.map((violation) => `VIOLATED (${name}): ${violation}`),
    ...(failure === null ? [] : [`NOT RUN TO ITS END (${name}): ${failure}`]),
  ]);
  const violations = results.reduce((sum, each) => sum + each.violations.length, 0);
  const failures = results.filter(({ failure }) => failure !== null).length;
  const leftOut = results.filter((result) => result.leftOut !== undefined).length;
  const totals = inWords(totalsOf(results));
  return [
    ...lines,
    ...(totals === '' ? [] : [`In all: ${totals}.`]),
    `Took: ${results.map(({ name, seconds }) => `${name} ${seconds} s`).join(', ')}.`,
    [
      `${results.length - leftOut} checks`,
      `${violations} violations`,
      ...(failures > 0 ? [`${failures} not run to their end`] : []),
      ...(leftOut > 0 ? [`${leftOut} left out`] : []),
    ].join(', ') + `. Seed ${seed}.`,
  ].join('\n');
};

const faultyMain = async (
  checks: ReadonlyArray<TrustCheck>,
  { seed, json }: TrustArguments,
): Promise<number> => {
  letPartsBeExchanged();
  const results = await runFaulty(checks, seed, ({ check, part, found, said, seconds, leftOut }) => {
    const verdict =
      leftOut !== undefined ? 'LEFT OUT     ' : found === null ? 'NOT FOUND OUT' : 'found out    ';
    process.stderr.write(`${verdict} ${check}: ${part} (${seconds} s)\n`);
    process.stderr.write(`              ${(leftOut ?? found ?? said.join('; ')).slice(0, 240)}\n`);
  });
  const tried = results.filter(({ leftOut }) => leftOut === undefined);
  const missed = tried.filter(({ found }) => found === null);
  process.stdout.write(
    json
      ? `${JSON.stringify({ seed, faulty: results })}\n`
      : `${tried.length} faulty parts, ${tried.length - missed.length} found out, ` +
          `${results.length - tried.length} left out. Seed ${seed}.\n`,
  );
  return missed.length === 0 ? 0 : 1;
};

const main = async (words: ReadonlyArray<string>): Promise<number> => {
  const names = CHECKS.map(({ name }) => name);
  const asked = trustArguments(words, names);
  if (asked === null) {
    process.stdout.write(`${HELP}\n\nChecks:\n`);
    for (const { name, promise } of CHECKS) process.stdout.write(`  ${name}: ${promise}\n`);
    return 0;
  }
  const checks = CHECKS.filter(({ name }) => asked.only.length === 0 || asked.only.includes(name));
  const { seed } = asked;
  if (asked.faulty) return faultyMain(checks, asked);
  const results = await runChecks(checks, asked, telling());
  process.stdout.write(
    `${asked.json ? JSON.stringify({ seed, totals: totalsOf(results), checks: results }) : report(results, asked)}\n`,
  );
  if (results.some(({ violations }) => violations.length > 0)) return 1;
  return results.some(({ failure }) => failure !== null) ? 3 : 0;
};

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => {
    const wrong = error instanceof WrongArguments;
    process.stderr.write(`trust: ${wrong ? error.message : String(error)}\n${wrong ? `\n${HELP}\n` : ''}`);
    process.exit(wrong ? 2 : 3);
  },
);
