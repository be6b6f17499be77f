import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// The rules of `.dependency-cruiser.cjs`, run over a small workspace made for it: they are worth something only if they
// can fail.

const REPOSITORY = resolve(__dirname, '../../../..');
const PACKAGES = [
  'cli',
  'domain',
  'event-store',
  'event-store-eventstoredb',
  'event-store-sqlite',
  'keyturn',
  'newcomer',
  'operator-credentials',
  'pages',
  'projections',
  'proofs',
  'service',
  'sqlite',
  'testbed',
  'vault',
  'vendors',
];

type Files = Readonly<Record<string, string>>;

const workspace: Files = {
  'package.json': JSON.stringify({ devDependencies: { 'dev-tool': '1.0.0' } }),
  'tsconfig.check.json': JSON.stringify({
    compilerOptions: {
      module: 'node16',
      moduleResolution: 'node16',
      paths: {
        '@keyturn/testbed/*': ['./packages/testbed/src/*/index.ts'],
        '@keyturn/vendors/sandbox': ['./packages/vendors/src/sandbox/index.ts'],
        '@keyturn/*': ['./packages/*/src/index.ts'],
        keyturn: ['./packages/keyturn/src/index.ts'],
      },
    },
  }),
  ...Object.fromEntries(
    ['@eventstore/db-client', 'better-sqlite3', 'dev-tool', 'left-pad', 'unlisted', 'uuid'].flatMap(
      (name) => [
        [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
        [`node_modules/${name}/index.js`, 'module.exports = {};'],
      ],
    ),
  ),
  ...Object.fromEntries(
    PACKAGES.flatMap((name) => [
      [
        `packages/${name}/package.json`,
        JSON.stringify({
          name: `@keyturn/${name}`,
          dependencies: {
            '@eventstore/db-client': '1.0.0',
            'better-sqlite3': '1.0.0',
            'left-pad': '1.0.0',
            uuid: '1.0.0',
          },
        }),
      ],
      [`packages/${name}/src/index.ts`, `export const ${name.replaceAll('-', '')} = 1;`],
      [`packages/${name}/src/inner.ts`, 'export const inner = 1;'],
    ]),
  ),
  'packages/service/src/allowed.ts': [
    "import '@keyturn/vault';",
    "import 'uuid';",
    "import './inner';",
    "import 'node:fs';",
  ].join('\n'),
  'packages/service/src/allowed.test.ts': [
    "import '@keyturn/event-store-sqlite';",
    "import '@keyturn/testbed';",
    "import '@keyturn/testbed/esdb';",
    "import '@keyturn/vendors/sandbox';",
    "import 'dev-tool';",
  ].join('\n'),
  'packages/service/bench/allowed.mjs': "import '../../event-store-sqlite/src/index';",
  'packages/sqlite/src/driver.ts': "import type {} from 'better-sqlite3';",
  'packages/testbed/src/esdb/index.ts': "import '@eventstore/db-client';",
  'packages/vendors/src/sandbox/index.ts': "import '../inner';",
  'packages/cli/src/playsTheSandbox.ts': "import '@keyturn/vendors/sandbox';",
  'packages/keyturn/src/allowed.ts': "import '@keyturn/service';\nimport '@keyturn/event-store-sqlite';",
  'packages/keyturn/src/allowed.test.ts': "import '@keyturn/testbed';\nimport '@keyturn/vendors/sandbox';",
  'packages/pages/src/allowed.ts': "import 'keyturn';\nimport type {} from '@keyturn/domain';",
  'packages/operator-credentials/src/allowed.ts': "import 'node:fs/promises';\nimport './inner';",
  'packages/event-store-eventstoredb/src/wire.ts': "import '@eventstore/db-client';",
  'packages/proofs/src/speaksTheProtocol.ts': "import '@eventstore/db-client';",
  'packages/proofs/src/typesApart.test.ts':
    "import '@keyturn/operator-credentials';\nimport '@keyturn/vault';",
  'packages/proofs/src/trust/noFallback/site.ts':
    "import '@keyturn/operator-credentials';\nimport '@keyturn/vault';",
  'packages/proofs/src/trust/main.ts': "import './noFallback/site';",
};

/** A file that breaks rules, and the rules that it is to break. */
const breaches: readonly (readonly [path: string, text: string, ...rules: string[]])[] = [
  ['packages/domain/src/callsService.ts', "import '@keyturn/service';", 'imports-of-domain'],
  ['packages/domain/src/readsFiles.ts', "import 'node:fs';", 'imports-of-domain'],
  ['packages/vault/src/callsDomain.ts', "import type {} from '@keyturn/domain';", 'imports-of-vault'],
  ['packages/service/src/pads.ts', "import 'left-pad';", 'imports-of-service'],
  ['packages/service/src/tooled.ts', "import 'dev-tool';", 'no-development-dependency-in-production'],
  [
    'packages/service/src/client.test.ts',
    "import '@eventstore/db-client';",
    'eventstoredb-by-its-adapter-alone',
  ],
  [
    'packages/event-store-eventstoredb/src/reading.ts',
    "import type {} from '@eventstore/db-client';",
    'wire-edge-of-eventstoredb',
  ],
  [
    'packages/event-store-sqlite/src/opens.ts',
    "import type {} from 'better-sqlite3';",
    'imports-of-event-store-sqlite',
    'sqlite-by-its-seam-alone',
  ],
  ['packages/vault/src/opens.test.ts', "import 'node:sqlite';", 'sqlite-by-its-seam-alone'],
  ['packages/service/src/phantom.test.ts', "import 'unlisted';", 'listed-in-package-json'],
  ['packages/service/src/tested.ts', "import '@keyturn/testbed';", 'no-test-code-in-production'],
  [
    'packages/service/src/playsTheSandbox.ts',
    "import '@keyturn/vendors/sandbox';",
    'sandbox-in-production-by-cli-alone',
  ],
  ['packages/cli/src/knowsVendors.ts', "import '@keyturn/vendors';", 'sandbox-alone-for-cli'],
  ['packages/service/src/upwards.test.ts', "import '@keyturn/proofs';", 'tests-of-service'],
  ['packages/service/src/typesUpwards.test.ts', "import type {} from 'keyturn';", 'tests-of-service'],
  ['packages/service/src/testSupport/upwards.ts', "import '@keyturn/cli';", 'tests-of-service'],
  ['packages/service/src/neighbour.test.ts', "import '@keyturn/projections';", 'tests-of-service'],
  ['packages/vault/src/neighbour.test.ts', "import '@keyturn/event-store-sqlite';", 'tests-of-vault'],
  ['packages/vault/bench/upwards.mjs', "import '../../service/src/index';", 'tests-of-vault'],
  ['packages/keyturn/src/upwards.test.ts', "import '@keyturn/cli';", 'tests-of-keyturn'],
  ['packages/keyturn/src/tested.ts', "import '@keyturn/testbed';", 'imports-of-keyturn'],
  ['packages/pages/src/goesPastTheDoor.ts', "import '@keyturn/service';", 'imports-of-pages'],
  [
    'packages/pages/src/callsDomain.ts',
    "import { domain } from '@keyturn/domain';\nexport const x = domain;",
    'types-alone-of-pages',
  ],
  ['packages/testbed/src/knows.ts', "import type {} from '@keyturn/domain';", 'tests-of-testbed'],
  ['packages/testbed/src/knows.test.ts', "import '@keyturn/event-store';", 'tests-of-testbed'],
  ['packages/service/src/supported.ts', "import './testSupport/made';", 'no-test-code-in-production'],
  ['packages/service/src/deep.ts', "import '../../vault/src/inner';", 'no-deep-import'],
  [
    'packages/service/src/deep.test.ts',
    "export const x = import('../../vault/src/inner');",
    'no-deep-import',
  ],
  ['packages/service/src/lost.ts', "import './nowhere';", 'resolvable'],
  ['packages/service/src/egg.ts', "import './hen';", 'no-cycle'],
  ['packages/newcomer/src/imports.ts', "import 'node:fs';", 'package-without-a-line'],
  [
    'packages/operator-credentials/src/callsVault.ts',
    "import '@keyturn/vault';",
    'imports-of-operator-credentials',
    'operator-path-reaches-only-itself',
  ],
  [
    'packages/operator-credentials/src/pads.ts',
    "import 'left-pad';",
    'imports-of-operator-credentials',
    'operator-path-reaches-only-itself',
  ],
  [
    'packages/service/src/callsOperator.ts',
    "import '@keyturn/operator-credentials';",
    'imports-of-service',
    'operator-path-is-reached-by-none',
  ],
  [
    'packages/service/src/callsByWayOfAnother.ts',
    "import './callsOperator';",
    'operator-path-is-reached-by-none',
  ],
  [
    'packages/proofs/src/callsOperator.ts',
    "import '@keyturn/operator-credentials';",
    'operator-path-is-reached-by-none',
  ],
  [
    'packages/proofs/src/trust/kills/callsOperator.ts',
    "import '@keyturn/operator-credentials';",
    'operator-path-is-reached-by-none',
  ],
  [
    'packages/proofs/src/callsTrust.ts',
    "import './trust/noFallback/site';",
    'operator-path-is-reached-by-none',
  ],
];

const companions: Files = {
  'packages/service/src/testSupport/made.ts': 'export const made = 1;',
  'packages/service/src/hen.ts': "import type {} from './egg';",
};

let directory: string;
const write = (files: Files): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
};

/** The rules broken, by the file that breaks them. */
const cruise = (): ReadonlyMap<string, readonly string[]> => {
  const cruiser = join(REPOSITORY, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(REPOSITORY, '.dependency-cruiser.cjs');
  const { stdout, stderr } = spawnSync(process.execPath, [cruiser, '--config', config, 'packages'], {
    cwd: directory,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toContain('dependencies cruised');
  const broken = new Map<string, readonly string[]>();
  for (const [, rule = '', file = ''] of stdout.matchAll(/^ *error ([^:]+): (\S+)/gm)) {
    broken.set(file, [...(broken.get(file) ?? []), rule]);
  }
  return broken;
};

let brokenAtFirst: ReadonlyMap<string, readonly string[]>;
let broken: ReadonlyMap<string, readonly string[]>;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-rules-'));
  write(workspace);
  brokenAtFirst = cruise();
  write({ ...companions, ...Object.fromEntries(breaches.map(([path, text]) => [path, text])) });
  broken = cruise();
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

test('what is allowed breaks no rule', () => {
  expect(brokenAtFirst).toEqual(new Map());
});

test.each(breaches)('a breach in %s is found: %s', (path, _text, ...rules) => {
  expect(broken.get(path)).toEqual(expect.arrayContaining(rules));
});
