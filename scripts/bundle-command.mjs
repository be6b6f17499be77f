// Makes packages/cli/bundle of the sources: the `keyturn` command in few files, each with what some words of it need.
// Loading hundreds of small files took most of a command's time. What is written: the files that changed, and then
// what nothing names any more is removed, so that a command that runs meanwhile finds what it asks for.
// Usage: node scripts/bundle-command.mjs
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const PACKAGES = join(ROOT, 'packages');
const CLI = join(PACKAGES, 'cli');
const OUT = join(CLI, 'bundle');
// Not a name with "license" in it: pnpm would take it for the package's own, and leave that out.
const NOTICES = 'THIRD_PARTY_NOTICES.txt';

/** What its own file of the command loads, in this order. */
const ENTRIES = ['firstInstant', 'index'];

/** Native, for servers alone, or one for all that a process loads: taken from the package that depends on it. */
const APART = [
  '@eventstore/db-client',
  '@grpc/grpc-js',
  '@node-rs/argon2',
  '@opentelemetry/api',
  'better-sqlite3',
  'cli-progress',
  'google-protobuf',
  'pg',
  'pino',
  'tweetnacl',
];

const manifestIn = (directory) => JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));

/** The source of each name that a package of this workspace exports. */
const SOURCES = Object.fromEntries(
  readdirSync(PACKAGES).flatMap((name) => {
    const { name: scoped, exports = {} } = manifestIn(join(PACKAGES, name));
    return Object.entries(exports)
      .filter(([, { default: built }]) => built?.startsWith('./dist/'))
      .map(([path, { default: built }]) => [
        scoped + path.slice(1),
        join(PACKAGES, name, built.replace('./dist/', 'src/').replace(/js$/, 'ts')),
      ]);
  }),
);

const packageOf = (file) => relative(PACKAGES, file).split(sep)[0];

const sourceOf = (specifier, importer) => {
  if (!specifier.startsWith('.')) return SOURCES[specifier];
  const path = resolve(dirname(importer), specifier);
  return [path.replace(/js$/, 'ts'), `${path}.ts`, `${path}.tsx`].find(
    (file) => /[.]tsx?$/.test(file) && existsSync(file),
  );
};

/** `keyturn-assemble` of packages/keyturn/src/assemble.ts. */
const fileNameOf = (source) =>
  `${relative(PACKAGES, source)
    .replace(`${sep}src${sep}`, sep)
    .replace(/([/\\]index)?[.]ts$/, '')
    .replaceAll(sep, '-')}.js`;

const isApart = (specifier) => APART.some((name) => specifier === name || specifier.startsWith(`${name}/`));

/** The command depends on the door alone. So the door is asked for the package, and that for what it depends on. */
const requireOf = (owner) => {
  const door = "createRequire(require.resolve('keyturn'))";
  return owner === 'keyturn' ? door : `createRequire(${door}.resolve('@keyturn/${owner}'))`;
};

const asLoadedBy = (owner, specifier) =>
  `const { createRequire } = require('node:module');\nmodule.exports = ${requireOf(owner)}('${specifier}');\n`;

const DRIVER = 'better-sqlite3';
/** Where its JavaScript is; nowhere on a Node that has SQLite in itself, and is too new for it. */
const driverFile = () => {
  try {
    return createRequire(join(PACKAGES, 'sqlite', 'package.json')).resolve(DRIVER);
  } catch {
    return null;
  }
};

/**
 * SQLite's driver is many small files, which take longer to find than a list takes to be read. So its JavaScript is
 * bundled. Its native part is installed, and where it is of another release, so is the JavaScript that is taken.
 */
const driverAsInstalled = (file) => `const { createRequire } = require('node:module');
const installed = ${requireOf('sqlite')};
const { version } = installed('${DRIVER}/package.json');
module.exports =
  version === '${manifestIn(dirname(dirname(file))).version}' ? require('${file}') : installed('${DRIVER}');
`;

/** What the driver loads its native part by: it would look for it in many places. */
const BINDINGS = `const { createRequire } = require('node:module');
module.exports = (file) => ${requireOf('sqlite')}('${DRIVER}/build/Release/' + file);
`;

const COMMAND_TREE = join(CLI, 'src', 'completion', 'commandTree.ts');

/** What completions are made of, which is the same whenever it is asked for: made here, of what `tsc --build` made. */
const madeCommandTree = async () => {
  const built = createRequire(join(CLI, 'dist', 'index.js'));
  const tree = await built('./completion/commandTree.js').commandTree(built('./commandTable.js').COMMANDS);
  return `export const commandTree = async () => (${JSON.stringify(tree, null, 1)});`;
};

const BY = '\0loaded by ';

const NATIVE = '\0native part of the driver.cjs';

/** Modules of Node that take long to load, and that most words need no function of. */
const LATE = ['node:child_process', 'node:fs/promises', 'node:readline', 'node:timers/promises'];
const FIRST_CALLED = '\0first called ';

/** The functions of a module of Node, which is loaded when the first of them is called. */
const loadedWhenCalled = async (specifier) => {
  const functions = Object.entries(await import(specifier)).filter(
    ([name, value]) => name !== 'default' && typeof value === 'function',
  );
  return functions
    .map(
      ([name]) =>
        `export const ${name} = (...given) => process.getBuiltinModule('${specifier}').${name}(...given);`,
    )
    .join('\n');
};

const workspace = {
  name: 'workspace',
  resolveId(specifier, importer, { kind }) {
    if (LATE.includes(specifier)) return FIRST_CALLED + specifier;
    if (specifier === 'bindings' && importer.includes(DRIVER)) return NATIVE;
    if (!importer?.startsWith(PACKAGES + sep) || importer.includes('node_modules')) return null;
    if (isApart(specifier)) {
      const owner = packageOf(importer);
      return owner === 'cli' ? { id: specifier, external: true } : `${BY}${owner} ${specifier}.cjs`;
    }
    const source = sourceOf(specifier, importer);
    // What is required, and not imported, is loaded on first use: it stays a file of its own.
    if (source === undefined) return null;
    // As every manifest here says: what nobody takes of a file is left out.
    if (kind !== 'require-call') return { id: source, moduleSideEffects: false };
    const fileName = fileNameOf(source);
    this.emitFile({ type: 'chunk', id: source, fileName, preserveSignature: 'strict' });
    return { id: `./${fileName}`, external: true };
  },
  async load(id) {
    if (id === COMMAND_TREE) return madeCommandTree();
    if (id.startsWith(FIRST_CALLED))
      return { code: await loadedWhenCalled(id.slice(FIRST_CALLED.length)), moduleSideEffects: false };
    if (id === NATIVE) return BINDINGS;
    if (!id.startsWith(BY)) return null;
    const [owner, specifier] = id
      .slice(BY.length)
      .replace(/[.]cjs$/, '')
      .split(' ');
    const file = specifier === DRIVER ? driverFile() : null;
    if (file !== null) return driverAsInstalled(file);
    return asLoadedBy(owner, specifier);
  },
};

const LICENSE_FILE = /^(licen[sc]e|notice|copying)([-.].*)?$/i;

/** The texts that whoever hands on these packages has to hand on with them. */
const noticesOf = (modules) => {
  const directories = new Set(
    modules.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? []),
  );
  const texts = [...directories].map((directory) => {
    const { name, version, license } = manifestIn(directory);
    const files = readdirSync(directory).filter((file) => LICENSE_FILE.test(file));
    if (files.length === 0) throw new Error(`${name} ${version} (${license}) has no text of its license.`);
    const text = files.map((file) => readFileSync(join(directory, file), 'utf8').trim()).join('\n\n');
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return `The files beside this one hold code of these packages.\n\n${texts.sort().join(`\n${'-'.repeat(80)}\n\n`)}`;
};

const writeChanged = (fileName, text) => {
  const file = join(OUT, fileName);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
};

/**
 * What is loaded together is one file: to find a file takes as long as to read ten times as much of one. Each group has
 * what its sources import, but for what is in a group before it.
 */
const groups = [
  ['ahead', ['cli/src/firstInstant']],
  ['start', ['cli/src/index']],
  ['perform', ['cli/src/session', 'cli/src/settings', 'cli/src/input/flags', 'cli/src/output/write']],
  [
    'read',
    [
      'cli/src/commands/keysList',
      'cli/src/output/drawnTable',
      'event-store-sqlite/src/index',
      'keyturn/src/assembleReader',
      'projections/src/index',
      'service/src/permittedQuery',
    ],
  ],
].map(([name, sources], index, { length }) => {
  const files = new Set(sources.map((source) => join(PACKAGES, `${source}.ts`)));
  return { name, test: (id) => files.has(id), priority: length - index };
});

const bundle = await rolldown({
  cwd: ROOT,
  input: Object.fromEntries(ENTRIES.map((name) => [name, join(CLI, 'src', `${name}.ts`)])),
  platform: 'node',
  // An entry may have what other chunks take of it: else each would be two files.
  preserveEntrySignatures: 'allow-extension',
  // The door is in a group, and imported late by some all the same.
  checks: { ineffectiveDynamicImport: false },
  // fp-ts and io-ts as ES modules: of those the functions that are used are taken, and no more.
  resolve: { mainFields: ['module', 'main'] },
  plugins: [workspace],
});
const { output } = await bundle.generate({
  format: 'cjs',
  exports: 'named',
  entryFileNames: '[name].js',
  chunkFileNames: '[name]-[hash].js',
  minify: 'dce-only',
  codeSplitting: { groups },
  // The license texts stand in a file of their own.
  comments: false,
});
await bundle.close();

const texts = new Map(output.map(({ fileName, code }) => [fileName, code]));
texts.set(NOTICES, noticesOf(output.flatMap(({ moduleIds = [] }) => moduleIds)));
mkdirSync(OUT, { recursive: true });
// What others load comes first.
const isEntry = (fileName) => ENTRIES.includes(fileName.replace(/[.]js$/, ''));
for (const [fileName, text] of [...texts].sort(([a], [b]) => isEntry(a) - isEntry(b)))
  writeChanged(fileName, text);
for (const file of readdirSync(OUT)) if (!texts.has(file)) rmSync(join(OUT, file), { recursive: true });
