import { decodeRow, StoredWorkspaceKeyRow } from '../rows';
import type { JudgeWitness, StoredWitness, StoredWorkspaceKey, VaultStorage } from '../storage';
import { toStoredWorkspaceKey } from '../storedRows';
import { type Connections, VAULT_FILE } from './connection';
import { attempt } from './sqliteFaults';

/** Reads a workspace's key with its witness, and writes witnesses. All of it throws what SQLite throws, and faults. */
export interface WitnessRows {
  readonly read: (workspaceId: string) => StoredWorkspaceKey | null;
  readonly write: (workspaceId: string, witness: StoredWitness) => void;
}

export const witnessRows = ({ vault }: Pick<Connections, 'vault'>): WitnessRows => {
  const select = vault.prepare(
    `SELECT k.made_in, k.sealed, k.successor, (SELECT step FROM rotation) AS rotation_step,
            w.revision AS witness_revision, w.chain AS witness_chain, w.mac AS witness_mac
     FROM workspace_keys k LEFT JOIN witnesses w ON w.workspace_id = k.workspace_id WHERE k.workspace_id = ?`,
  );
  const upsert = vault.prepare(
    `INSERT INTO witnesses (workspace_id, revision, chain, mac) VALUES (?, ?, ?, ?)
     ON CONFLICT (workspace_id) DO UPDATE SET revision = excluded.revision, chain = excluded.chain, mac = excluded.mac`,
  );
  return {
    read: (workspaceId) => {
      const row = decodeRow(StoredWorkspaceKeyRow, select.get(workspaceId), VAULT_FILE);
      return row === null ? null : toStoredWorkspaceKey(row);
    },
    write: (workspaceId, { revision, chain, mac }) => {
      upsert.run(workspaceId, revision, chain, mac);
    },
  };
};

/** What a vault knows of the heads of its workspaces' streams. */
export const witnesses = (connections: Connections): Pick<VaultStorage, 'changeWitnesses'> => {
  const { read, write } = witnessRows(connections);
  const change = <A>(workspaceIds: ReadonlyArray<string>, judge: JudgeWitness<A>): ReadonlyArray<A> =>
    workspaceIds.map((workspaceId) => {
      const { keep, outcome } = judge(workspaceId, read(workspaceId));
      if (keep !== null) write(workspaceId, keep);
      return outcome;
    });
  return {
    changeWitnesses: (workspaceIds, judge) =>
      attempt(VAULT_FILE, () =>
        connections.vault.transaction('immediate', () => change(workspaceIds, judge)),
      ),
  };
};
