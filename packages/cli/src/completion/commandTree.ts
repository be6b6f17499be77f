import type { Commands, Spec } from '../command';
import { globalOptions } from '../globalOptions';
import { treeOption, type CommandTree, type TreeCommand } from './tree';

const treeCommand = (
  words: ReadonlyArray<string>,
  summary: string,
  { flags, operands }: Spec,
): TreeCommand => ({
  words,
  summary,
  options: Object.values(flags).map((flag) => treeOption(flag.flags, flag.description, flag.choices)),
  operands: Object.values(operands).flatMap(({ choices = [] }) => choices),
});

/**
 * Every command with its options, for shells. It takes the files of all commands. So the bundle has what comes of this
 * in the place of this file, and a shell that starts waits for none of them.
 */
export const commandTree = async (table: Commands): Promise<CommandTree> => {
  const commands: TreeCommand[] = [];
  for (const [name, entry] of Object.entries(table)) {
    if (!('members' in entry)) {
      commands.push(treeCommand([name], entry.summary, await entry.load()));
      continue;
    }
    commands.push({ words: [name], summary: entry.summary, options: [], operands: [] });
    for (const [member, { summary, load }] of Object.entries(entry.members)) {
      commands.push(treeCommand([name, member], summary, await load()));
    }
  }
  return { commands, globals: globalOptions.map(([flags, description]) => treeOption(flags, description)) };
};
