import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { OrderedMutant } from './testSupport/mutantProcess';

const SOURCE = 'packages/kettle/src/kettle.ts';
const TEST = 'packages/kettle/src/kettle.test.ts';

/** Code with its mutants in it, as Stryker writes them, each switched on by its name. */
const KETTLE = `
const stryker = globalThis.__stryker__;
const isOn = (mutant) => {
  const { currentTestId, mutantCoverage } = stryker;
  const passed = currentTestId ? (mutantCoverage.perTest[currentTestId] ??= {}) : mutantCoverage.static;
  passed[mutant] = (passed[mutant] ?? 0) + 1;
  if (stryker.activeMutant !== mutant) return false;
  if (stryker.hitLimit !== undefined && ++stryker.hitCount > stryker.hitLimit) throw new Error('passed too often');
  return true;
};
const BOILING = isOn('boils early') ? 90 : 100;
export const boils = (degrees) => (isOn('never boils') ? false : degrees >= BOILING);
export const heat = (degrees) => {
  let heated = degrees;
  while (heated < BOILING) heated += isOn('stays cold') ? 0 : 1;
  return heated;
};
export const colour = () => (isOn('is blue') ? 'blue' : 'red');
`;

const BOILS = `
import { expect, test } from '@jest/globals';
import { boils, heat } from './kettle';
test('boils', () => expect([boils(95), boils(100)]).toEqual([false, true]));
test('heats', () => expect(heat(1)).toBe(100));
`;

const NEVER_BOILS: OrderedMutant = { id: 'never boils', activation: 'runtime' };
const BOILS_EARLY: OrderedMutant = { id: 'boils early', activation: 'static' };
const STAYS_COLD: OrderedMutant = { id: 'stays cold', activation: 'runtime', hitLimit: 1_000 };
const IS_BLUE: OrderedMutant = { id: 'is blue', activation: 'runtime' };

describe('mutants that meet tests that stay loaded', () => {
  const made: Array<string> = [];
  afterAll(() => {
    for (const path of made) rmSync(path, { recursive: true, force: true });
  });

  /** What the runner tells of these tests without a mutant, and then with each of these. */
  const meet = async (
    tests: string,
    mutants: ReadonlyArray<OrderedMutant>,
  ): Promise<ReadonlyArray<unknown>> => {
    const directory = mkdtempSync(join(tmpdir(), 'keyturn-mutants-'));
    made.push(directory);
    mkdirSync(join(directory, 'packages/kettle/src'), { recursive: true });
    writeFileSync(join(directory, SOURCE), KETTLE);
    writeFileSync(join(directory, TEST), tests);
    const child = spawn(
      process.execPath,
      ['-r', join(__dirname, 'sourceHooks.cjs'), join(__dirname, 'testSupport', 'mutantProcess.ts')],
      // An endless mutant that is not ended must not outlive the test.
      { cwd: directory, stdio: ['pipe', 'pipe', 'inherit'], timeout: 50_000, killSignal: 'SIGKILL' },
    );
    child.stdin.end(JSON.stringify({ source: SOURCE, test: TEST, mutants }));
    const [printed] = await Promise.all([text(child.stdout), once(child, 'close')]);
    expect(child.exitCode).toBe(0);
    return JSON.parse(printed) as ReadonlyArray<unknown>;
  };

  const complete = { status: 'complete' };
  const survived = { status: 'survived' };
  const killedBy = (...tests: ReadonlyArray<string>) => ({ status: 'killed', killedBy: tests });
  const failingByThemselves = {
    status: 'error',
    errorMessage: expect.stringContaining('these tests fail by themselves'),
  };

  test('are killed by the tests that find them out, survive the others, and end when they are endless', async () => {
    expect(await meet(BOILS, [NEVER_BOILS, IS_BLUE, STAYS_COLD, NEVER_BOILS])).toMatchObject([
      complete,
      killedBy(`${TEST} 1`),
      survived,
      { status: 'timeout' },
      killedBy(`${TEST} 1`),
    ]);
  });

  test('of loading have everything loaded anew, and are gone from what comes after them', async () => {
    expect(await meet(BOILS, [IS_BLUE, BOILS_EARLY, IS_BLUE, NEVER_BOILS])).toMatchObject([
      complete,
      survived,
      // Both tests would find it out: the first that does ends the run.
      { status: 'killed', killedBy: [expect.any(String)] },
      survived,
      killedBy(`${TEST} 1`),
    ]);
  });

  test('of loading meet first what found out their neighbours', async () => {
    const heatsFirst = `
      import { expect, test } from '@jest/globals';
      import { boils, heat } from './kettle';
      test('heats', () => expect(heat(1)).toBe(100));
      test('boils', () => expect([boils(95), boils(100)]).toEqual([false, true]));`;
    expect(await meet(heatsFirst, [NEVER_BOILS, BOILS_EARLY])).toMatchObject([
      complete,
      killedBy(`${TEST} 2`),
      { ...killedBy(`${TEST} 2`), nrOfTests: 1 },
    ]);
  });

  test('are told which of them each test passes', async () => {
    const [dryRun] = await meet(BOILS, []);
    expect(dryRun).toMatchObject({
      tests: [
        { id: `${TEST} 1`, name: `${TEST} 1`, status: 0 },
        { id: `${TEST} 2`, name: `${TEST} 2`, status: 0 },
      ],
    });
    expect(dryRun).toHaveProperty('mutantCoverage', {
      static: { 'boils early': 1 },
      perTest: { [`${TEST} 1`]: { 'never boils': 2 }, [`${TEST} 2`]: { 'stays cold': 99 } },
    });
  });

  test('do not meet tests that fail without them, the first time or the second', async () => {
    const failing = `${BOILS} test('fails', () => expect(1).toBe(2));`;
    expect(await meet(failing, [])).toMatchObject([{ status: 'complete', tests: [{}, {}, { status: 1 }] }]);
    const passingOnce = `${BOILS} let runs = 0; test('passes once', () => expect(++runs).toBe(1));`;
    expect(await meet(passingOnce, [])).toMatchObject([
      { status: 'error', errorMessage: expect.stringContaining(`${TEST} 3`) },
    ]);
    const throwing = `${BOILS} throw new Error('while loading');`;
    expect(await meet(throwing, [])).toMatchObject([
      { status: 'error', errorMessage: expect.stringMatching(/^Error: while loading/) },
    ]);
  });

  test('are not killed by a test that fails for what came before it', async () => {
    const tired = `${BOILS} let runs = 0; test('passes twice', () => expect(++runs).toBeLessThan(3));`;
    expect(await meet(tired, [IS_BLUE, NEVER_BOILS, IS_BLUE])).toMatchObject([
      complete,
      survived,
      killedBy(`${TEST} 1`),
      survived,
    ]);
  });

  test('are not killed by a test that fails once', async () => {
    const unsteady = `${BOILS} globalThis.runs ??= 0; test('fails the third time', () => expect(++globalThis.runs).not.toBe(3));`;
    expect(await meet(unsteady, [IS_BLUE])).toMatchObject([complete, survived]);
    expect(await meet(unsteady, [{ ...IS_BLUE, activation: 'static' }])).toMatchObject([complete, survived]);
  });

  test('are said nothing of where tests fail by themselves whatever is loaded', async () => {
    const broken = `${BOILS} globalThis.runs ??= 0; test('passes twice', () => expect(++globalThis.runs).toBeLessThan(3));`;
    expect(await meet(broken, [IS_BLUE, { ...IS_BLUE, activation: 'static' }])).toMatchObject([
      complete,
      failingByThemselves,
      failingByThemselves,
    ]);
  });
});
