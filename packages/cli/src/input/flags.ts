import { CASE_RULE, ID_RULE, isCaseId, isId, looksLikeVendorKey } from 'keyturn';
import { UsageError } from '../problems';
import { parseInstant } from './instants';
import { nameOf } from './options';

/** One option or operand of a command: how it is written, and how its text is read. */
export interface Flag<A> {
  /** As commander takes it: `--workspace <id>`, or `KEY` for an operand. */
  readonly flags: string;
  readonly description: string;
  readonly required: boolean;
  /** May be given several times: what is read is the list of all that was given. */
  readonly several?: true;
  /** The variable that stands for it where it is not given. */
  readonly variable?: string;
  /** What it takes, where that is a few words. */
  readonly choices?: ReadonlyArray<string>;
  /** What was given, or undefined. @throws UsageError */
  readonly read: (given: unknown) => A;
}

/** Reads the text of an option. */
type Read<A> = ((given: unknown) => A) & { readonly choices?: ReadonlyArray<string> };

export type Flags = Readonly<Record<string, Flag<unknown>>>;
export type ValuesOf<F extends Flags> = { readonly [K in keyof F]: F[K] extends Flag<infer A> ? A : never };

export const text =
  (flags: string): ((given: unknown) => string) =>
  (given) => {
    if (typeof given === 'string' && given !== '') return given;
    throw new UsageError(`${nameOf(flags)} needs a value.`);
  };

const id =
  (flags: string, rule: string = ID_RULE) =>
  (given: unknown): string => {
    if (isId(given)) return given;
    throw new UsageError(`${nameOf(flags)} has to be ${rule}.`);
  };

const choicesOf = <A>({ choices }: Read<A>): Pick<Flag<A>, 'choices'> =>
  choices === undefined ? {} : { choices };

export const required = <A>(flags: string, description: string, read: Read<A>): Flag<A> => ({
  flags,
  description,
  required: true,
  ...choicesOf(read),
  read,
});

export const optional = <A>(flags: string, description: string, read: Read<A>): Flag<A | undefined> => ({
  flags,
  description,
  required: false,
  ...choicesOf(read),
  read: (given) => (given === undefined ? undefined : read(given)),
});

/** May be given several times, for any of these. */
export const anyOf = <A>(
  flags: string,
  description: string,
  read: Read<A>,
): Flag<ReadonlyArray<A> | undefined> => ({
  flags,
  description: `${description}; several times: any of these`,
  required: false,
  several: true,
  ...choicesOf(read),
  read: (given) => (Array.isArray(given) && given.length > 0 ? given.map(read) : undefined),
});

export const toggle = (flags: string, description: string): Flag<boolean> => ({
  flags,
  description,
  required: false,
  read: (given) => given === true,
});

/** A whole number from `least` to `most`. */
export const wholeNumber =
  (flags: string, least: number, most: number): ((given: unknown) => number) =>
  (given) => {
    const number = typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new UsageError(`${nameOf(flags)} has to be a whole number from ${least} to ${most}.`);
  };

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST_MS = 7 * 24 * 3_600_000;

/** How long something goes on, such as `15m`, in milliseconds. */
export const duration =
  (flags: string): ((given: unknown) => number) =>
  (given) => {
    const [, count = '', unit = ''] = /^(\d{1,6})([smh])$/.exec(String(given)) ?? [];
    const ms = Number(count) * (UNITS[unit] ?? 0);
    if (ms > 0 && ms <= LONGEST_MS) return ms;
    throw new UsageError(
      `${nameOf(flags)} takes seconds, minutes or hours, such as 30s, 15m or 2h; 168h at most.`,
    );
  };

/** One of a few words. */
export const oneOf = <const W extends ReadonlyArray<string>>(flags: string, words: W): Read<W[number]> =>
  Object.assign(
    (given: unknown): W[number] => {
      const word: W[number] | undefined = words.find((known) => known === given);
      if (word !== undefined) return word;
      throw new UsageError(
        `${nameOf(flags)} has to be ${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}.`,
      );
    },
    { choices: words },
  );

export const WORKSPACE = '-w, --workspace <id>';
const PROJECT = '--project <id>';
const SUCCESSOR = '--successor <key>';
const KEY_RULE = `a key id, or the beginning of one: ${ID_RULE}`;

const anyWorkspace = id(WORKSPACE);

/** Lists name the workspace that they are of: a key in its place would be shown. */
export const readWorkspace = (given: unknown): string => {
  const workspace = anyWorkspace(given);
  if (!looksLikeVendorKey(workspace)) return workspace;
  throw new UsageError('--workspace looks like a key, and is not repeated here. Name the workspace.');
};
export const readProject = id(PROJECT);
export const readCase = (given: unknown): string => {
  if (isCaseId(given)) return given;
  throw new UsageError(`--case has to be ${CASE_RULE}.`);
};
export const readRun = (flags: string) => id(flags);
export const readOrigin = id('--origin <ref>');

/** A key's last 4 characters, as lists show them. */
export const readLast4 = (given: unknown): string => {
  const [, ending] = /^…?([A-Za-z0-9_-]{4})$/.exec(String(given)) ?? [];
  if (ending !== undefined) return ending;
  throw new UsageError("--last4 takes a key's last 4 characters, such as AbCd.");
};

/** The text of a KEY, not yet resolved to the key that it names. */
export const readKey = (flags: string) => id(flags, KEY_RULE);

export const workspaceFlag: Flag<string> = {
  ...required(WORKSPACE, 'the workspace (KEYTURN_WORKSPACE)', readWorkspace),
  variable: 'KEYTURN_WORKSPACE',
};
/** Of commands that a case may need, and that are used without one as well. */
export const underCaseFlag = optional('--case <id>', 'the support case that this is done under', readCase);
/** As an operand: of commands about the workspace itself. */
export const workspaceOperand = required('WORKSPACE', 'the workspace', readWorkspace);
export const projectFlag = optional(PROJECT, 'of this project', readProject);
export const successorFlag = optional(
  SUCCESSOR,
  'takes its place wherever it is Default',
  readKey(SUCCESSOR),
);
const DATE_RULE = 'RFC 3339, or a date, in UTC';

/** `--since`: a date alone is its beginning. */
export const sinceFlag = (description: string): Flag<number | undefined> =>
  optional('--since <time>', `${description} (${DATE_RULE}: its beginning)`, (given) =>
    parseInstant('--since', String(given), 'start'),
  );

/** `--until`: a date alone is its end. */
export const untilFlag = (description: string): Flag<number | undefined> =>
  optional('--until <time>', `${description} (${DATE_RULE}: its end)`, (given) =>
    parseInstant('--until', String(given), 'end'),
  );

export const LIMIT = '-L, --limit <n>';
const MOST = 1_000_000;

/** How much of a list is given, for lists that come in pages. */
export const pageFlags = {
  limit: optional(
    LIMIT,
    'at most so many (50; all of them as CSV or JSON Lines)',
    wholeNumber(LIMIT, 1, MOST),
  ),
  all: toggle('--all', 'all of them'),
  after: optional('--after <cursor>', 'go on where the page that gave this cursor ended', text('--after')),
} as const;

export const keyOperand = required(
  'KEY',
  'a key id, or at least 5 characters of its beginning',
  readKey('KEY'),
);
/** The same, once or several times, or not at all. */
export const keyOperands: Flag<ReadonlyArray<string>> = {
  flags: keyOperand.flags,
  description: `${keyOperand.description}; several at a time`,
  required: false,
  several: true,
  read: (given) => (Array.isArray(given) ? given.map(readKey('KEY')) : []),
};
export const runOperand = required('RUN', 'the id of the run', readRun('RUN'));
