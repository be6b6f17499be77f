import type { Place } from './place';

/** A command line for `keyturn`, and what there is to know of it. */
export interface Order {
  readonly workspaceId: string;
  readonly words: ReadonlyArray<string>;
  /** Pasted on standard input. */
  readonly input?: string;
  /** Where the command of `--exec` puts the SHA-256 digest of the secret that it was given. */
  readonly digestFile?: string;
}

/** The words as they are run: on a place's data, answered with a document. */
export const wordsAt = ({ data }: Place, { words }: Pick<Order, 'words'>): ReadonlyArray<string> => [
  ...words,
  '--data',
  data,
  '--json',
  '--as',
  'user:ada',
];

/** Commands of the whole deployment. */
export const SWEEP: Order = { workspaceId: '', words: ['sweep', '--expire', '--grace', '0'] };
export const INIT: Order = { workspaceId: '', words: ['init'] };
export const rebuild = (name: string): Order => ({
  workspaceId: '',
  words: ['projections', 'rebuild', name],
});
