'use strict';

const { LINES, IMPORTS, TEST_IMPORTS } = require('./scripts/floors.cjs');

/** All their code is test code. */
const PRIVATE = ['testbed', 'proofs'];

const TEST_CODE = [
  '[.]test[.]ts$',
  '/testSupport/',
  '^packages/event-store/src/contract/', // tests for export: every store's adapter runs them
  `^packages/(${PRIVATE.join('|')})/`,
];

const SANDBOX =
  '^packages/vendors/src/(sandbox/|vendors/(sandboxes|[^/]+/(sandbox|sandboxAdmin|answers|refusals|bodies))[.]ts$)';

const OPERATOR = '^packages/operator-credentials/';

/**
 * What holds the two paths against each other: tests of that, and those trust checks that need credentials in reach.
 */
const HOLDS_PATHS_APART = [
  '^packages/proofs/src/.*[.]test[.]ts$',
  '^packages/proofs/src/trust/(noFallback|operatorPath)/',
  '^packages/proofs/src/trust/(main|checks)[.]ts$', // run them
];

const either = (names) => names.map((name) => name.replace(/[.]/g, '[.]')).join('|');

const sourcesOf = (names) => (names.length > 0 ? [`^packages/(${either(names)})/src/`] : []);

const importsOf = ([name, { thirdParty, node }]) => ({
  name: `imports-of-${name}`,
  comment: `What ${name} may import is said by the table in scripts/floors.cjs. Widen it on purpose or not at all.`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: TEST_CODE },
  to: {
    pathNot: [
      `^packages/${name}/src/`,
      ...sourcesOf(IMPORTS[name]),
      ...(thirdParty.length > 0 ? [`node_modules/(${either(thirdParty)})/`] : []),
      ...(node === 'all' || node.length === 0 ? [] : [`^(${either(node)})$`]),
    ],
    ...(node === 'all' ? { dependencyTypesNot: ['core'] } : {}),
  },
});

const typesAloneOf = ([name, { types = [] }]) =>
  types.length === 0
    ? []
    : [
        {
          name: `types-alone-of-${name}`,
          comment: `Of some packages ${name} may import types alone: the table in scripts/floors.cjs names them.`,
          severity: 'error',
          from: { path: `^packages/${name}/src/`, pathNot: TEST_CODE },
          to: { path: sourcesOf(types), dependencyTypesNot: ['type-only'] },
        },
      ];

const testsOf = (name) => ({
  name: `tests-of-${name}`,
  comment:
    'Tests and benchmarks import what lies below their package, and testbed. ' +
    'No arrow runs back up: see scripts/floors.cjs.',
  severity: 'error',
  from: { path: `^packages/${name}/` },
  to: { path: '^packages/', pathNot: [`^packages/${name}/`, ...sourcesOf(TEST_IMPORTS[name])] },
});

module.exports = {
  forbidden: [
    ...Object.entries(LINES)
      .filter(([name]) => !PRIVATE.includes(name))
      .map(importsOf),
    ...Object.entries(LINES).flatMap(typesAloneOf),
    ...Object.keys(LINES).map(testsOf),
    {
      name: 'package-without-a-line',
      comment: 'Every package says in the table of scripts/floors.cjs what it may import.',
      severity: 'error',
      from: {
        path: '^packages/',
        pathNot: [...TEST_CODE, `^packages/(${either(Object.keys(LINES))})/`],
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
        'The rest knows event stores by their port. So do its tests; ' +
        'the server that speaks the protocol is in testbed.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/(event-store-eventstoredb|testbed|proofs)/' },
      to: { path: 'node_modules/(@eventstore/db-client|@grpc/grpc-js|google-protobuf)/' },
    },
    {
      name: 'wire-edge-of-eventstoredb',
      comment:
        'What speaks the protocol is these two files. The rest of the adapter has plain values, ' +
        'so that another client is a change of the two.',
      severity: 'error',
      from: {
        path: '^packages/event-store-eventstoredb/src/',
        pathNot: [...TEST_CODE, '^packages/event-store-eventstoredb/src/(connection|wire)[.]ts$'],
      },
      to: {
        path: 'node_modules/(@eventstore/db-client|@grpc/grpc-js|@types/google-protobuf|google-protobuf)/',
      },
    },
    {
      name: 'sqlite-by-its-seam-alone',
      comment:
        'One SQLite library in a process: two lose each other’s locks. Which one it is, packages/sqlite chooses.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/sqlite/' },
      to: { path: '^(node:)?sqlite$|node_modules/(@types/)?better-sqlite3/' },
    },
    {
      name: 'sandbox-in-production-by-cli-alone',
      comment:
        'The sandbox is for tests, the customers’ as well as ours, and for the command that starts it.',
      severity: 'error',
      from: { path: '^packages/', pathNot: [...TEST_CODE, '/bench/', '^packages/cli/', SANDBOX] },
      to: { path: SANDBOX },
    },
    {
      name: 'sandbox-alone-for-cli',
      comment:
        'What is known of vendors comes through the door. The command starts the sandbox, and takes nothing else.',
      severity: 'error',
      from: { path: '^packages/cli/src/', pathNot: TEST_CODE },
      to: { path: '^packages/vendors/src/', pathNot: SANDBOX },
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
          '^packages/(domain/src/invariants|event-store/src/contract)/index[.]ts$',
          '^packages/(service/src/(permission|reading)|vendors/src/sandbox)/index[.]ts$',
          '^packages/testbed/src/(browser|esdb|postgres|sampling|strangers)/index[.]ts$',
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
    // "The two paths share no code": the files that each path can reach are its own. What the operator's path reaches
    // lies in its package, and nothing else reaches into that; so no file is in both.
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
