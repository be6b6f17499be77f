import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import type { Findings } from '../check';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: [],
  noLib: true,
};

/** Members of package.json that bring other packages. */
const BRINGS = [
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
  'bundledDependencies',
  'bundleDependencies',
  'imports',
];

const filesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const isTest = (file: string): boolean => /[.]test[.]|[\\/]testSupport[\\/]/.test(file);

interface Import {
  readonly file: string;
  readonly name: string;
}

/** Whatever a file names as a module: imports of values and types, `import()`, `require`, references to types. */
const importsOf = (file: string): ReadonlyArray<Import> => {
  const info = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return [...info.importedFiles, ...info.referencedFiles, ...info.typeReferenceDirectives].map(
    ({ fileName }) => ({ file, name: fileName }),
  );
};

/** Where a name leads by the compiler's rules; null when it leads nowhere. */
const target = ({ file, name }: Import): string | null =>
  ts.resolveModuleName(name, file, OPTIONS, ts.sys).resolvedModule?.resolvedFileName ?? null;

const objectIn = (file: string): object => {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof json !== 'object' || json === null) throw new Error(`${file} has no object.`);
  return json;
};

const packageName = (folder: string): string =>
  String(Reflect.get(objectIn(join(folder, 'package.json')), 'name'));

/** A name without a scope is a word of every text: it counts in quotation marks, as a module. */
const mentions = (text: string, name: string): boolean =>
  name.startsWith('@') ? text.includes(name) : new RegExp(`['"\`]${name}[\\\\'"\`/]`).test(text);

/**
 * Looks for anything in a package that leads out of it: the modules that its sources and its built files name, its
 * package.json, and the names of the workspace's other packages in the text of every built file, declarations, comments
 * and maps included.
 *
 * @param folder the package's
 * @param others the folders of the packages that it must not know of
 */
export const referencesOf = (folder: string, others: ReadonlyArray<string>): Findings => {
  const [sources, built] = ['src', 'dist'].map((part) =>
    filesIn(join(folder, part)).filter((file) => !isTest(file)),
  );
  if (sources === undefined || built === undefined) throw new Error('There are two folders.');
  const shown = (file: string): string => relative(folder, file);
  const code = [...sources, ...built].filter((file) => /[.][cm]?[jt]s$/.test(file));
  const imports = code.flatMap(importsOf);
  const leadingOut = imports.flatMap((one) => {
    if (isBuiltin(one.name)) return [];
    const to = target(one);
    if (to !== null && ['src', 'dist'].some((part) => to.startsWith(join(folder, part) + sep))) return [];
    return [
      `${shown(one.file)} names the module ${one.name}, which leads ${to === null ? 'nowhere' : 'out of the package'}`,
    ];
  });
  const manifest = objectIn(join(folder, 'package.json'));
  const brought = BRINGS.filter((member) => {
    const value: unknown = Reflect.get(manifest, member);
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  });
  const names = others.map(packageName);
  let bytes = 0;
  const named = [...sources, ...built].flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    bytes += Buffer.byteLength(text);
    return names
      .filter((name) => mentions(text, name))
      .map((name) => `${shown(file)} has the name of ${name}`);
  });
  const program = ts.createProgram([join(folder, 'src', 'index.ts')], OPTIONS);
  const compiledWith = program
    .getSourceFiles()
    .map(({ fileName }) => fileName)
    .filter((file) => !file.startsWith(join(folder, 'src') + sep));
  return {
    figures: { 'modules named': imports.length, 'bytes searched for names': bytes },
    violations: [
      ...(code.length === 0 || built.length === 0 ? ['There is no code to look at: build the package.'] : []),
      ...leadingOut,
      ...brought.map((member) => `package.json has ${member}`),
      ...named,
      ...compiledWith.map((file) => `its sources compile with ${relative(folder, file)}`),
    ],
  };
};
