import { randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import type { Figures, Findings } from '../check';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { filesLoadedBy, sharedFiles, type Ran, type Side } from './loadedFiles';

/** The packages' folder, from the sources and from what was built of them. */
export const PACKAGES = resolve(__dirname, '..', '..', '..', '..');
const BUILT = join(PACKAGES, 'proofs', 'dist');

/** Code of which a side has to have loaded some, or it did not run what it is to stand for. */
const CUSTOMERS_CODE = [
  'keyturn/dist',
  'service/dist',
  'vault/dist',
  'event-store-sqlite/dist',
  'vendors/dist',
  'domain/dist',
  'projections/dist',
];
const OPERATORS_CODE = ['operator-credentials/dist'];

export interface Sides {
  readonly customers: Side;
  readonly operators: Side;
}

/** What each path is given: one adds a customer's key and runs with it, the other is the operator's critic. */
const examples = (
  directory: string,
  sandbox: VendorSandbox,
  pastedKey: string,
  credentialFile: string,
): Sides => ({
  customers: {
    entry: join(BUILT, 'trust', 'operatorPath', 'customerProcess.js'),
    run: 'addAKeyAndRun',
    input: {
      directory: join(directory, 'data'),
      pastedKey,
      endpointOverrides: { anthropic: sandbox.url },
    },
  },
  operators: {
    entry: join(BUILT, 'trust', 'operatorPath', 'critic.js'),
    run: 'judgeBeforeCommit',
    input: { credentialFile, draft: 'A draft.', origin: sandbox.url },
  },
});

const unlessAll = (whose: string, wanted: ReadonlyArray<string>, { files }: Ran): ReadonlyArray<string> =>
  wanted
    .filter((part) => ![...files].some((file) => file.startsWith(join(PACKAGES, part) + sep)))
    .map((part) => `The process of the ${whose} path loaded nothing of ${part}: this shows nothing.`);

/** What the operator's process loaded beside its own package and the file that it was told to run. */
const beside = ({ entry }: Side, { files }: Ran): ReadonlyArray<string> =>
  [...files].filter(
    (file) =>
      file.startsWith(PACKAGES + sep) &&
      !file.startsWith(join(PACKAGES, 'operator-credentials') + sep) &&
      file !== realpathSync(entry),
  );

/** The first ten, without where this repository lies. */
const names = (files: ReadonlyArray<string>): string =>
  [
    ...files
      .slice(0, 10)
      .map((file) => file.replace(PACKAGES + sep, '').replace(/^.*[\\/]node_modules[\\/]/, 'node_modules/')),
    ...(files.length > 10 ? [`${files.length - 10} more`] : []),
  ].join(', ');

/**
 * Runs both paths for real, each in a process of its own, against a vendor: no file of code is in both processes but
 * what Node has of its own, and each vendor call is made with what belongs to its path.
 *
 * @param change what a test puts in the place of a side
 */
export const apartAtRunTime = async (
  change: (sides: Sides) => Sides = (sides) => sides,
): Promise<Findings> => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-paths-'));
  const sandbox = await startVendorSandbox();
  try {
    const pasted = sandbox.issueKey('anthropic');
    const credential = sandbox.issueKey('anthropic');
    const credentialFile = join(directory, randomBytes(4).toString('hex'));
    writeFileSync(credentialFile, `${credential}\n`, { mode: 0o600 });
    const sides = change(examples(directory, sandbox, pasted, credentialFile));
    const operators = await filesLoadedBy(sides.operators);
    const ofOperator = sandbox.calls.length;
    const customers = await filesLoadedBy(sides.customers);
    const shared = await sharedFiles(customers, operators);
    const strange = beside(sides.operators, operators);
    const figures: Figures = {
      "files of the customers' path": customers.files.size,
      "files of the operator's path": operators.files.size,
      'files in both': shared.length,
    };
    const calls = sandbox.calls.map(({ key }, n) => [key, n < ofOperator ? credential : pasted] as const);
    return {
      figures,
      violations: [
        ...unlessAll("customers'", CUSTOMERS_CODE, customers),
        ...unlessAll("operator's", OPERATORS_CODE, operators),
        ...(ofOperator === 0 || calls.length === ofOperator
          ? ['A path made no vendor call: this shows nothing.']
          : []),
        ...(calls.some(([got, due]) => got !== due)
          ? ["A vendor was called on one path with what belongs to the other's."]
          : []),
        ...(shared.length > 0 ? [`“The two paths share no code”, and both loaded: ${names(shared)}`] : []),
        ...(strange.length > 0 ? [`The operator's path loaded of other packages: ${names(strange)}`] : []),
      ],
    };
  } finally {
    await sandbox.close();
    rmSync(directory, { recursive: true, force: true });
  }
};
