import { dirname } from 'node:path';
import type { Mutant } from './runMutants';

/** Percent of the mutants that must be found out. */
export const THRESHOLD = 90;

export interface Figures {
  readonly mutants: number;
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  readonly notCovered: number;
  /** Percent killed or timed out. */
  readonly score: number;
}

export const figuresOf = (mutants: ReadonlyArray<Mutant>): Figures => {
  const count = (fate: Mutant['fate']): number => mutants.filter((mutant) => mutant.fate === fate).length;
  const [killed, timedOut] = [count('killed'), count('timed out')];
  return {
    mutants: mutants.length,
    killed,
    timedOut,
    survived: count('survived'),
    notCovered: count('not covered'),
    score: mutants.length === 0 ? 100 : (100 * (killed + timedOut)) / mutants.length,
  };
};

const cells = (name: string, f: Figures): ReadonlyArray<string> => [
  name,
  ...[f.mutants, f.killed, f.timedOut, f.survived, f.notCovered].map(String),
  // Rounded down: 89.96 is not 90.
  (Math.floor(f.score * 10) / 10).toFixed(1),
];

const HEAD = ['', 'mutants', 'killed', 'timed out', 'survived', 'not covered', 'score'];

/** A table of figures: a line for each directory, and one for all. */
export const tableOf = (name: string, mutants: ReadonlyArray<Mutant>): string => {
  const directories = [...new Set(mutants.map(({ file }) => dirname(file)))].sort();
  const rows = [
    HEAD,
    ...directories.map((directory) =>
      cells(
        directory.replace(/^packages[/]/, '').replace(/[/]src/, ''),
        figuresOf(mutants.filter(({ file }) => dirname(file) === directory)),
      ),
    ),
    cells(`${name}, all`, figuresOf(mutants)),
  ];
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n');
};
