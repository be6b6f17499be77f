import type { Mutation } from './mutation';

export const NO_FALLBACK: ReadonlyArray<Mutation> = [
  {
    name: 'failed-default-gives-way',
    removes: 'a Default that failed is refused, and no other takes its place',
    check: 'no-fallback',
    edits: [
      {
        file: 'packages/domain/src/decide/chooseKey.ts',
        find: 'const first = defaultsFor(keyring, projectId)[0];',
        replace:
          "const held = defaultsFor(keyring, projectId); const first = held.find(({ key }) => key.status === 'active') ?? held[0];",
      },
    ],
  },
  {
    name: 'vendor-means-any-key',
    removes: 'a named vendor means its Default, in whatever state',
    check: 'no-fallback',
    edits: [
      {
        file: 'packages/domain/src/decide/chooseKey.ts',
        find: 'find(({ key }) => key.vendor === vendor)',
        replace: "find(({ key }) => key.vendor === vendor && key.status === 'active')",
      },
    ],
  },
  {
    name: 'run-follows-the-default',
    removes: 'a run that is taken over keeps its key',
    check: 'no-fallback',
    edits: [
      {
        file: 'packages/domain/src/decide/startRun.ts',
        find: 'data: { runId, keyId: pin.keyId, leaseUntil }',
        replace: 'data: { runId, keyId: keyring.workspaceDefault ?? pin.keyId, leaseUntil }',
      },
    ],
  },
  {
    name: 'workspace-key-opens-elsewhere',
    removes: "a workspace's key is bound to the workspace",
    check: 'no-fallback',
    edits: [
      {
        file: 'packages/vault/src/hierarchy.ts',
        find: 'aad: [deploymentId, workspaceId],',
        replace: 'aad: [deploymentId],',
      },
    ],
  },
  {
    name: 'moved-data-key-opens',
    removes: 'a data key is bound to its key',
    check: 'no-fallback',
    edits: [
      {
        file: 'packages/vault/src/hierarchy.ts',
        find: 'aad: [deploymentId, ref.workspaceId, ref.keyId],',
        replace: 'aad: [deploymentId, ref.workspaceId],',
      },
    ],
  },
  {
    name: 'frozen-row-opens',
    removes: 'a row that is frozen for a hard delete does not open',
    check: 'no-fallback',
    edits: [
      {
        file: 'packages/vault/src/unseal.ts',
        find: "({ row }) => row.state === 'live',",
        replace: '() => true,',
      },
      {
        file: 'packages/vault/src/release.ts',
        find: "state === 'live' ? E.right(undefined)",
        replace: "state !== 'gone' ? E.right(undefined)",
      },
    ],
  },
  {
    name: 'late-hard-delete-unseen',
    removes:
      'a release looks for a hard delete that came after its own event, and whether its row is still live',
    check: 'no-fallback',
    edits: [
      {
        file: 'packages/service/src/release.ts',
        find: 'return deletions.includes(key.keyId)',
        replace: 'return deletions.length < 0 && deletions.includes(key.keyId)',
      },
      {
        file: 'packages/vault/src/release.ts',
        find: "state === 'live' ? E.right(undefined)",
        replace: 'state.length > 0 ? E.right(undefined)',
      },
    ],
  },
  {
    name: 'vault-looks-around',
    removes: 'the vault reads the row that the log names, and no other',
    check: 'no-fallback',
    edits: [
      {
        file: 'packages/vault/src/sqlite/sqliteStorage.ts',
        find: "const selectRow = vault.prepare('SELECT * FROM sealed_secrets WHERE workspace_id = ? AND key_id = ?');",
        replace:
          "const selectRow = { get: (...ref: string[]) => vault.prepare('SELECT * FROM sealed_secrets ORDER BY workspace_id = ? AND key_id = ?').all(...ref).at(-1) };",
      },
    ],
  },
];
