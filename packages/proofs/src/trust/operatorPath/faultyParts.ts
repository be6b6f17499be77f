import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultyPart } from '../check';
import { apartAtRunTime, PACKAGES, type Sides } from './atRunTime';
import type { Side } from './loadedFiles';
import { typesApart } from './typesApart';

/** Makes files for the processes of a faulty side. */
type Write = (name: string, text: string) => string;

interface FaultySide {
  readonly name: string;
  readonly change: (write: Write) => (sides: Sides) => Sides;
  readonly seen: RegExp;
}

const text = JSON.stringify;
const packageFile = (name: string): string => text(join(PACKAGES, name));

/** Where the vault's passphrases are hashed. */
const nativePart = (): string =>
  execFileSync(
    process.execPath,
    [
      '-p',
      `require('node:module').createRequire(${packageFile('vault/package.json')})('@node-rs/argon2');
       process.report.getReport().sharedObjects.find((path) => path.endsWith('.node'))`,
    ],
    { encoding: 'utf8' },
  ).trim();

/** The side as it is, after something else was done in its process. */
const after = (write: Write, first: string, side: Side): Side => ({
  ...side,
  entry: write(
    `after-${side.run}.cjs`,
    `exports.${side.run} = async (input) => { ${first}; return require(${text(side.entry)}).${side.run}(input); };`,
  ),
});

const both =
  (write: Write, first: string) =>
  ({ customers, operators }: Sides): Sides => ({
    customers: after(write, first, customers),
    operators: after(write, first, operators),
  });

const FAULTY_SIDES: ReadonlyArray<FaultySide> = [
  {
    name: 'the operator package on the customers’ path',
    change: (write) => (sides) => ({
      ...sides,
      customers: after(write, `require(${packageFile('operator-credentials')})`, sides.customers),
    }),
    seen: /both loaded: operator-credentials\/dist\/content\.js/,
  },
  {
    name: 'a file of another package on the operator’s path alone',
    change: (write) => (sides) => ({
      ...sides,
      operators: after(write, `require(${packageFile('domain/dist/ids.js')})`, sides.operators),
    }),
    seen: /The operator's path loaded of other packages: domain\/dist\/ids\.js/,
  },
  {
    name: 'a file that both have loaded',
    change: (write) => both(write, `require(${text(write('shared.cjs', ''))})`),
    seen: /both loaded: .*shared\.cjs/,
  },
  {
    name: 'an ES module that both have loaded',
    change: (write) => both(write, `await import(${text(write('shared.mjs', ''))})`),
    seen: /both loaded: .*shared\.mjs/,
  },
  {
    name: 'native code that both have mapped, whatever loaded it',
    change: (write) => both(write, `process.dlopen({ exports: {} }, ${text(nativePart())})`),
    seen: /both loaded: .*argon2.*\.node/,
  },
  {
    name: 'a critic that takes the customer’s key',
    change: (write) => (sides) => ({
      ...sides,
      operators: {
        ...sides.operators,
        entry: write(
          'critic.cjs',
          `exports.judgeBeforeCommit = async ({ origin }) => {
             require(${packageFile('operator-credentials')});
             await fetch(origin + '/v1/messages', { method: 'POST', headers: { 'x-api-key': 'another' } });
           };`,
        ),
      },
    }),
    seen: /with what belongs to the other's/,
  },
  {
    name: 'a side that does nothing',
    change: (write) => (sides) => ({
      ...sides,
      customers: { ...sides.customers, entry: write('idle.cjs', 'exports.addAKeyAndRun = () => null;') },
    }),
    seen: /loaded nothing of vault\/dist: this shows nothing/,
  },
];

const runWith = async (change: FaultySide['change']) => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-faulty-side-'));
  try {
    return await apartAtRunTime(
      change((name, content) => {
        const path = join(directory, name);
        writeFileSync(path, content);
        return path;
      }),
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

const takesAnything = {
  name: 'anything',
  takes: ['customers'],
  put: (given: string) => `declare const take: (secret: { toJSON: () => string }) => void; take(${given});`,
} as const;

export const FAULTY_PARTS: ReadonlyArray<FaultyPart> = [
  ...FAULTY_SIDES.map(({ name, change, seen }) => ({ name, seen, run: () => runWith(change) })),
  {
    name: 'a place for a customer’s secret that takes the operator’s credential',
    seen: /operators in the place of anything: compiles, and must not/,
    run: () => Promise.resolve(typesApart([takesAnything])),
  },
];
