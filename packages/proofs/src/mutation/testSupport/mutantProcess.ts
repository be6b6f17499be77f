import { text } from 'node:stream/consumers';
import { ResidentRunner } from '../residentRunner';

export interface OrderedMutant {
  readonly id: string;
  readonly activation: 'runtime' | 'static';
  readonly hitLimit?: number;
}

/** What to do, as JSON on standard input. The paths are from the working directory. */
interface Order {
  readonly source: string;
  readonly test: string;
  readonly mutants: ReadonlyArray<OrderedMutant>;
}

/** Runs tests without any mutant, then with one after the other, and prints what Stryker is told of each. */
const runMutants = async ({ source, test, mutants }: Order): Promise<void> => {
  const runner = new ResidentRunner({
    sources: [source],
    tests: [test],
    isRun: () => true,
    isRunFor: () => true,
  });
  const results: Array<unknown> = [await runner.dryRun()];
  for (const { id, activation, hitLimit } of mutants) {
    results.push(
      await runner.mutantRun({
        activeMutant: {
          id,
          fileName: source,
          location: { start: { line: 1, column: 0 }, end: { line: 1, column: 0 } },
          mutatorName: 'by hand',
          replacement: id,
        },
        sandboxFileName: source,
        mutantActivation: activation,
        reloadEnvironment: activation === 'static',
        timeout: 60_000,
        disableBail: false,
        ...(hitLimit === undefined ? {} : { hitLimit }),
      }),
    );
  }
  process.stdout.write(JSON.stringify(results));
};

void text(process.stdin).then((order) => runMutants(JSON.parse(order) as Order));
