// Packs every package that is published into a project's folder, and writes into its package.json what npm, pnpm and
// yarn need to take them from there: until the packages are on a registry. Usage: scripts/install-into PROJECT
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = 'keyturn-packages';
/** What a project imports, or runs; the rest comes along. */
const WANTED = ['keyturn', '@keyturn/cli', '@keyturn/domain', '@keyturn/vendors'];

const [project, pnpm, ...pnpmArguments] = process.argv.slice(2);
const fail = (message) => {
  console.error(`install-into: ${message}`);
  process.exit(2);
};
if (project === undefined || project.startsWith('-')) fail('Usage: scripts/install-into PROJECT');
const root = resolve(project);
const manifestPath = join(root, 'package.json');
if (!existsSync(manifestPath))
  fail(`${root} has no package.json. Make one there (npm init -y), then run this again.`);

const folder = join(root, FOLDER);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const published = readdirSync('packages')
  .map((name) => join('packages', name))
  .map((directory) => ({ directory, ...JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) }))
  .filter((manifest) => manifest.private !== true);

const tarballs = new Map(
  published.map(({ directory, name, version }) => {
    execFileSync(pnpm, [...pnpmArguments, 'pack', '--pack-destination', folder], {
      cwd: directory,
      stdio: 'pipe',
    });
    return [name, `file:./${FOLDER}/${name.replace('@', '').replace('/', '-')}-${version}.tgz`];
  }),
);

const sorted = (entries) => Object.fromEntries([...entries].sort(([a], [b]) => a.localeCompare(b)));
const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
const from = (names) => names.map((name) => [name, tarballs.get(name)]);
const all = from([...tarballs.keys()]);
const dependencies = { ...manifest.dependencies, ...Object.fromEntries(from(WANTED)) };
const written = {
  ...manifest,
  dependencies: sorted(Object.entries(dependencies)),
  // npm: what is a dependency of the project itself is named by it.
  overrides: {
    ...manifest.overrides,
    ...sorted(all.map(([name, file]) => [name, WANTED.includes(name) ? `$${name}` : file])),
  },
  pnpm: { ...manifest.pnpm, overrides: { ...manifest.pnpm?.overrides, ...sorted(all) } },
  // yarn
  resolutions: { ...manifest.resolutions, ...sorted(all) },
};
writeFileSync(manifestPath, `${JSON.stringify(written, null, 2)}\n`);
console.log(`${tarballs.size} packages are in ${join(project, FOLDER)}, and ${join(project, 'package.json')} names them.
Now install them there with one of: npm install, pnpm install, yarn install`);
