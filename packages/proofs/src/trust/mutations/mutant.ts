import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { edited, type Mutation } from './mutation';

/** A copy of the built packages, in which mutations are made and taken back. */
export interface Copy {
  readonly root: string;
  /** Makes a mutation; what is returned takes it back. */
  readonly mutate: (mutation: Mutation) => () => void;
  readonly remove: () => void;
}

/** Sources are copied too: a check may read them. */
const COPIED = ['dist', 'src', 'bin', 'package.json', 'tsconfig.json', 'node_modules'];

const builtOf = (file: string, ending: '.js' | '.d.ts'): string =>
  file.replace(/^(packages\/[^/]+)\/src\//, '$1/dist/').replace(/\.ts$/, ending);

const COMPILER_OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
};

/** A file alone, as it is run and as others are compiled against it. */
const compiled = (source: string, fileName: string): Readonly<Record<'.js' | '.d.ts', string>> => {
  const options = { fileName, compilerOptions: COMPILER_OPTIONS };
  return {
    '.js': ts.transpileModule(source, options).outputText,
    '.d.ts': ts.transpileDeclaration(source, options).outputText,
  };
};

/** Copies what `scripts/trust` runs; npm packages are linked. */
export const copyOf = (repository: string): Copy => {
  const root = mkdtempSync(join(tmpdir(), 'keyturn-mutant-'));
  for (const name of ['package.json', 'tsconfig.base.json']) {
    cpSync(join(repository, name), join(root, name));
  }
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const name of readdirSync(join(repository, 'packages'))) {
    const [from, to] = [join(repository, 'packages', name), join(root, 'packages', name)];
    mkdirSync(to, { recursive: true });
    for (const part of readdirSync(from).filter((entry) => COPIED.includes(entry))) {
      // Links between packages are relative, and so lead to the copies.
      cpSync(join(from, part), join(to, part), {
        recursive: true,
        verbatimSymlinks: true,
        // A server's account would not own what is copied here.
        filter: (path) => basename(path) !== '.cache',
      });
    }
  }
  const apply = (file: string, source: string): (() => void) => {
    const output = compiled(source, file);
    const contents = [
      [join(root, file), source],
      [join(root, builtOf(file, '.js')), output['.js']],
      [join(root, builtOf(file, '.d.ts')), output['.d.ts']],
    ] as const;
    const before = contents.map(([path]) => [path, readFileSync(path)] as const);
    for (const [path, content] of contents) writeFileSync(path, content);
    return () => before.forEach(([path, content]) => writeFileSync(path, content));
  };
  return {
    root,
    mutate: ({ edits }) => {
      const files = new Map<string, string>();
      for (const edit of edits) {
        const source = files.get(edit.file) ?? readFileSync(join(root, edit.file), 'utf8');
        files.set(edit.file, edited(source, edit));
      }
      const undone = [...files].map(([file, source]) => apply(file, source));
      return () => undone.forEach((undo) => undo());
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};
