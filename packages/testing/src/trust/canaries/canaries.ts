import type { Budget, Findings, TrustCheck } from '../check';
import { playCommands } from './commands';
import { playLibrary } from './library';
import { makeRandom } from './random';
import { Round } from './round';

export const canaries: TrustCheck = {
  name: 'canaries',
  promise: 'We never display the full text of any saved key (last 4 characters only).',
  run: async ({ until, seed, progress }: Budget): Promise<Findings> => {
    const figures: Record<string, number> = { rounds: 0 };
    const violations: string[] = [];
    for (let n = 0; n === 0 || Date.now() < until; n += 1) {
      const round = await Round.begin(makeRandom(seed + n));
      if (process.env['ONLY'] !== 'commands') await playLibrary(round);
      if (process.env['ONLY'] !== 'library') await playCommands(round);
      await round.end();
      violations.push(...round.violations);
      figures['rounds'] = n + 1;
      progress(figures);
    }
    return { figures, violations };
  },
};
