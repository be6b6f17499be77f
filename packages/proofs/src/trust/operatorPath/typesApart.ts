import { resolve } from 'node:path';
import ts from 'typescript';
import type { Findings } from '../check';
import { GIVEN, PLACES, PROLOGUE, type Place } from './programs';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
};

/** "Type 'A' is not assignable to type 'B'": a variable's, an argument's, of no overload, for what A lacks. */
const NOT_ASSIGNABLE = [2322, 2345, 2739, 2740, 2741, 2769];

interface Program {
  readonly name: string;
  readonly compiles: boolean;
  readonly file: string;
  readonly text: string;
}

/**
 * The compiler's error codes, by program. They lie in memory beside this file, so that packages are found from here.
 */
const errorsOf = (programs: ReadonlyArray<Program>): ReadonlyMap<string, ReadonlyArray<number>> => {
  const texts = new Map(programs.map(({ file, text }) => [file, text]));
  const disk = ts.createCompilerHost(OPTIONS);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => texts.has(file) || disk.fileExists(file),
    readFile: (file) => texts.get(file) ?? disk.readFile(file),
    getSourceFile: (file, options, ...others) => {
      const text = texts.get(file);
      return text === undefined
        ? disk.getSourceFile(file, options, ...others)
        : ts.createSourceFile(file, text, options);
    },
  };
  const program = ts.createProgram([...texts.keys()], OPTIONS, host);
  return new Map(
    [...texts.keys()].map((file) => {
      const source = program.getSourceFile(file);
      const errors = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [file, errors.map(({ code }) => code)];
    }),
  );
};

/**
 * Puts each of what there is into each place, and has the compiler judge: what is wanted there compiles, and whatever
 * else is there does not, for that reason and no other.
 */
export const typesApart = (places: ReadonlyArray<Place> = PLACES): Findings => {
  const programs = places.flatMap((place, n) =>
    GIVEN.map((given): Program => ({
      name: `${given} in the place of ${place.name}`,
      compiles: place.takes.includes(given),
      file: resolve(__dirname, `program-${n}-${given}.ts`).replaceAll('\\', '/'),
      text: `${PROLOGUE}${place.put(given)}\n`,
    })),
  );
  const errors = errorsOf(programs);
  const violations = programs.flatMap(({ name, compiles, file }) => {
    const codes = errors.get(file) ?? [];
    const others = codes.filter((code) => !NOT_ASSIGNABLE.includes(code));
    if (others.length > 0) return [`${name}: the program is wrong in itself (TS${others.join(', TS')})`];
    if (compiles === (codes.length === 0)) return [];
    return [compiles ? `${name}: does not compile, and has to` : `${name}: compiles, and must not`];
  });
  const refused = programs.filter(({ compiles }) => !compiles).length;
  return {
    figures: {
      'programs that have to compile': programs.length - refused,
      'programs that must not': refused,
    },
    violations,
  };
};
