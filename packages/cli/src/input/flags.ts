import { Option } from 'commander';
import { ID_RULE, isId, looksLikeVendorKey } from 'keyturn';
import { UsageError } from '../problems';

/** One option or operand of a command: how it is written, and how its text is read. */
export interface Flag<A> {
  /** As commander takes it: `--workspace <id>`, or `KEY` for an operand. */
  readonly flags: string;
  readonly description: string;
  readonly required: boolean;
  /** What was given, or undefined. @throws UsageError */
  readonly read: (given: unknown) => A;
}

export type Flags = Readonly<Record<string, Flag<unknown>>>;
export type ValuesOf<F extends Flags> = { readonly [K in keyof F]: F[K] extends Flag<infer A> ? A : never };

/** `--workspace` of `--workspace <id>`. */
const nameOf = (flags: string): string => flags.split(' ')[0] ?? flags;

/** Under which name commander keeps an option. */
export const attributeOf = (flags: string): string => new Option(flags).attributeName();

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

export const required = <A>(flags: string, description: string, read: (given: unknown) => A): Flag<A> => ({
  flags,
  description,
  required: true,
  read,
});

export const optional = <A>(
  flags: string,
  description: string,
  read: (given: unknown) => A,
): Flag<A | undefined> => ({
  flags,
  description,
  required: false,
  read: (given) => (given === undefined ? undefined : read(given)),
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

/** One of a few words. */
export const oneOf =
  <const W extends ReadonlyArray<string>>(flags: string, words: W): ((given: unknown) => W[number]) =>
  (given) => {
    const word: W[number] | undefined = words.find((known) => known === given);
    if (word !== undefined) return word;
    throw new UsageError(
      `${nameOf(flags)} has to be ${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}.`,
    );
  };

const WORKSPACE = '--workspace <id>';
const PROJECT = '--project <id>';
const SUCCESSOR = '--successor <key>';
const KEY_RULE = `a key id, or the beginning of one: ${ID_RULE}`;

const anyWorkspace = id(WORKSPACE);

/** Lists name the workspace that they are of: a key in its place would be shown. */
export const readWorkspace = (given: unknown): string => {
  const workspace = anyWorkspace(given);
  if (!looksLikeVendorKey(workspace)) return workspace;
  throw new UsageError(
    `${nameOf(WORKSPACE)} looks like a key, and is not repeated here. Name the workspace.`,
  );
};
export const readProject = id(PROJECT);
export const readCase = id('--case <id>');
export const readRun = (flags: string) => id(flags);
/** The text of a KEY, not yet resolved to the key that it names. */
export const readKey = (flags: string) => id(flags, KEY_RULE);

export const workspaceFlag = required(WORKSPACE, 'the workspace', readWorkspace);
export const projectFlag = optional(PROJECT, 'of this project', readProject);
export const successorFlag = optional(
  SUCCESSOR,
  'takes its place wherever it is Default',
  readKey(SUCCESSOR),
);
export const keyOperand = required(
  'KEY',
  'a key id, or at least 5 characters of its beginning',
  readKey('KEY'),
);
export const runOperand = required('RUN', 'the id of the run', readRun('RUN'));
