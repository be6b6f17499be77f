'use strict';

/**
 * The packages by floor, from the ground up, and what the production code of each may import. `workspace`: other
 * packages of this workspace. `types`: those of which it may import types alone. `thirdParty`: npm packages. `node`:
 * built-in modules, all of them or those named. A package that has no line here may import nothing. The private
 * packages of test code, on the ground and on the roof, take what third parties they need.
 */
const FLOORS = {
  ground: {
    domain: { workspace: [], thirdParty: ['fp-ts', 'io-ts'], node: ['crypto'] },
    'event-store': { workspace: [], thirdParty: ['fp-ts'], node: 'all' },
    sqlite: { workspace: [], thirdParty: ['better-sqlite3'], node: 'all' },
    'operator-credentials': { workspace: [], thirdParty: [], node: 'all' },
    testbed: { workspace: [] },
  },
  parts: {
    'event-store-sqlite': { workspace: ['event-store', 'sqlite'], thirdParty: ['fp-ts'], node: 'all' },
    'event-store-eventstoredb': {
      workspace: ['event-store'],
      // gRPC and protobuf: the client leaves it to its callers to take messages off a call, and to make them.
      thirdParty: ['@eventstore/db-client', '@grpc/grpc-js', 'fp-ts', 'google-protobuf', 'io-ts'],
      node: 'all',
    },
    vault: {
      workspace: ['sqlite'],
      thirdParty: ['@node-rs/argon2', 'fp-ts', 'io-ts', 'pg', 'tweetnacl'],
      node: 'all',
    },
    vendors: { workspace: [], thirdParty: ['csv-parse', 'fp-ts', 'io-ts'], node: 'all' },
  },
  work: {
    service: {
      workspace: ['domain', 'event-store', 'vault', 'vendors'],
      thirdParty: ['@opentelemetry/api', 'fp-ts', 'io-ts', 'pino', 'uuid'],
      node: 'all',
    },
    projections: {
      workspace: ['domain', 'event-store', 'sqlite'],
      thirdParty: ['fp-ts', 'io-ts', 'kysely', 'fastest-levenshtein'],
      node: 'all',
    },
  },
  door: {
    keyturn: {
      workspace: [
        'domain',
        'event-store',
        'event-store-eventstoredb',
        'event-store-sqlite',
        'projections',
        'service',
        'sqlite',
        'vault',
        'vendors',
      ],
      thirdParty: ['@opentelemetry/api', 'fp-ts', 'io-ts', 'pino', 'uuid'],
      node: 'all',
    },
  },
  faces: {
    pages: { workspace: ['keyturn'], types: ['domain'], thirdParty: ['hono'], node: ['crypto'] },
    http: {
      workspace: ['keyturn', 'pages'],
      types: ['domain'],
      thirdParty: ['fp-ts', 'hono', 'io-ts'],
      node: 'all',
    },
    cli: {
      // Of vendors the sandbox alone, which it starts.
      workspace: ['http', 'keyturn', 'pages', 'vendors'],
      types: ['domain'],
      thirdParty: [
        '@hono/node-server',
        'cli-progress',
        'cli-table3',
        'commander',
        'fp-ts',
        'io-ts',
        'jsonc-parser',
        'picocolors',
        'pino',
        'string-width',
      ],
      node: 'all',
    },
  },
  roof: {
    proofs: { workspace: 'all' },
  },
};

const ORDER = Object.values(FLOORS).map((floor) => Object.keys(floor));
const LINES = Object.assign({}, ...Object.values(FLOORS));

/** Apart from everything: reached by those alone that hold the two paths against each other. */
const APART = 'operator-credentials';
/** What tests of every floor stand on. */
const TESTBED = 'testbed';

const importsOf = (name) => {
  const { workspace, types = [] } = LINES[name];
  return workspace === 'all'
    ? Object.keys(LINES).filter((other) => other !== name)
    : [...workspace, ...types];
};

const testImportsOf = (name) => {
  if (name === TESTBED || name === APART || LINES[name].workspace === 'all') return importsOf(name);
  const floor = ORDER.findIndex((names) => names.includes(name));
  const below = ORDER.slice(0, floor).flat();
  return [...new Set([...importsOf(name), ...below, TESTBED])].filter((other) => other !== APART);
};

const ofEach = (what) => Object.fromEntries(Object.keys(LINES).map((name) => [name, what(name)]));

module.exports = {
  LINES,
  /** By package: those that its production code may import, be it types alone. */
  IMPORTS: ofEach(importsOf),
  /** By package: those that its tests and benchmarks may import; so also those of lower floors, and testbed. */
  TEST_IMPORTS: ofEach(testImportsOf),
};
