import type { Finding, FindingKind, UnseenRun } from '../paste/findings';

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const counted = (count: number): string => NUMBERS[count] ?? String(count);

/** "one character", "12 characters". */
const characters = (count: number): string => `${counted(count)} ${count === 1 ? 'character' : 'characters'}`;

const UNSEEN: Readonly<Record<string, string>> = {
  'U+0009': 'tab',
  'U+000A': 'line break',
  'U+000B': 'vertical tab',
  'U+000C': 'form feed',
  'U+000D': 'line break',
  'U+0020': 'space',
  'U+00A0': 'no-break space',
  'U+00AD': 'soft hyphen',
  'U+200B': 'zero-width space',
  'U+200C': 'zero-width non-joiner',
  'U+200D': 'zero-width joiner',
  'U+200E': 'left-to-right mark',
  'U+200F': 'right-to-left mark',
  'U+2028': 'line separator',
  'U+2029': 'paragraph separator',
  'U+202F': 'narrow no-break space',
  'U+2060': 'word joiner',
  'U+3000': 'ideographic space',
  'U+FEFF': 'byte order mark',
};

/** "two spaces, one tab". */
const unseen = (runs: ReadonlyArray<UnseenRun>): string =>
  runs
    .map(({ character, count }) => {
      const name = UNSEEN[character] ?? `invisible character ${character}`;
      return `${counted(count)} ${name}${count === 1 ? '' : 's'}`;
    })
    .join(', ');

/** Services whose secrets have a name of their own. */
const SECRETS: Readonly<Record<string, string>> = {
  JWT: 'a JSON Web Token',
  PEM: 'a private key',
};

/** What a secret of a service that is no vendor is called, such as "a secret of GitHub". */
export const secretOf = (service: string): string => SECRETS[service] ?? `a secret of ${service}`;

const WHAT: { readonly [K in FindingKind]: (finding: Finding) => string } = {
  'several-keys': () => 'a second key',
  'admin-key': () => 'an admin key',
  encoded: () => 'a key in base64 or hexadecimal digits',
  'other-vendor': ({ owner = '' }) => `what looks like a key of ${owner}`,
  'other-service': ({ owner = '' }) => `what looks like ${secretOf(owner)}`,
  'not-utf8': () => 'bytes that are not text (not UTF-8)',
  'not-text': () => 'a character that no key has',
  masked: ({ length }) => characters(length),
  placeholder: () => 'a name or a reference in place of the key',
  invisible: ({ unseen: runs = [] }) => unseen(runs),
  bearer: () => '`Bearer `',
  header: () => 'a header name',
  export: () => '`export NAME=`',
  powershell: () => '`$env:NAME =`',
  'name-equals': () => '`NAME=`',
  'name-colon': () => '`NAME:`',
  option: () => 'an option of a command',
  url: () => 'a web address',
  path: () => 'a path',
  text: () => 'other text',
  code: () => 'JSON or code',
  comment: () => 'a comment',
  brackets: () => 'brackets',
  escape: () => 'a line end, a space or a mark in letters (such as `%0A`, `&nbsp;`, `\\n`)',
  'odd-character': ({ length, place }) =>
    place === 'around' ? 'characters' : length === 1 ? 'a character' : characters(length),
  quotes: () => 'quotation marks',
  'lone-quote': () => 'a quotation mark without its counterpart',
  'white-space': ({ unseen: runs = [] }) => unseen(runs),
};

/** Said behind the place. */
const THAT: { readonly [K in FindingKind]?: string } = {
  masked: ' that stand for others, as in a masked key',
  'odd-character': " that this vendor's keys do not have",
};

const UNSEEN_ENDS = { front: 'before the first character', end: 'after the last character' } as const;
const ENDS = { front: 'in front of it', end: 'behind it', around: 'around it' } as const;

const where = ({ kind, place, at }: Finding): string => {
  const isUnseen = kind === 'white-space' || kind === 'invisible';
  switch (place) {
    case 'whole':
      return isUnseen ? 'and nothing else' : '';
    case 'within':
      return at === 0 ? 'at its start' : `after the first ${characters(at)}`;
    case 'around':
      return ENDS.around;
    case 'front':
    case 'end':
      return isUnseen ? UNSEEN_ENDS[place] : ENDS[place];
  }
};

/** Such as "one space after the last character". Reads after "The pasted key has". */
export const pasteFinding = (finding: Finding): string => {
  const { kind, more = 0 } = finding;
  const what = WHAT[kind](finding);
  const words = `${[what, where(finding)].filter((part) => part !== '').join(' ')}${THAT[kind] ?? ''}`;
  return more === 0 ? words : `${words} (and ${counted(more)} more like it)`;
};
