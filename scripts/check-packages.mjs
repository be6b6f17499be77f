// Packs every package that is published, and checks what would reach its users: what is in the tarball, publint's
// rules, types that resolve from CommonJS and from ES modules, and the same names from `require` and from `import`.
// Usage: node scripts/check-packages.mjs PNPM… (the command that runs the project's pnpm)
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const [pnpm, ...pnpmArguments] = process.argv.slice(2);
const TEST_CODE = /[.]test[.]|testSupport|[.]tsbuildinfo$|(^|[/])bench[/]/;
const ATTW = ['--profile', 'node16', '--no-color', '--format', 'ascii'];
const EXPECTED = ['LICENSE', 'README.md', 'package.json'];
/** A bundle holds code of others, whose licenses go with it. */
const EXPECTED_OF_BUNDLES = ['bundle/index.js', 'bundle/THIRD_PARTY_NOTICES.txt'];
const DESCRIBED = ['description', 'keywords', 'license', 'engines', 'publishConfig'];

const published = readdirSync('packages')
  .map((name) => ({
    name,
    directory: join('packages', name),
    manifest: JSON.parse(readFileSync(join('packages', name, 'package.json'), 'utf8')),
  }))
  .filter(({ manifest }) => manifest.private !== true);

const output = (error) => `${error.stdout ?? ''}${error.stderr ?? ''}`.trim() || error.message;

/** What a command has to say when it fails; nothing when it succeeds. */
const complaints = (command, args, options) =>
  run(command, args, options).then(
    () => [],
    (error) => [output(error)],
  );

const pack = async ({ directory }, destination) => {
  await run(pnpm, [...pnpmArguments, 'pack', '--pack-destination', destination], { cwd: directory });
  const [tarball] = readdirSync(destination).map((name) => join(destination, name));
  const { stdout } = await run('tar', ['-tzf', tarball]);
  return {
    tarball,
    files: stdout
      .trim()
      .split('\n')
      .map((file) => file.replace(/^package[/]/, '')),
  };
};

/** A command has no names to import, and no types. */
const isLibrary = ({ manifest }) => manifest.exports['.'] !== undefined;

const expectedOf = ({ files }) => [...EXPECTED, ...(files.includes('bundle') ? EXPECTED_OF_BUNDLES : [])];

/** Where a map leads to a source that is not packed, it is half of the tarball for nothing. */
const missingSources = (directory, files) =>
  files
    .filter((file) => file.endsWith('.map'))
    .flatMap((file) =>
      JSON.parse(readFileSync(join(directory, file), 'utf8'))
        .sources.map((source) => join(dirname(file), source))
        .filter((source) => !files.includes(source))
        .map((source) => `F-B15: ${file} is of ${source}, which is not in the tarball`),
    );

const sourcesOf = (built) =>
  ['ts', 'tsx'].map((ending) => built.replace(/^dist/, 'src').replace(/js$/, ending));

const contentProblems = ({ directory, manifest }, files) => [
  ...DESCRIBED.filter((name) => manifest[name] === undefined).map(
    (name) => `F-B15: the manifest has no ${name}`,
  ),
  ...missingSources(directory, files),
  ...files.filter((file) => TEST_CODE.test(file)).map((file) => `test code in the tarball: ${file}`),
  ...expectedOf(manifest)
    .filter((file) => !files.includes(file))
    .map((file) => `not in the tarball: ${file}`),
  ...files
    .filter((file) => /^dist[/].*[.]js$/.test(file))
    .filter((file) => !sourcesOf(file).some((source) => existsSync(join(directory, source))))
    .map((file) => `left from an earlier build: ${file}. Run: pnpm clean && pnpm build`),
];

/** ES modules see the named exports of a CommonJS file only as far as they can be read from its text. */
const namesMissingFromImport = async ({ directory, manifest }) => {
  const main = join(process.cwd(), directory, manifest.exports['.'].default);
  const required = Object.keys(createRequire(main)(main));
  const imported = Object.keys(await import(main));
  return required.filter((name) => !imported.includes(name)).map((name) => `'import' does not see ${name}`);
};

const check = async (each) => {
  const destination = mkdtempSync(join(tmpdir(), 'keyturn-pack-'));
  try {
    const { tarball, files } = await pack(each, destination);
    const problems = [
      ...contentProblems(each, files),
      ...(await complaints('publint', [tarball, '--strict'])),
    ];
    return isLibrary(each)
      ? [
          ...problems,
          ...(await complaints('attw', [tarball, ...ATTW])),
          ...(await namesMissingFromImport(each)),
        ]
      : problems;
  } catch (error) {
    return [output(error)];
  } finally {
    rmSync(destination, { recursive: true, force: true });
  }
};

for (const each of published) {
  const problems = await check(each);
  console.log(`${each.manifest.name}: ${problems.length === 0 ? 'ok' : 'FAILED'}`);
  for (const problem of problems) console.log(problem.replace(/^/gm, '  '));
  if (problems.length > 0) process.exitCode = 1;
}
