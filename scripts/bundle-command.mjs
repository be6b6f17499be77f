// Makes packages/cli/bundle of the sources: the `keyturn` command in few files, each with what some words of it need.
// Loading hundreds of small files took most of a command's time. What is written: the files that changed, and then
// what nothing names any more is removed, so that a command that runs meanwhile finds what it asks for.
// Usage: node scripts/bundle-command.mjs
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
const ENTRIES = ['firstInstant', 'compileCache', 'index'];

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
const asLoadedBy = (owner, specifier) => {
  const door = "createRequire(require.resolve('keyturn'))";
  const by = owner === 'keyturn' ? door : `createRequire(${door}.resolve('@keyturn/${owner}'))`;
  return `const { createRequire } = require('node:module');\nmodule.exports = ${by}('${specifier}');\n`;
};

const BY = '\0loaded by ';

const workspace = {
  name: 'workspace',
  resolveId(specifier, importer, { kind }) {
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
    this.emitFile({ type: 'chunk', id: source, fileName });
    return { id: `./${fileName}`, external: true };
  },
  load(id) {
    if (!id.startsWith(BY)) return null;
    const [owner, specifier] = id
      .slice(BY.length)
      .replace(/[.]cjs$/, '')
      .split(' ');
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

const bundle = await rolldown({
  cwd: ROOT,
  input: Object.fromEntries(ENTRIES.map((name) => [name, join(CLI, 'src', `${name}.ts`)])),
  platform: 'node',
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
