import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { PathReporter } from 'io-ts/PathReporter';
import type { Mutant } from './runMutants';

const Survivor = t.strict({ file: t.string, line: t.string, from: t.string, to: t.string });

/** A mutant that no test kills, named by what it changes, so that the list outlives other changes to the file. */
export type Survivor = t.TypeOf<typeof Survivor>;

const Explanations = t.array(t.strict({ why: t.string, mutants: t.array(Survivor) }));

/** Why some mutants survive, and which. */
export type Explanations = t.TypeOf<typeof Explanations>;

export const listOf = (target: string): string => `packages/proofs/src/mutation/survivors/${target}.json`;

/** The explained survivors of a package, from the list that is kept beside this file. */
export const explanationsOf = (root: string, target: string): Explanations => {
  const decoded = Explanations.decode(JSON.parse(readFileSync(join(root, listOf(target)), 'utf8')));
  if (E.isLeft(decoded)) throw new Error(`${listOf(target)}: ${PathReporter.report(decoded).join('; ')}`);
  return decoded.right;
};

const survives = ({ fate }: Mutant): boolean => fate === 'survived' || fate === 'not covered';

const nameOf = ({ file, line, from, to }: Survivor): string => JSON.stringify([file, line, from, to]);

export interface Comparison {
  readonly unexplained: ReadonlyArray<Survivor>;
  /** Listed, and killed now or gone. */
  readonly outdated: ReadonlyArray<Survivor>;
}

/** Holds what survived against the list; of the list only what concerns files that were mutated. */
export const compare = (mutants: ReadonlyArray<Mutant>, explanations: Explanations): Comparison => {
  const listed = explanations.flatMap((explanation) => explanation.mutants);
  const names = new Set(listed.map(nameOf));
  const files = new Set(mutants.map(({ file }) => file));
  const surviving = new Map(mutants.filter(survives).map((mutant) => [nameOf(mutant), mutant]));
  return {
    unexplained: [...surviving]
      .filter(([name]) => !names.has(name))
      .map(([, { file, line, from, to }]) => ({ file, line, from, to })),
    outdated: listed.filter((survivor) => files.has(survivor.file) && !surviving.has(nameOf(survivor))),
  };
};
