import type { CommandSite } from './commandSite';

/** What is done with the real command, in a workspace of its own. */
export interface CommandScenario {
  readonly name: string;
  readonly play: (site: CommandSite) => Promise<void>;
}
