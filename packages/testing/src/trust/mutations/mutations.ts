import type { Mutation } from './mutation';

/** Without the vault's own search of its files, which would notice too. */
const NO_SEARCH = {
  file: 'packages/vault/src/sqlite/shred.ts',
  find: 'if (found) return null;',
  replace: '',
};

/** For each promise, safeguards that it rests on. */
export const MUTATIONS: ReadonlyArray<Mutation> = [
  {
    name: 'log-not-emptied',
    removes: 'a shred empties the write-ahead logs',
    check: 'shredding',
    edits: [
      NO_SEARCH,
      {
        file: 'packages/vault/src/sqlite/erase.ts',
        find: 'return truncateLog(db, file);',
        replace: 'return file.length > 0 || truncateLog(db, file);',
      },
    ],
  },
  {
    name: 'data-keys-stay',
    removes: 'a shred destroys the data keys',
    check: 'shredding',
    edits: [
      NO_SEARCH,
      {
        file: 'packages/vault/src/sqlite/shred.ts',
        find: 'attempt(KEYS_FILE, () => destroyDataKeys(workspaceId, keyIds))',
        replace: 'attempt(KEYS_FILE, () => keyIds.length)',
      },
    ],
  },
  {
    name: 'interrupted-run-resumes',
    removes: 'a run whose key was hard-deleted is refused',
    check: 'shredding',
    edits: [
      {
        file: 'packages/domain/src/decide/startRun.ts',
        find: `  if (pin.interrupted) return E.left(interrupted(keyring, pin));
  return pipe(`,
        replace: '  return pipe(',
      },
    ],
  },
  {
    name: 'destruction-not-confirmed',
    removes: 'a destruction is confirmed in the log',
    check: 'shredding',
    edits: [
      {
        file: 'packages/domain/src/decide/deleteKey.ts',
        find: 'if (key.destroyed) return [];',
        replace: 'return [];',
      },
    ],
  },
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
  {
    name: 'operator-uses-the-vault',
    removes: "the operator's package imports nothing of the customers'",
    check: 'operator-path',
    edits: [
      {
        file: 'packages/operator-credentials/src/operatorCredentials.ts',
        find: "import { credentialFromFile } from './fromFile';",
        replace: "import { credentialFromFile } from './fromFile'; import '../../vault/dist/secret';",
      },
    ],
  },
  {
    name: 'service-uses-the-operators',
    removes: "the customers' path loads nothing of the operator's",
    check: 'operator-path',
    edits: [
      {
        file: 'packages/service/src/keyturn.ts',
        find: "import { makeAddKey } from './addKey';",
        replace: "import { makeAddKey } from './addKey'; import '../../operator-credentials/dist/content';",
      },
    ],
  },
  {
    name: 'secret-prints-itself',
    removes: 'a secret that is inspected shows its last four characters alone',
    check: 'canaries',
    minutes: 2,
    edits: [
      {
        file: 'packages/vault/src/secret.ts',
        find: `  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.#masked;`,
        replace: `  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.#bytes.toString('latin1');`,
      },
    ],
  },
  {
    name: 'vendor-answers-unsearched',
    removes: "an id in a vendor's answer that has a part of the key is dropped",
    check: 'canaries',
    minutes: 2,
    edits: [
      {
        file: 'packages/vendor-probes/src/judge.ts',
        find: ' && !sharesBytes(id, secret)',
        replace: '',
      },
    ],
  },
  {
    name: 'texts-unsearched',
    removes: 'a label, an id or an endpoint that has a part of the key is refused',
    check: 'canaries',
    minutes: 2,
    edits: [
      {
        file: 'packages/service/src/addKey.ts',
        find: 'text !== null && sharesSecret(secret, text)',
        replace: 'text !== null && sharesSecret(secret, text) && text.length === 0',
      },
    ],
  },
  {
    name: 'events-not-flushed',
    removes: 'an append is on the disk when it is acknowledged',
    check: 'kills',
    edits: [
      {
        file: 'packages/event-store-sqlite/src/connection.ts',
        find: "db.pragma('synchronous = FULL');",
        replace: "db.pragma('synchronous = OFF');",
      },
    ],
  },
  {
    name: 'vault-not-flushed',
    removes: 'a sealed row is on the disk before the log names its key',
    check: 'kills',
    edits: [
      {
        file: 'packages/vault/src/sqlite/connection.ts',
        find: "db.pragma('synchronous = FULL');",
        replace: "db.pragma('synchronous = OFF');",
      },
    ],
  },
  {
    name: 'emptied-log-not-flushed',
    removes: 'what a shred has emptied stays empty after a loss of power',
    check: 'kills',
    edits: [
      {
        file: 'packages/vault/src/sqlite/erase.ts',
        find: 'if (emptied) flushLog(db);',
        replace: '',
      },
    ],
  },
  {
    name: 'orphans-stay',
    removes: 'a sweep removes sealed rows that no event names',
    check: 'kills',
    edits: [
      {
        file: 'packages/service/src/sweep/matters.ts',
        find: 'if (key === undefined) {',
        replace: 'if (key === undefined) return null; if (key === undefined) {',
      },
    ],
  },
  {
    name: 'frozen-rows-stay',
    removes: 'a sweep lets rows open again that were frozen for a delete that never came',
    check: 'kills',
    edits: [
      {
        file: 'packages/service/src/sweep/matters.ts',
        find: "return state === 'frozen' && frozenAt !== null",
        replace: "return state === 'frozen' && frozenAt !== null && frozenAt < 0",
      },
    ],
  },
  {
    name: 'deleted-secrets-stay',
    removes: 'a sweep destroys the secrets of deleted keys that a kill left',
    check: 'kills',
    edits: [
      {
        file: 'packages/service/src/sweep/matters.ts',
        find: "if (key.status === 'hard-deleted') return { matter: { kind: 'undestroyed-secret', keyId }, since: null };",
        replace: "if (key.status === 'hard-deleted') return null;",
      },
    ],
  },
  {
    name: 'checkpoint-apart',
    removes: 'a read model and its checkpoint are written in one transaction',
    check: 'kills',
    minutes: 2,
    edits: [
      {
        file: 'packages/projections/src/runtime/step.ts',
        find: 'writeTransaction(file.writer, () => {',
        replace: '((_: unknown, body: () => void) => body())(file.writer, () => {',
      },
    ],
  },
];
