import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { mutationArguments, WrongArguments } from './arguments';
import { figuresOf, tableOf } from './figures';
import { fateOf, type Mutant } from './runMutants';
import { sentences } from './sentences';
import { compare, explanationsOf } from './survivors';
import { withSurvivors } from './survivorsInWords';
import { isRunFor, mutatedFilesOf, TARGETS, testFilesOf } from './targets';

const ROOT = join(__dirname, '..', '..', '..', '..');

const mutant = (line: string, fate: Mutant['fate'], file = 'packages/domain/src/a/b.ts'): Mutant => ({
  file,
  lineNumber: 1,
  line,
  from: 'x',
  to: 'y',
  fate,
});
const listed = ({ file, line, from, to }: Mutant) => ({ file, line, from, to });

test('a mutant that ends every process was found out; of one whose tests are unsound nothing is said', () => {
  const crashed = (how: string): string =>
    `Test runner crashed. Tried twice to restart it without any luck. Last time the error message was: Error: ${how}`;
  const exited = 'Child process [pid 7] exited unexpectedly with exit code';
  expect(fateOf('RuntimeError', crashed(`${exited} 1 (without signal). Last part`))).toBe('killed');
  expect(fateOf('RuntimeError', crashed(`${exited} null (SIGKILL).`))).toBe(null);
  expect(fateOf('RuntimeError', crashed('TypeError: x'))).toBe(null);
  expect(fateOf('RuntimeError', 'these tests fail by themselves: a')).toBe(null);
  expect(fateOf('RuntimeError', undefined)).toBe(null);
  expect(fateOf('Survived', undefined)).toBe('survived');
});

describe('the list of survivors', () => {
  const known = mutant('known', 'survived');

  test('has to have every survivor, covered or not, and no other', () => {
    const found = [known, mutant('new', 'survived'), mutant('bare', 'not covered'), mutant('dead', 'killed')];
    const list = [{ why: 'no matter', mutants: [listed(known), listed(mutant('dead', 'killed'))] }];
    const { unexplained, outdated } = compare(found, list);
    expect(unexplained.map(({ line }) => line)).toEqual(['new', 'bare']);
    expect(outdated.map(({ line }) => line)).toEqual(['dead']);
  });

  test('is held to the files that were mutated alone', () => {
    const elsewhere = mutant('elsewhere', 'survived', 'packages/domain/src/c.ts');
    const list = [{ why: 'no matter', mutants: [listed(known), listed(elsewhere)] }];
    expect(compare([known], list)).toEqual({ unexplained: [], outdated: [] });
  });

  test('is in the document, word for word', () => {
    const document = readFileSync(join(ROOT, 'docs', 'mutation-testing.md'), 'utf8');
    const lists = TARGETS.map(({ name }) => [name, explanationsOf(ROOT, name)] as const);
    expect(withSurvivors(document, lists)).toBe(document);
  });

  test('names files that there are', () => {
    for (const { name } of TARGETS) {
      const files = mutatedFilesOf(name, ROOT);
      const unknown = explanationsOf(ROOT, name).flatMap(({ mutants }) =>
        mutants.filter(({ file, line }) => {
          if (!files.includes(file)) return true;
          const text = readFileSync(join(ROOT, file), 'utf8');
          return !text.split('\n').some((each) => each.trim().replace(/\s+/g, ' ') === line);
        }),
      );
      expect(unknown).toEqual([]);
    }
  });
});

test('a score is rounded down, and a time-out is a find', () => {
  const found = [...Array.from({ length: 8 }, () => mutant('m', 'killed')), mutant('m', 'timed out')];
  expect(figuresOf(found).score).toBe(100);
  expect(figuresOf([...found, mutant('m', 'survived')])).toMatchObject({ mutants: 10, killed: 8, score: 90 });
  expect(tableOf('domain', [...found, mutant('m', 'not covered'), mutant('m', 'survived')])).toMatch(
    /domain[/]a +11 .* 81[.]8\n.*all +11 .* 81[.]8$/,
  );
});

describe('what is mutated and run', () => {
  const node = (type: string, rest: object): unknown => ({ node: { type, ...rest } });

  test('sentences are left, data is not', () => {
    const text = (value: string) => sentences(node('StringLiteral', { value }));
    expect(text('a key that is missing')).toBe('a sentence for people');
    for (const data of ['master-check', 'keyturn master key', 'SELECT a FROM b WHERE c']) {
      expect(text(data)).toBeUndefined();
    }
    const template = (expressions: ReadonlyArray<object>) =>
      sentences(
        node('TemplateLiteral', {
          quasis: [{ type: 'Q', value: { raw: 'one two three four' } }],
          expressions,
        }),
      );
    expect(template([{ type: 'Identifier' }])).toBe('a sentence for people');
    expect(template([{ type: 'ConditionalExpression' }])).toBeUndefined();
    expect(sentences(node('NumericLiteral', { value: 7 }))).toBeUndefined();
  });

  test('every package has sources and tests, and no test is mutated', () => {
    for (const { name } of TARGETS) {
      expect(testFilesOf(name, ROOT).length).toBeGreaterThan(10);
      const mutated = mutatedFilesOf(name, ROOT);
      expect(mutated.length).toBeGreaterThan(20);
      expect(mutated.filter((file) => /[.]test[.]|testSupport|index[.]ts/.test(file))).toEqual([]);
    }
  });

  test('long tests are run for mutants of what they are about', () => {
    const runsFor = (test: string, source: string) =>
      isRunFor('vault', `packages/vault/src/${test}`, `packages/vault/src/${source}`);
    expect(runsFor('rotation/a.test.ts › b', 'box.ts')).toBe(false);
    expect(runsFor('rotation/a.test.ts › b', 'rotation/c.ts')).toBe(true);
    expect(runsFor('a.test.ts › on PostgreSQL › b', 'seal.ts')).toBe(false);
    expect(runsFor('a.test.ts › on SQLite › b', 'seal.ts')).toBe(true);
    expect(runsFor('a.test.ts › on PostgreSQL › b', 'postgres/shred.ts')).toBe(true);
  });

  test('is asked for by package and parts of paths', () => {
    expect(mutationArguments([])).toMatchObject({ targets: ['domain', 'vault'], files: [], concurrency: 1 });
    expect(mutationArguments(['vault', 'box.ts', '--concurrency', '2', '--incremental'])).toMatchObject({
      targets: ['vault'],
      files: ['box.ts'],
      concurrency: 2,
      incremental: true,
    });
    expect(mutationArguments(['--help'])).toBeNull();
    for (const wrong of [['service'], ['--concurrency', '0'], ['--fast']]) {
      expect(() => mutationArguments(wrong)).toThrow(WrongArguments);
    }
  });
});
