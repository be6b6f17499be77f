import type { Round } from '../round';
import { faultScenarios } from './faultScenarios';
import { keyScenarios } from './keyScenarios';
import { onLibrary, type LibraryParts } from './librarySite';
import { runScenarios } from './runScenarios';
import type { LibraryScenario } from './scenario';
import { textScenarios } from './textScenarios';

/** The first ones lead: see the check. */
export const LIBRARY_SCENARIOS: ReadonlyArray<LibraryScenario> = [
  ...textScenarios,
  ...keyScenarios,
  ...runScenarios,
  ...faultScenarios,
];

/** Calls the library in this process. */
export const playLibrary = (
  round: Round,
  scenarios: ReadonlyArray<LibraryScenario>,
  faulty?: LibraryParts,
): Promise<void> =>
  onLibrary(
    round,
    async (inWorkspace) => {
      for (const [n, { name, play }] of scenarios.entries()) {
        await round.play(`library, ${name}`, async () => {
          await play(inWorkspace(`w${n}`));
          round.searchSharedMemory();
        });
      }
    },
    faulty,
  );
