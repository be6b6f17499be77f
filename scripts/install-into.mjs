// Packs every package that is published into a project's folder, and writes into its package.json what npm, pnpm and
// yarn need to take them from there: until the packages are on a registry. Usage: scripts/install-into PROJECT
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = 'keyturn-packages';
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

const published = readdirSync('packages')
  .map((name) => join('packages', name))
  .map((directory) => ({ directory, ...JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) }))
  .filter((manifest) => manifest.private !== true);

/** A lock file holds a tarball by its name: what has other content needs another one, be the version the same. */
const packInto = (destination, { directory, name, version }) => {
  const pack = ['pack', '--pack-destination', destination];
  execFileSync(pnpm, [...pnpmArguments, ...pack], { cwd: directory, stdio: 'pipe' });
  const stem = `${name.replace('@', '').replace('/', '-')}-${version}`;
  const packed = join(destination, `${stem}.tgz`);
  const hash = createHash('sha256').update(readFileSync(packed)).digest('hex').slice(0, 8);
  renameSync(packed, join(destination, `${stem}-${hash}.tgz`));
  return [name, `file:./${FOLDER}/${stem}-${hash}.tgz`];
};

/** Replaces the folder only once everything is packed: until then the project keeps what it has. */
const packAll = () => {
  const folder = join(root, FOLDER);
  const packing = `${folder}.${process.pid}`;
  try {
    mkdirSync(packing);
    const packed = published.map((manifest) => packInto(packing, manifest));
    rmSync(folder, { recursive: true, force: true });
    renameSync(packing, folder);
    return new Map(packed);
  } catch (error) {
    rmSync(packing, { recursive: true, force: true });
    throw error;
  }
};
const tarballs = packAll();

const sorted = (entries) => Object.fromEntries([...entries].sort(([a], [b]) => a.localeCompare(b)));
const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
const all = [...tarballs];
// All of them: npm can't replace an override that names a file, once it has a lock file.
const dependencies = { ...manifest.dependencies, ...Object.fromEntries(all) };
const written = {
  ...manifest,
  dependencies: sorted(Object.entries(dependencies)),
  // npm: what is a dependency of the project itself is named by it.
  overrides: { ...manifest.overrides, ...sorted(all.map(([name]) => [name, `$${name}`])) },
  pnpm: { ...manifest.pnpm, overrides: { ...manifest.pnpm?.overrides, ...sorted(all) } },
  // yarn
  resolutions: { ...manifest.resolutions, ...sorted(all) },
};
writeFileSync(manifestPath, `${JSON.stringify(written, null, 2)}\n`);
console.log(`${tarballs.size} packages are in ${join(project, FOLDER)}, and ${join(project, 'package.json')} names them.
Now install them there with one of: npm install, pnpm install, yarn install`);
