'use strict';

/**
 * What the production code of each package may import. `workspace`: other packages of this workspace. `thirdParty`: npm
 * packages. `node`: built-in modules, all of them or those named. A package that has no line here may import nothing.
 */
const MAY_IMPORT = {
  domain: { workspace: [], thirdParty: ['fp-ts', 'io-ts'], node: ['crypto'] },
  'event-store': { workspace: [], thirdParty: ['fp-ts'], node: 'all' },
  'event-store-sqlite': { workspace: ['event-store'], thirdParty: ['better-sqlite3', 'fp-ts'], node: 'all' },
  'event-store-eventstoredb': {
    workspace: ['event-store'],
    // gRPC and protobuf: the client leaves it to its callers to take messages off a call, and to make them.
    thirdParty: ['@eventstore/db-client', '@grpc/grpc-js', 'fp-ts', 'google-protobuf', 'io-ts'],
    node: 'all',
  },
  vault: {
    workspace: [],
    thirdParty: ['@node-rs/argon2', 'better-sqlite3', 'fp-ts', 'io-ts', 'pg', 'tweetnacl'],
    node: 'all',
  },
  vendors: { workspace: [], thirdParty: ['fp-ts', 'io-ts'], node: 'all' },
  service: {
    workspace: ['domain', 'event-store', 'vault', 'vendors'],
    thirdParty: ['fp-ts', 'io-ts', 'pino', 'uuid'],
    node: 'all',
  },
  projections: {
    workspace: ['domain', 'event-store'],
    thirdParty: ['better-sqlite3', 'fp-ts', 'io-ts', 'kysely'],
    node: 'all',
  },
  'operator-credentials': { workspace: [], thirdParty: [], node: 'all' },
  cli: {
    workspace: [
      'domain',
      'event-store',
      'event-store-eventstoredb',
      'event-store-sqlite',
      'projections',
      'service',
      'vault',
      'vendors',
    ],
    thirdParty: ['cli-progress', 'cli-table3', 'commander', 'fp-ts', 'io-ts', 'picocolors', 'pino', 'uuid'],
    node: 'all',
  },
};

const TEST_CODE = [
  '[.]test[.]ts$',
  '/testSupport/',
  '^packages/event-store/src/contract/', // tests for export: every store's adapter runs them
  '^packages/(testbed|proofs)/',
];

const OPERATOR = '^packages/operator-credentials/';

/** What holds the two paths against each other: tests of that, and those trust checks that need credentials in reach. */
const HOLDS_PATHS_APART = [
  '^packages/proofs/src/.*[.]test[.]ts$',
  '^packages/proofs/src/trust/(noFallback|operatorPath)/',
  '^packages/proofs/src/trust/(main|checks)[.]ts$', // run them
];

const either = (names) => names.map((name) => name.replace(/[.]/g, '[.]')).join('|');

const importsOf = ([name, { workspace, thirdParty, node }]) => ({
  name: `imports-of-${name}`,
  comment: `What ${name} may import is said by the table in .dependency-cruiser.cjs. Widen it on purpose or not at all.`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: TEST_CODE },
  to: {
    pathNot: [
      `^packages/${name}/src/`,
      ...(workspace.length > 0 ? [`^packages/(${either(workspace)})/src/`] : []),
      ...(thirdParty.length > 0 ? [`node_modules/(${either(thirdParty)})/`] : []),
      ...(node === 'all' ? [] : [`^(${either(node)})$`]),
    ],
    ...(node === 'all' ? { dependencyTypesNot: ['core'] } : {}),
  },
});

module.exports = {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(importsOf),
    {
      name: 'package-without-a-line',
      comment: 'Every package says in the table of .dependency-cruiser.cjs what it may import.',
      severity: 'error',
      from: {
        path: '^packages/',
        pathNot: [...TEST_CODE, `^packages/(${either(Object.keys(MAY_IMPORT))})/`],
      },
      to: {},
    },
    {
      name: 'no-test-code-in-production',
      comment:
        'What is published works without tests, fixtures, the contract suite and development dependencies.',
      severity: 'error',
      from: { path: '^packages/', pathNot: TEST_CODE },
      to: { path: TEST_CODE },
    },
    {
      name: 'no-development-dependency-in-production',
      comment: 'It would be missing where the package is installed: put it under "dependencies".',
      severity: 'error',
      from: { path: '^packages/', pathNot: TEST_CODE },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'eventstoredb-by-its-adapter-alone',
      comment:
        'The rest knows event stores by their port. So do its tests; the server that speaks the protocol is in testbed.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/(event-store-eventstoredb|testbed|proofs)/' },
      to: { path: 'node_modules/(@eventstore/db-client|@grpc/grpc-js|google-protobuf)/' },
    },
    {
      name: 'no-deep-import',
      comment:
        "Another package's face is its index.ts (and the contract's, and the sandbox's); what is behind it is its own.",
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: {
        path: '^packages/[^/]+/',
        pathNot: [
          '^packages/$1/',
          '^packages/[^/]+/src/index[.]ts$',
          '^packages/(domain/src/invariants|event-store/src/contract|vendors/src/sandbox)/index[.]ts$',
          '^packages/testbed/src/(esdb|postgres)/index[.]ts$',
        ],
      },
    },
    {
      name: 'no-cycle',
      comment: 'Files that need each other are one subject, or lack a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'listed-in-package-json',
      comment: 'It is here by chance, by way of another package.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    // "The two paths share no code": the files that each path can reach are its own. What the operator's path reaches lies
    // in its package, and nothing else reaches into that; so no file is in both.
    {
      name: 'operator-path-reaches-only-itself',
      comment: 'The operator credentials and the customers’ keys share no code.',
      severity: 'error',
      from: { path: `${OPERATOR}src/`, pathNot: TEST_CODE },
      to: { path: '^(packages|node_modules|[.][.])/', pathNot: `${OPERATOR}src/`, reachable: true },
    },
    {
      name: 'operator-path-is-reached-by-none',
      comment: 'The operator credentials and the customers’ keys share no code.',
      severity: 'error',
      from: { path: '^packages/', pathNot: [OPERATOR, ...HOLDS_PATHS_APART] },
      to: { path: OPERATOR, reachable: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true, // imports of types alone count
    combinedDependencies: true, // development tools are listed in the root's package.json
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
    tsConfig: { fileName: 'tsconfig.check.json' }, // whose paths lead to the sources, not to what was built
  },
};
