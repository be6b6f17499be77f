import { afterEach, beforeEach } from '@jest/globals';
import { directoryTemplate } from '@keyturn/testbed';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initKeyturn } from '../deployment/deployment';
import type { ActContext } from '../context';
import type { Keyturn, KeyturnOptions } from '../keyturn';
import { openKeyturn } from '../openKeyturn';

/** Who acts in most tests. */
export const ada: ActContext = { workspaceId: 'acme', actor: { kind: 'user', id: 'ada' } };

/** A temporary directory with a vendor sandbox, for the tests of a file. */
export interface AtWork {
  readonly sandbox: VendorSandbox;
  readonly root: string;
  /** What opens the deployment in it. */
  readonly options: KeyturnOptions;
  /** Opens it; closed when the test ends. */
  readonly open: (more?: Partial<KeyturnOptions>) => Promise<Keyturn>;
  /** Closed when the test ends. */
  readonly opened: (keyturn: Keyturn) => Keyturn;
}

const placeIn = (root: string) => ({
  directory: join(root, 'data'),
  masterKey: { file: join(root, 'master.key') },
});

const newDeployment = directoryTemplate(async (root) => {
  await initKeyturn(placeIn(root));
});

/** @param made whether the deployment is there when a test begins */
export const atWork = ({ made }: { readonly made: boolean }): (() => AtWork) => {
  let now: AtWork | null = null;
  const open: Keyturn[] = [];

  beforeEach(async () => {
    const sandbox = await startVendorSandbox();
    const root = made ? await newDeployment() : mkdtempSync(join(tmpdir(), 'keyturn-door-'));
    const options: KeyturnOptions = {
      ...placeIn(root),
      authorize: () => true,
      housekeeping: false,
      endpointOverrides: { anthropic: sandbox.url, openai: sandbox.url },
    };
    const opened = (keyturn: Keyturn): Keyturn => {
      open.push(keyturn);
      return keyturn;
    };
    now = {
      sandbox,
      root,
      options,
      opened,
      open: async (more = {}) => opened(await openKeyturn({ ...options, ...more })),
    };
  });

  afterEach(async () => {
    for (const keyturn of open.splice(0)) await keyturn.close({ drainMs: 0 });
    await now?.sandbox.close();
    if (now !== null) rmSync(now.root, { recursive: true, force: true });
    now = null;
  });

  return () => {
    if (now === null) throw new Error('only while a test runs');
    return now;
  };
};
