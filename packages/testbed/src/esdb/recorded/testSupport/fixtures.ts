import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expected, ReadRequest } from './requests';

/** What a real server answered to a question. */
export interface Recorded {
  readonly question: string;
  /** Releases that answered so, those with TLS with `-tls` behind them. */
  readonly by: ReadonlyArray<string>;
  readonly answers: ReadonlyArray<unknown>;
}

type Step =
  | {
      readonly do: 'append' | 'batch';
      readonly to: string;
      readonly expected: Expected;
      /** Each is a number that stands for its id, and its data. */
      readonly events: ReadonlyArray<string>;
    }
  | { readonly do: 'delete' | 'tombstone'; readonly to: string; readonly expected: Expected }
  | { readonly do: 'metadata'; readonly to: string; readonly expected: Expected; readonly value: object }
  | { readonly do: 'read'; readonly to: string; readonly request: ReadRequest };

/** Operations on two streams, chosen by chance, and what real servers answered to each: all the same. */
export interface Sequence {
  readonly seed: number;
  readonly steps: ReadonlyArray<Step & { readonly answer: unknown }>;
}

/** The lines of a file of this directory, each of which is JSON. */
const linesOf = (file: string): unknown => {
  const lines = readFileSync(join(__dirname, '..', file), 'utf8')
    .trimEnd()
    .split('\n');
  return JSON.parse(`[${lines.join(',')}]`);
};

export const readRecorded = (): ReadonlyArray<Recorded> =>
  linesOf('answers.jsonl') as ReadonlyArray<Recorded>;

export const readSequences = (): ReadonlyArray<Sequence> =>
  linesOf('sequences.jsonl') as ReadonlyArray<Sequence>;
