import { command, type Spec } from '../command';
import { bashCompletion } from '../completion/bash';
import { fishCompletion } from '../completion/fish';
import type { CommandTree } from '../completion/tree';
import { zshCompletion } from '../completion/zsh';
import { oneOf, required } from '../input/flags';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** @param treeOf - every command, which the program alone knows */
export const completion = (treeOf: () => Promise<CommandTree>): Spec =>
  command({
    details: ['Made of the commands themselves. It asks nobody, and completes no id and no key.'],
    operands: { shell: required('SHELL', 'bash, zsh or fish', oneOf('SHELL', ['bash', 'zsh', 'fish'])) },
    flags: {},
    examples: ['source <(keyturn completion bash)', 'keyturn completion fish | source'],
    run: async (_, { shell }) => {
      const script = SHELLS[shell](await treeOf());
      return { json: { shell, script }, lines: script.trimEnd().split('\n') };
    },
  });
