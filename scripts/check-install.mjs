// Installs the tarballs in new projects outside the repository, as their users would, with each package manager: then
// compiles an ES module and a CommonJS project strictly, runs both, bundles one with esbuild, and runs the command.
// Usage: node scripts/check-install.mjs [npm|pnpm|yarn …], with the command that runs the project's pnpm in PNPM.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PNPM = (process.env.PNPM ?? 'pnpm').split(' ');
const YARN = ['npx', '--yes', '@yarnpkg/cli-dist@4'];
const TOOLS = { typescript: '5.9.3', '@types/node': '20.19.43', esbuild: '0.28.2', jest: '30.5.2' };
const NEEDS_DRIVER = Number(process.versions.node.split('.')[0]) < 24;

const MANAGERS = {
  npm: { install: ['npm', 'install', '--no-audit', '--no-fund'], setUp: () => undefined },
  pnpm: {
    install: [...PNPM, 'install'],
    setUp: (root) =>
      editManifest(root, allowing({ pnpm: { onlyBuiltDependencies: ['better-sqlite3', 'esbuild'] } })),
  },
  yarn: {
    // In CI yarn refuses to write a lock file, and a new project has none.
    install: [...YARN, 'install', '--no-immutable'],
    setUp: (root) => {
      writeFileSync(join(root, '.yarnrc.yml'), 'nodeLinker: node-modules\nenableTelemetry: false\n');
      // Without it yarn takes the project for a part of one above it.
      writeFileSync(join(root, 'yarn.lock'), '');
      editManifest(root, allowing({ dependenciesMeta: { 'better-sqlite3': { built: true } } }));
    },
  },
};

/** Where nothing has to be compiled, the package manager's defaults have to do. */
const allowing = (more) => (manifest) => ({
  ...manifest,
  ...(NEEDS_DRIVER ? { ...more, pnpm: { ...manifest.pnpm, ...more.pnpm } } : {}),
});

const editManifest = (root, change) => {
  const path = join(root, 'package.json');
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8'))), null, 2));
};

const complaint = (error) => `${error.stdout ?? ''}${error.stderr ?? ''}`.trim() || error.message;

/** Runs a command in the project, and throws with all that it said. */
const inProject = async (root, [command, ...args], env = {}) => {
  try {
    const { stdout } = await run(command, args, {
      cwd: root,
      env: { ...process.env, CI: 'true', ...env },
      maxBuffer: 1e8,
    });
    return stdout;
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')}\n${complaint(error)}`);
  }
};

const newProject = async (manager) => {
  const root = mkdtempSync(join(tmpdir(), `keyturn-${manager}-`));
  cpSync('packages/proofs/install', root, { recursive: true });
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({
      name: 'somebody',
      version: '1.0.0',
      private: true,
      type: 'module',
      devDependencies: TOOLS,
    }),
  );
  await run(process.execPath, [resolve('scripts/install-into.mjs'), root, ...PNPM]);
  return root;
};

const check = async (manager) => {
  const { install, setUp } = MANAGERS[manager];
  const root = await newProject(manager);
  try {
    setUp(root);
    await inProject(root, install);
    await inProject(root, ['node_modules/.bin/tsc', '-p', '.']);
    await inProject(root, [process.execPath, 'out/example.mjs']);
    await inProject(root, [process.execPath, 'out/required.cjs']);
    const bundle = [
      'example.mts',
      '--bundle',
      '--platform=node',
      '--format=esm',
      '--target=node20',
      '--outfile=out/bundle.mjs',
    ];
    await inProject(root, ['node_modules/.bin/esbuild', ...bundle, '--packages=external']);
    for (const made of ['keyturn-data', 'keyturn-data.master-key'])
      rmSync(join(root, made), { recursive: true });
    await inProject(root, [process.execPath, 'out/bundle.mjs']);
    await inProject(root, ['node_modules/.bin/jest', '--testMatch', '**/opens.test.cjs']);
    const listed = await inProject(root, [
      'node_modules/.bin/keyturn',
      'keys',
      'list',
      '--workspace',
      'acme',
      '--json',
    ]);
    if (JSON.parse(listed).keys.length === 0)
      throw new Error('the command lists none of the keys that the example added');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

/** pnpm 10 builds nothing unasked: the install ends well, and what needs the driver says what to do. */
const checkUnbuilt = async () => {
  const root = await newProject('pnpm');
  try {
    await inProject(root, MANAGERS.pnpm.install);
    await inProject(root, ['node_modules/.bin/tsc', '-p', '.']);
    const said = await inProject(root, [process.execPath, 'out/example.mjs']).then(
      () => '',
      (error) => error.message,
    );
    for (const word of ['better-sqlite3', 'onlyBuiltDependencies']) {
      if (!said.includes(word)) throw new Error(`without the driver nobody says "${word}":\n${said}`);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

const wanted = process.argv.slice(2);
const checks = [
  ...Object.keys(MANAGERS).map((manager) => [manager, () => check(manager)]),
  ...(NEEDS_DRIVER ? [['pnpm-unbuilt', checkUnbuilt]] : []),
].filter(([name]) => wanted.length === 0 || wanted.includes(name));

for (const [name, perform] of checks) {
  const began = Date.now();
  try {
    await perform();
    console.log(`${name}: ok (${Math.round((Date.now() - began) / 1_000)} s)`);
  } catch (error) {
    console.log(`${name}: FAILED\n${error.message.slice(0, 4_000)}`);
    process.exitCode = 1;
  }
}
