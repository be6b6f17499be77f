import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { renews, type MasterKeyRecord } from '../deployment';
import { MASTER_KEY_COLUMNS, masterKeyValues, NO_MASTER_KEY } from '../deploymentRows';
import { VaultFault } from '../faults';
import { PAGE } from '../rotation/pages';
import { rotationChange } from '../rotation/rotationChange';
import type { RotationStorage, WorkspaceKeyRow } from '../rotation/rotationStorage';
import { type Connections, KEYS_FILE, VAULT_FILE } from './connection';
import { logKeyRetirer, presentDeployment } from './deploymentRow';
import { rewrite } from './erase';
import { CountRow, decodeRow } from '../rows';
import { rotatedDataKeys, rotatedWorkspaceKeys, workspaceKeyReader } from './rotatedKeys';
import { searchFiles } from './search';
import { requireKnownSchemas } from './schemaCheck';
import { attempt } from './sqliteFaults';

/** The beginning and the end of a rotation. */
const steps = (
  connections: Connections,
): Pick<RotationStorage, 'begin' | 'finish' | 'finishRenewal' | 'end'> => {
  const { vault } = connections;
  const dropResealed = vault.prepare('UPDATE workspace_keys SET resealed = NULL WHERE resealed IS NOT NULL');
  const dropSuccessors = vault.prepare(
    'UPDATE workspace_keys SET successor = NULL WHERE successor IS NOT NULL',
  );
  const writeRotation = vault.prepare(
    `INSERT OR REPLACE INTO rotation (only_row, step, ${MASTER_KEY_COLUMNS})
     VALUES (1, 'resealing', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const notResealed = vault.prepare('SELECT count(*) AS count FROM workspace_keys WHERE resealed IS NULL');
  const replaceMasterKey = vault.prepare(
    `UPDATE deployment SET (${MASTER_KEY_COLUMNS}) = (SELECT ${MASTER_KEY_COLUMNS} FROM rotation)`,
  );
  const takeResealed = vault.prepare(
    'UPDATE workspace_keys SET sealed = resealed, resealed = NULL, successor = NULL, master_key_id = ?',
  );
  const forgetComing = vault.prepare(
    `UPDATE rotation SET step = ?, replaced_id = ?, (${MASTER_KEY_COLUMNS}) = (${NO_MASTER_KEY})`,
  );
  const due = vault.prepare(
    'SELECT count(*) AS count FROM workspace_keys WHERE made_in <> ? OR successor IS NOT NULL',
  );
  const setErasing = vault.prepare(`UPDATE rotation SET step = 'erasing' WHERE step = 'renewing'`);
  const deleteRotation = vault.prepare(`DELETE FROM rotation WHERE step = 'erasing' AND replaced_id = ?`);
  const read = workspaceKeyReader(connections);

  const isZero = (row: unknown): boolean => decodeRow(CountRow, row, VAULT_FILE)?.count === 0;

  const checkAll = (check: (row: WorkspaceKeyRow) => void): void => {
    let rows = read(null, PAGE);
    while (rows.length > 0) {
      rows.forEach(check);
      rows = read(rows.at(-1)?.workspaceId ?? null, PAGE);
    }
  };

  const begin = (presentId: Uint8Array, insteadOf: Uint8Array | null, coming: MasterKeyRecord): boolean => {
    const present = presentDeployment(vault);
    const change = rotationChange(present, presentId, insteadOf, coming);
    if (change === 'none') return false;
    dropSuccessors.run();
    if (change === 'another-key') dropResealed.run();
    writeRotation.run(...masterKeyValues(coming));
    return true;
  };

  const finish = (comingId: Uint8Array, check: (row: WorkspaceKeyRow) => void): boolean => {
    const deployment = presentDeployment(vault);
    const { masterKeyId, rotation } = deployment;
    if (
      rotation?.step !== 'resealing' ||
      !rotation.coming.masterKeyId.equals(comingId) ||
      !isZero(notResealed.get())
    ) {
      return false;
    }
    checkAll(check);
    replaceMasterKey.run();
    takeResealed.run(comingId);
    forgetComing.run(renews(deployment) ? 'renewing' : 'erasing', masterKeyId);
    return true;
  };

  const finishRenewal = (check: (row: WorkspaceKeyRow) => void): boolean => {
    const { rotations, logKeys } = presentDeployment(vault);
    if (logKeys.sealedFormer !== null || !isZero(due.get(rotations.number))) return false;
    checkAll(check);
    setErasing.run();
    return true;
  };

  return {
    begin: (...args) => attempt(VAULT_FILE, () => vault.transaction('immediate', () => begin(...args))),
    finish: (...args) => attempt(VAULT_FILE, () => vault.transaction('immediate', () => finish(...args))),
    finishRenewal: (check) =>
      attempt(VAULT_FILE, () => vault.transaction('immediate', () => finishRenewal(check))),
    end: (replacedId) =>
      pipe(
        attempt(VAULT_FILE, () => deleteRotation.run(replacedId)),
        TE.map(() => undefined),
      ),
  };
};

const incomplete = (why: string): VaultFault =>
  new VaultFault(
    'rotation-incomplete',
    `the new master key is in use, but ${why}: run the rotation again to finish it`,
  );

const eraser = (connections: Connections): RotationStorage['erase'] => {
  const { vault, keys } = connections;
  const search = async (marks: ReadonlyArray<Buffer>): Promise<string | null> => {
    if (marks.length === 0) {
      return 'the old master key was not at hand, so its marks were not searched for';
    }
    const { files, bytes, found } = await searchFiles([keys, vault], [marks]);
    return found.size > 0
      ? null
      : `marks of what the old master key had sealed searched for in all ${bytes} bytes of ${files} files: none found`;
  };
  return (marks) =>
    pipe(
      attempt(KEYS_FILE, () => rewrite(keys)),
      TE.bindTo('keysErased'),
      TE.bind('vaultErased', () => attempt(VAULT_FILE, () => rewrite(vault))),
      TE.filterOrElse(
        ({ keysErased, vaultErased }) => keysErased && vaultErased,
        () => incomplete('another process reads the vault and old sealed bytes are still in a file'),
      ),
      TE.chain(() => attempt(VAULT_FILE, () => search(marks))),
      TE.chainFirst(() => attempt(VAULT_FILE, () => requireKnownSchemas(connections))),
      TE.chain(TE.fromNullable(incomplete('bytes that the old one had sealed are still in a file'))),
      TE.map((searched) => [
        ...[KEYS_FILE, VAULT_FILE].map((file) => `${file}: VACUUM, wal_checkpoint(TRUNCATE) busy=0`),
        searched,
      ]),
    );
};

/** A rotation's view of the vault's two SQLite files. */
export const sqliteRotationStorage = (connections: Connections): RotationStorage => {
  const { vault } = connections;
  return {
    deployment: attempt(VAULT_FILE, () => presentDeployment(vault)),
    // SQLite lets a killed process's lock go by itself.
    exclusively: (run) =>
      attempt(VAULT_FILE, () => vault.transaction('immediate', () => run(presentDeployment(vault)))),
    retireLogKey: logKeyRetirer(connections),
    ...steps(connections),
    ...rotatedWorkspaceKeys(connections),
    ...rotatedDataKeys(connections),
    erase: eraser(connections),
  };
};
