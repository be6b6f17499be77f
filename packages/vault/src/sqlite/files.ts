import type { TakenFormats } from '@keyturn/sqlite';
import { join } from 'node:path';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { Deployment } from '../deployment';
import { syncDirectory } from '../directories';
import { VaultFault } from '../faults';
import { fromFileSystem } from '../fileFaults';
import {
  type Connections,
  createKeysFile,
  createVaultFile,
  KEYS_FILE,
  openFile,
  VAULT_FILE,
} from './connection';
import {
  insertDeployment,
  keepKeysDeploymentId,
  readDeployment,
  readFormat,
  readKeysDeploymentId,
} from './deploymentRow';
import { requireKnownSchema, type VaultFile } from './schemaCheck';
import { attempt } from './sqliteFaults';

export const closeFiles = ({ vault, keys }: Connections): void => {
  vault.close();
  keys.close();
};

/** Goes on with an open connection, and closes it when that fails. */
const closingOnFault =
  <C extends { readonly close: () => unknown }, A>(
    run: (connection: C) => TE.TaskEither<VaultFault, A>,
  ): ((connection: C) => TE.TaskEither<VaultFault, A>) =>
  (connection) =>
    pipe(
      run(connection),
      TE.mapLeft((fault) => {
        connection.close();
        return fault;
      }),
    );

const notInitialised = (directory: string): VaultFault =>
  new VaultFault(
    'not-initialised',
    `there is no finished vault in ${directory}: create one, or restore the one that was there from a backup`,
  );

const alreadyInitialised = (directory: string): VaultFault =>
  new VaultFault(
    'already-initialised',
    `there is a vault in ${directory} already, and it was left alone: open it`,
  );

const strangers = new VaultFault(
  'tampered',
  `${VAULT_FILE} and ${KEYS_FILE} are of different vaults: restore both from the same backup`,
);

/** Reads the vault's own row. Fault `not-initialised` when there is none. */
export const readDeploymentOf = (directory: string, busyMs: number): TE.TaskEither<VaultFault, Deployment> =>
  pipe(
    attempt(VAULT_FILE, () => {
      const vault = openFile(join(directory, VAULT_FILE), busyMs);
      try {
        const deployment = readDeployment(vault);
        if (deployment !== null) requireKnownSchema(vault, VAULT_FILE);
        return deployment;
      } finally {
        vault.close();
      }
    }),
    TE.chain(TE.fromNullable(notInitialised(directory))),
  );

interface Access {
  /** The present one when left out. */
  readonly formats?: TakenFormats;
  /** Nobody else has the vault open, or can open it, until it is closed. */
  readonly exclusive?: boolean;
}

/** Opens both files, which must belong together. A missing one is never made anew. */
export const openFiles = (
  directory: string,
  busyMs: number,
  { formats = 'present', exclusive = false }: Access = {},
): TE.TaskEither<VaultFault, Connections> => {
  const opened = (file: VaultFile) => attempt(file, () => openFile(join(directory, file), busyMs, exclusive));
  return pipe(
    opened(VAULT_FILE),
    TE.chain(
      closingOnFault((vault) =>
        pipe(
          // The row first: a vault of a newer version has another schema, and says so.
          attempt(VAULT_FILE, () => readFormat(vault, formats)),
          TE.chain(TE.fromNullable(notInitialised(directory))),
          TE.chainFirst(({ format }) =>
            attempt(VAULT_FILE, () => requireKnownSchema(vault, VAULT_FILE, format)),
          ),
          TE.chain(({ deploymentId, format }) =>
            pipe(
              opened(KEYS_FILE),
              TE.mapLeft((fault) =>
                fault.code === 'not-initialised'
                  ? new VaultFault('tampered', `${KEYS_FILE} is missing: restore it from a backup`)
                  : fault,
              ),
              TE.chain(
                closingOnFault((keys) =>
                  pipe(
                    attempt(KEYS_FILE, () => readKeysDeploymentId(keys, KEYS_FILE)),
                    TE.chain((id) => (id === deploymentId ? TE.right({ vault, keys }) : TE.left(strangers))),
                    TE.chainFirst(() =>
                      attempt(KEYS_FILE, () => requireKnownSchema(keys, KEYS_FILE, format)),
                    ),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  );
};

/** Does something with both files, and closes them. */
export const withFiles = <A>(
  directory: string,
  busyMs: number,
  access: Access,
  use: (connections: Connections) => A,
): TE.TaskEither<VaultFault, A> =>
  pipe(
    openFiles(directory, busyMs, access),
    TE.chain((connections) => async () => {
      try {
        return await attempt(directory, () => use(connections))();
      } finally {
        closeFiles(connections);
      }
    }),
  );

const createKeys = (directory: string, busyMs: number, newId: string): { readonly deploymentId: string } => {
  const keys = createKeysFile(join(directory, KEYS_FILE), busyMs);
  try {
    requireKnownSchema(keys, KEYS_FILE);
    return { deploymentId: keepKeysDeploymentId(keys, newId, KEYS_FILE) };
  } finally {
    keys.close();
  }
};

const createVaultRow = (
  directory: string,
  busyMs: number,
  make: (deploymentId: string) => Deployment,
  deploymentId: string,
): void => {
  const vault = createVaultFile(join(directory, VAULT_FILE), busyMs);
  try {
    if (readDeployment(vault) !== null) throw alreadyInitialised(directory);
    requireKnownSchema(vault, VAULT_FILE);
    if (!insertDeployment(vault, make(deploymentId))) {
      throw alreadyInitialised(directory);
    }
  } finally {
    vault.close();
  }
};

/**
 * Makes both files. The deployment's row is written last, in one transaction: until then there is no vault, and a
 * creation that was cut off can be run again.
 */
export const createFiles = (
  directory: string,
  busyMs: number,
  newId: string,
  make: (deploymentId: string) => Deployment,
): TE.TaskEither<VaultFault, void> =>
  pipe(
    attempt(KEYS_FILE, () => createKeys(directory, busyMs, newId)),
    TE.chain(({ deploymentId }) =>
      attempt(VAULT_FILE, () => createVaultRow(directory, busyMs, make, deploymentId)),
    ),
    TE.chain(() =>
      TE.tryCatch(
        () => syncDirectory(directory),
        (error) => fromFileSystem(error, `make ${directory} durable`),
      ),
    ),
  );
