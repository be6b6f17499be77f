import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HELP, mutationArguments, WrongArguments, type MutationArguments } from './arguments';
import { figuresOf, tableOf, THRESHOLD } from './figures';
import { runMutants } from './runMutants';
import { compare, explanationsOf, listOf, type Survivor } from './survivors';
import { withSurvivors } from './survivorsInWords';
import { mutatedFilesOf, TARGETS } from './targets';

const REPOSITORY = join(__dirname, '..', '..', '..', '..');
const DOCUMENT = join(REPOSITORY, 'docs', 'mutation-testing.md');

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const sayEach = (title: string, survivors: ReadonlyArray<Survivor>): void => {
  if (survivors.length === 0) return;
  say(`\n${title}`);
  // Ready to be moved to the list.
  survivors.forEach((survivor) => say(`${JSON.stringify(survivor)},`));
};

/** Runs one package's mutants; whether it is in order. */
const inOrder = async (target: string, asked: MutationArguments): Promise<boolean> => {
  const all = mutatedFilesOf(target, REPOSITORY);
  const files = all.filter(
    (file) => asked.files.length === 0 || asked.files.some((part) => file.includes(part)),
  );
  if (files.length === 0) throw new WrongArguments(`No file of ${target} has that in its path.`);
  const mutants = await runMutants(REPOSITORY, { ...asked, target, files });
  const { unexplained, outdated } = compare(mutants, explanationsOf(REPOSITORY, target));
  say(`\n${tableOf(target, mutants)}`);
  sayEach(`Survived, and not explained in ${listOf(target)}:`, unexplained);
  sayEach(`Listed in ${listOf(target)}, and killed or gone:`, outdated);
  const enough = figuresOf(mutants).score >= THRESHOLD;
  if (!enough) say(`\n${target}: below ${THRESHOLD} %.`);
  return enough && unexplained.length === 0 && outdated.length === 0;
};

const writeDocument = (): void => {
  const lists = TARGETS.map(({ name }) => [name, explanationsOf(REPOSITORY, name)] as const);
  writeFileSync(DOCUMENT, withSurvivors(readFileSync(DOCUMENT, 'utf8'), lists));
};

const main = async (words: ReadonlyArray<string>): Promise<number> => {
  try {
    const asked = mutationArguments(words);
    if (asked === null) {
      say(HELP);
      return 0;
    }
    if (asked.document) {
      writeDocument();
      return 0;
    }
    process.chdir(REPOSITORY);
    let good = true;
    for (const target of asked.targets) good = (await inOrder(target, asked)) && good;
    return good ? 0 : 1;
  } catch (error) {
    const wrong = error instanceof WrongArguments;
    const told = error instanceof Error ? error.message : String(error);
    process.stderr.write(wrong ? `${told}\n\n${HELP}\n` : `The mutants could not be run: ${told}\n`);
    return wrong ? 2 : 3;
  }
};

void main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
