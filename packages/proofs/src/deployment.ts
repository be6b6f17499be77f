import { directoryTemplate } from '@keyturn/testbed';
import type { PostgresPlace } from '@keyturn/vault';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { initKeyturn, openKeyturn, type Keyturn, type KeyturnOptions } from 'keyturn';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A database for the vault, and how long a call waits there for another process, in milliseconds. */
export type VaultServer = PostgresPlace & { readonly busyTimeoutMs?: number };

/** What the door made in a temporary directory: data and master key, with a vendor sandbox beside them. */
export interface Deployment {
  /** Has the data directory and the master key. */
  readonly directory: string;
  readonly data: string;
  readonly eventsFile: string;
  /** Where the vault's files lie, unless it is on a server. */
  readonly vaultDirectory: string;
  readonly vaultServer: VaultServer | undefined;
  readonly masterKeyFile: string;
  readonly sandbox: VendorSandbox;
  /** What opens it: everybody may do everything, and nothing keeps it in order by itself. */
  readonly options: KeyturnOptions;
  /** Opens it through the door. Closed with the rest. */
  readonly open: (more?: Partial<KeyturnOptions>) => Promise<Keyturn>;
  readonly close: () => Promise<void>;
}

const placeIn = (directory: string, server?: VaultServer) => ({
  directory: join(directory, 'data'),
  masterKey: { file: join(directory, 'master-key') },
  ...(server === undefined ? {} : { vault: server.postgres }),
});

const made = async (directory: string, server?: VaultServer): Promise<void> => {
  await initKeyturn(placeIn(directory, server));
};

/** The disk is flushed many times to make one: it is made once, and copied. */
const copyOfOne = directoryTemplate(made);

const onServer = async (server: VaultServer): Promise<string> => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-test-'));
  await made(directory, server);
  return directory;
};

/** Makes one. Its vault is on a server, if one is given. */
export const newDeployment = async (server?: VaultServer): Promise<Deployment> => {
  const directory = server === undefined ? await copyOfOne() : await onServer(server);
  const place = placeIn(directory, server);
  const sandbox = await startVendorSandbox();
  const options: KeyturnOptions = {
    ...place,
    authorize: () => true,
    housekeeping: false,
    testCallsPerMinute: 10_000,
    endpointOverrides: { anthropic: sandbox.url, openai: sandbox.url },
  };
  const open: Keyturn[] = [];
  return {
    directory,
    data: place.directory,
    eventsFile: join(place.directory, 'events.sqlite'),
    vaultDirectory: join(place.directory, 'vault'),
    vaultServer: server,
    masterKeyFile: place.masterKey.file,
    sandbox,
    options,
    open: async (more = {}) => {
      const keyturn = await openKeyturn({ ...options, ...more });
      open.push(keyturn);
      return keyturn;
    },
    close: async () => {
      for (const keyturn of open) await keyturn.close({ drainMs: 0 });
      await sandbox.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
