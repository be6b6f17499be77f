import { relative } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import type { Reporter } from '@stryker-mutator/api/report' with { 'resolution-mode': 'import' };

const LINE_EVERY_MS = 60_000;

/** Tells of each survivor when it is found, and once a minute how far the run has come. */
export class Progress implements Reporter {
  #planned = 0;
  #tested = 0;
  #lineAt = Date.now();

  onMutationTestingPlanReady({ mutantPlans }: { readonly mutantPlans: ReadonlyArray<unknown> }): void {
    this.#planned = mutantPlans.length;
  }

  onMutantTested({ status, fileName, location, replacement }: Readonly<MutantResult>): void {
    this.#tested++;
    if (status === 'Survived' || status === 'NoCoverage') {
      const to = replacement.replace(/\s+/g, ' ').slice(0, 80);
      process.stderr.write(
        `  survived: ${relative(process.cwd(), fileName)}:${location.start.line}:${location.start.column} ${to}\n`,
      );
    }
    if (Date.now() - this.#lineAt >= LINE_EVERY_MS) {
      this.#lineAt = Date.now();
      process.stderr.write(`  ${this.#tested} of ${this.#planned} …\n`);
    }
  }
}
