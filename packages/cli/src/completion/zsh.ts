import {
  namesWithValue,
  nextWords,
  quoted,
  type CommandTree,
  type TreeCommand,
  type TreeOption,
} from './tree';

const described = (name: string, description: string): string =>
  quoted(`${name}:${description.replaceAll(':', '\\:')}`);

const valueOf = ({ names, takes }: TreeOption): ReadonlyArray<string> => {
  if (takes === 'nothing') return [];
  const values =
    takes === 'text' ? ':' : takes === 'file' ? '_files' : `compadd -- ${takes.map(quoted).join(' ')}`;
  return [`        (${names.join('|')}) ${values}; return ;;`];
};

const caseOf = (tree: CommandTree, { words, options, operands }: Omit<TreeCommand, 'summary'>): string => {
  const all = [...options, ...tree.globals];
  const next = nextWords(tree, words).map(({ words: of, summary }) => described(of.at(-1) ?? '', summary));
  const listed = [...next, ...operands.map((operand) => described(operand, ''))];
  const named = all.flatMap(({ names, description }) => names.map((name) => described(name, description)));
  const pattern = words.length === 0 ? '*' : `${quoted(words.join(' '))}|${quoted(`${words.join(' ')} `)}*`;
  return [
    `    (${pattern})`,
    '      case $words[CURRENT-1] in',
    ...all.flatMap(valueOf),
    '      esac',
    `      options=(${[...named, described('--help', 'what it does, and what it takes')].join(' ')})`,
    `      next=(${listed.join(' ')}) ;;`,
  ].join('\n');
};

/** What zsh is to source, or to find as \`_keyturn\` in its \`fpath\`. */
export const zshCompletion = (tree: CommandTree): string => {
  const commands = [...tree.commands].sort((a, b) => b.words.length - a.words.length);
  const places = [...commands, { words: [], options: [], operands: [] }];
  return `#compdef keyturn
# Completion of keyturn for zsh. In ~/.zshrc, behind compinit: source <(keyturn completion zsh)
_keyturn() {
  local typed='' i
  local -a options next
  for ((i = 2; i < CURRENT; i++)); do
    case $words[i] in
      (${namesWithValue(tree).join('|')}) ((i++)) ;;
      (-*) ;;
      (*) typed=\${typed:+$typed }$words[i] ;;
    esac
  done
  case $typed in
${places.map((place) => caseOf(tree, place)).join('\n')}
  esac
  if [[ $words[CURRENT] == -* ]]; then
    _describe option options
  else
    _describe command next
  fi
}
if [[ $funcstack[1] == _keyturn ]]; then _keyturn "$@"; else compdef _keyturn keyturn; fi
`;
};
