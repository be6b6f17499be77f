import { expect, test } from '@jest/globals';
import * as t from 'io-ts';
import * as E from 'fp-ts/Either';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const PACKAGES = resolve(__dirname, '../../..');
/** A service of someone else's; `scripts/check-install` compiles and runs it with the tarballs. */
const SERVICE = resolve(__dirname, '../../install');

const Manifest = t.intersection([
  t.type({ name: t.string }),
  t.partial({
    private: t.boolean,
    dependencies: t.record(t.string, t.string),
  }),
]);
const manifestIn = (folder: string): t.TypeOf<typeof Manifest> => {
  const decoded = Manifest.decode(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  if (E.isLeft(decoded)) throw new Error(`${folder} has no manifest`);
  return decoded.right;
};

const published = readdirSync(PACKAGES).filter((name) => manifestIn(join(PACKAGES, name)).private !== true);

/** `@scope/name` or `name`, of what lies inside it. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Inferred types name modules in their midst, as in `import('pg').Pool`; comments have examples. */
const importedBy = (file: string): ReadonlyArray<string> =>
  [
    ...readFileSync(file, 'utf8')
      .replaceAll(/\/\*[^]*?\*\//g, '')
      .matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g),
  ]
    .flatMap(([, specifier]) => specifier ?? [])
    .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier));

const serviceOptions = (): ts.ParsedCommandLine => {
  const { error, ...read } = ts.readConfigFile(join(SERVICE, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  );
  expect(error).toBeUndefined();
  return ts.parseJsonConfigFileContent(read.config, ts.sys, SERVICE);
};

test('F-B4: a project of somebody else makes declarations of what it infers', () => {
  const { options, fileNames } = serviceOptions();
  expect(options).toMatchObject({ declaration: true, skipLibCheck: false, strict: true });
  // With the tarballs, `scripts/check-install` checks the declarations of libraries as well, which takes longer.
  const composite = { ...options, types: ['node'], composite: true, rootDir: SERVICE, skipLibCheck: true };
  const program = ts.createProgram(fileNames, composite);
  const wrong = [...ts.getPreEmitDiagnostics(program), ...program.getDeclarationDiagnostics()];
  expect(wrong.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
});

/** By the package itself, and not by one that only its makers have. */
const isTyped = (specifier: string, from: string, options: ts.CompilerOptions): boolean => {
  const { resolvedModule } = ts.resolveModuleName(specifier, from, options, ts.sys);
  return /\.d\.[cm]?ts$/.test(resolvedModule?.resolvedFileName.replace(/^.*[/]@types[/].*/, '') ?? '');
};

test('F-B5: what the public types are made of comes with the packages, types included', () => {
  const entries = published
    .map((name) => join(PACKAGES, name, 'dist/index.d.ts'))
    .filter((path) => existsSync(path));
  const options = { ...serviceOptions().options, types: ['node'] };
  const declarations = ts
    .createProgram(entries, options)
    .getSourceFiles()
    .map(({ fileName }) => fileName)
    .filter((path) => /[/]packages[/][\w-]+[/]dist[/]/.test(path));
  expect(declarations.length).toBeGreaterThan(entries.length);
  const wrong = declarations.flatMap((path) => {
    const folder = path.slice(0, path.indexOf('/dist/'));
    const { name, dependencies = {} } = manifestIn(folder);
    const comes = (specifier: string): boolean =>
      packageOf(specifier) === name ||
      (dependencies[packageOf(specifier)] !== undefined && isTyped(specifier, path, options));
    return importedBy(path)
      .filter((specifier) => !comes(specifier))
      .map((specifier) => `${name}: ${path.slice(folder.length + 1)} needs the types of ${specifier}`);
  });
  expect(wrong).toEqual([]);
});
