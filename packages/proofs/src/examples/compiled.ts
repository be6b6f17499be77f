import { join, resolve } from 'node:path';
import ts from 'typescript';

/** What a document shows, as a module of its own. */
export interface ShownModule {
  /** The document, from the root of the repository. */
  readonly name: string;
  readonly text: string;
}

/** All that was shown, compiled at once. */
export interface Compiled {
  /** What the compiler says, by document and line. */
  readonly complaints: ReadonlyArray<string>;
  /** The JavaScript of a document, as an ES module. */
  readonly javaScriptOf: (name: string) => string;
}

/** From here packages are found as those who use them find them: what was built, by its `exports`. */
const FOLDER = resolve(__dirname, '../../examples');
/** What documents take for given. */
const GIVEN = join(FOLDER, 'given.ts');

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUncheckedSideEffectImports: true,
  skipLibCheck: true,
  // What is given has no import, and is in reach everywhere.
  moduleDetection: ts.ModuleDetectionKind.Legacy,
  types: ['node'],
};

const sayingWhere = (
  { file, start, messageText }: ts.Diagnostic,
  names: ReadonlyMap<string, string>,
): string => {
  const message = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (file === undefined || start === undefined) return message;
  const { line } = file.getLineAndCharacterOfPosition(start);
  return `${(names.get(file.fileName) ?? file.fileName).replace(/#.*/, '')}:${line + 1}: ${message}`;
};

/** Compiles everything as one program. */
export const compile = (modules: ReadonlyArray<ShownModule>): Compiled => {
  const paths = new Map(
    modules.map(({ name }) => [name, join(FOLDER, `${name.replaceAll(/[/#]/g, '+')}.mts`)] as const),
  );
  const names = new Map([...paths].map(([name, path]) => [path, name] as const));
  const texts = new Map(modules.map(({ name, text }) => [paths.get(name) ?? name, `${text}\nexport {};\n`]));
  const disk = ts.createCompilerHost(OPTIONS);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    getSourceFile: (path, languageVersion, ...rest) => {
      const text = texts.get(path);
      return text === undefined
        ? disk.getSourceFile(path, languageVersion, ...rest)
        : ts.createSourceFile(path, text, languageVersion);
    },
  };
  const program = ts.createProgram({ rootNames: [GIVEN, ...texts.keys()], options: OPTIONS, host });
  return {
    complaints: ts.getPreEmitDiagnostics(program).map((diagnostic) => sayingWhere(diagnostic, names)),
    javaScriptOf: (name) => {
      let javaScript = '';
      const source = program.getSourceFile(paths.get(name) ?? name);
      program.emit(source, (_path, text) => {
        javaScript = text;
      });
      return javaScript;
    },
  };
};
