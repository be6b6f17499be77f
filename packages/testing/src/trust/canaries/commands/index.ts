import type { Round } from '../round';
import { openCommandSite } from './commandSite';
import { execScenarios } from './execScenarios';
import { faultScenarios } from './faultScenarios';
import { keyScenarios } from './keyScenarios';
import { placeScenarios } from './placeScenarios';
import { terminalScenarios } from './terminalScenarios';

const SCENARIOS = [
  ...keyScenarios,
  ...execScenarios,
  ...placeScenarios,
  ...faultScenarios,
  ...terminalScenarios,
];

/** Runs the real `keyturn`, with so many of its scenarios. */
export const playCommands = async (round: Round, count: number = SCENARIOS.length): Promise<void> => {
  const inWorkspace = await openCommandSite(round);
  for (const [n, { name, play }] of round.random.some(count, SCENARIOS).entries()) {
    await round.play(`keyturn, ${name}`, () => play(inWorkspace(`w${n}`)));
  }
};
