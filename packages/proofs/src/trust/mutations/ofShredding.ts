import type { Mutation } from './mutation';

/** Without the vault's own search of its files, which would notice too. */
const NO_SEARCH = {
  file: 'packages/vault/src/sqlite/shred.ts',
  find: 'if (found) return null;',
  replace: '',
};

export const SHREDDING: ReadonlyArray<Mutation> = [
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
        find: 'attempt(KEYS_FILE, () => destroyDataKeys(groups))',
        replace: 'attempt(KEYS_FILE, () => groups.map(() => 0))',
      },
    ],
  },
  {
    name: 'files-not-rewritten',
    removes: 'a shred leaves nothing of a deleted row in the files',
    check: 'shredding',
    edits: [
      NO_SEARCH,
      {
        file: 'packages/vault/src/sqlite/erase.ts',
        find: "db.exec('VACUUM');",
        replace: '',
      },
      {
        file: 'packages/vault/src/sqlite/connection.ts',
        find: "db.pragma('secure_delete = ON');",
        replace: "db.pragma('secure_delete = OFF');",
      },
    ],
  },
  {
    name: 'receipt-says-nothing',
    removes: 'the receipt says how it was made sure that the bytes are gone',
    check: 'shredding',
    edits: [
      {
        file: 'packages/vault/src/sqlite/shred.ts',
        find: `                ...[KEYS_FILE, VAULT_FILE].map((file) => \`\${file}: VACUUM, wal_checkpoint(TRUNCATE) busy=0\`),
                checked,`,
        replace: '',
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
];
