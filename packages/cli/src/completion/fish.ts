import { namesWithValue, nextWords, type CommandTree, type TreeOption } from './tree';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const optionLine = ({ names, description, takes }: TreeOption, when: string): string => {
  const named = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const values =
    takes === 'nothing'
      ? ''
      : takes === 'text'
        ? ' -x'
        : takes === 'file'
          ? ' -r -F'
          : ` -x -a ${quoted(takes.join(' '))}`;
  return `complete -c keyturn${when} ${named.join(' ')}${values} -d ${quoted(description)}`;
};

const at = (words: ReadonlyArray<string>): string => ` -n ${quoted(`__keyturn_at ${words.join(' ')}`)}`;

/** What fish is to source. */
export const fishCompletion = (tree: CommandTree): string => {
  const places = [[], ...tree.commands.map(({ words }) => words)];
  const next = places.flatMap((words) =>
    nextWords(tree, words).map(
      ({ words: of, summary }) =>
        `complete -c keyturn -n ${quoted(`test (__keyturn_words) = ${quoted(words.join(' '))}`)}` +
        ` -a ${of.at(-1) ?? ''} -d ${quoted(summary)}`,
    ),
  );
  const own = tree.commands.flatMap(({ words, options, operands }) => [
    ...options.map((option) => optionLine(option, at(words))),
    ...(operands.length === 0 ? [] : [`complete -c keyturn${at(words)} -a ${quoted(operands.join(' '))}`]),
  ]);
  return `# Completion of keyturn for fish. In ~/.config/fish/config.fish: keyturn completion fish | source
function __keyturn_words
    set -l found
    set -l skipping 0
    for word in (commandline -opc)[2..]
        if test $skipping = 1
            set skipping 0
            continue
        end
        switch $word
            case ${namesWithValue(tree).join(' ')}
                set skipping 1
            case '-*'
            case '*'
                set -a found $word
        end
    end
    echo "$found"
end
function __keyturn_at
    string match -q -- "$argv" (__keyturn_words); or string match -q -- "$argv *" (__keyturn_words)
end
complete -c keyturn -f
${[...next, ...own, ...tree.globals.map((option) => optionLine(option, ''))].join('\n')}
`;
};
