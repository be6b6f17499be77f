/** An option as shells complete it. */
export interface TreeOption {
  /** `--workspace`, and `-w` where it has a short form. */
  readonly names: ReadonlyArray<string>;
  readonly description: string;
  readonly takes: 'nothing' | 'text' | 'file' | ReadonlyArray<string>;
}

/** A command, or a group of them, by its words. */
export interface TreeCommand {
  readonly words: ReadonlyArray<string>;
  readonly summary: string;
  readonly options: ReadonlyArray<TreeOption>;
  /** What its operand may be, where that is a few words. */
  readonly operands: ReadonlyArray<string>;
}

/** Every command, with groups ahead of their members, and what all of them take. */
export interface CommandTree {
  readonly commands: ReadonlyArray<TreeCommand>;
  readonly globals: ReadonlyArray<TreeOption>;
}

const FILE = /<(?:file|dir)>/;

/** From how an option is declared. */
export const treeOption = (
  flags: string,
  description: string,
  choices?: ReadonlyArray<string>,
): TreeOption => ({
  names: flags.match(/(?<![\w-])--?[a-z0-9-]+/gi) ?? [],
  description,
  takes: choices ?? (FILE.test(flags) ? 'file' : flags.includes('<') ? 'text' : 'nothing'),
});

/** The words that may follow some words. */
export const nextWords = (
  { commands }: CommandTree,
  words: ReadonlyArray<string>,
): ReadonlyArray<TreeCommand> =>
  commands.filter(
    (command) =>
      command.words.length === words.length + 1 && words.every((word, i) => command.words[i] === word),
  );

/** The names of the options that the next word belongs to, wherever they are taken. */
export const namesWithValue = ({ commands, globals }: CommandTree): ReadonlyArray<string> => [
  ...new Set(
    [...globals, ...commands.flatMap(({ options }) => options)]
      .filter(({ takes }) => takes !== 'nothing')
      .flatMap(({ names }) => names),
  ),
];

/** For a shell, between single quotation marks. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
