import type { Round } from '../round';
import { faultScenarios } from './faultScenarios';
import { keyScenarios } from './keyScenarios';
import { onLibrary } from './librarySite';
import { runScenarios } from './runScenarios';
import { textScenarios } from './textScenarios';

const SCENARIOS = [...keyScenarios, ...runScenarios, ...textScenarios, ...faultScenarios];

/** Calls the library in this process, with so many of its scenarios. */
export const playLibrary = (round: Round, count: number = SCENARIOS.length): Promise<void> =>
  onLibrary(round, async (inWorkspace) => {
    for (const [n, { name, play }] of round.random.some(count, SCENARIOS).entries()) {
      await round.play(`library, ${name}`, () => play(inWorkspace(`w${n}`)));
    }
  });
