import {
  namesWithValue,
  nextWords,
  quoted,
  type CommandTree,
  type TreeCommand,
  type TreeOption,
} from './tree';

const reply = (words: ReadonlyArray<string>): string =>
  `COMPREPLY=($(compgen -W ${quoted(words.join(' '))} -- "$cur"))`;

const valueOf = ({ names, takes }: TreeOption): ReadonlyArray<string> => {
  if (takes === 'nothing') return [];
  const values =
    takes === 'text' ? ':' : takes === 'file' ? 'COMPREPLY=($(compgen -f -- "$cur"))' : reply(takes);
  return [`        ${names.join(' | ')}) ${values}; return ;;`];
};

const caseOf = (tree: CommandTree, { words, options, operands }: Omit<TreeCommand, 'summary'>): string => {
  const all = [...options, ...tree.globals];
  const next = [...nextWords(tree, words).map((command) => command.words.at(-1) ?? ''), ...operands];
  const pattern =
    words.length === 0 ? "'' | *" : `${quoted(words.join(' '))} | ${quoted(`${words.join(' ')} `)}*`;
  return [
    `    ${pattern})`,
    '      case $prev in',
    ...all.flatMap(valueOf),
    '      esac',
    '      if [[ $cur == -* ]]; then',
    `        ${reply(all.flatMap(({ names }) => names).concat('--help'))}`,
    ...(next.length === 0 ? [] : ['      else', `        ${reply(next)}`]),
    '      fi ;;',
  ].join('\n');
};

/** What bash is to source. */
export const bashCompletion = (tree: CommandTree): string => {
  // The most words first: the first pattern that fits is taken.
  const commands = [...tree.commands].sort((a, b) => b.words.length - a.words.length);
  const places = [...commands, { words: [], options: [], operands: [] }];
  return `# Completion of keyturn for bash. In ~/.bashrc: source <(keyturn completion bash)
_keyturn() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} words='' i
  # --option=value comes in three parts.
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${namesWithValue(tree).join(' | ')})
        if [[ \${COMP_WORDS[i + 1]} == = ]]; then ((i++)); fi
        ((i++))
        # A value with colons comes in several.
        while [[ \${COMP_WORDS[i + 1]} == : ]]; do ((i += 2)); done ;;
      -*) ;;
      *) words=\${words:+$words }\${COMP_WORDS[i]} ;;
    esac
  done
  COMPREPLY=()
  case $words in
${places.map((place) => caseOf(tree, place)).join('\n')}
  esac
}
complete -F _keyturn keyturn
`;
};
