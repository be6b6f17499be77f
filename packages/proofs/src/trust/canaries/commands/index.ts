import type { Round } from '../round';
import { openCommandSite } from './commandSite';
import { embeddingWithNodeDebug } from './embeddingScenario';
import { execScenarios } from './execScenarios';
import { faultScenarios } from './faultScenarios';
import { keyScenarios } from './keyScenarios';
import { placeScenarios } from './placeScenarios';
import type { CommandScenario } from './scenario';
import { terminalScenarios } from './terminalScenarios';

export const COMMAND_SCENARIOS: ReadonlyArray<CommandScenario> = [
  ...keyScenarios,
  ...execScenarios,
  ...placeScenarios,
  ...faultScenarios,
  ...terminalScenarios,
  embeddingWithNodeDebug,
];

/** Runs the real `keyturn`. */
export const playCommands = async (
  round: Round,
  scenarios: ReadonlyArray<CommandScenario>,
): Promise<void> => {
  const inWorkspace = await openCommandSite(round);
  for (const [n, { name, play }] of scenarios.entries()) {
    await round.play(`keyturn, ${name}`, () => play(inWorkspace(`w${n}`)));
  }
};
