import type { Mutation } from './mutation';

export const KILLS: ReadonlyArray<Mutation> = [
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
    name: 'log-first',
    removes: 'a key is sealed before the log names it',
    check: 'kills',
    edits: [
      {
        file: 'packages/service/src/addKey.ts',
        find: `    const sealed = await vault.seal({ workspaceId, keyId, vendor, endpoint, fingerprint }, secret)();
    if (E.isLeft(sealed)) return sealed;
`,
        replace: '',
      },
      {
        file: 'packages/service/src/addKey.ts',
        find: `    const handled = await handler.handle(command)();
`,
        replace: `    const handled = await handler.handle(command)();
    const sealed = await vault.seal({ workspaceId, keyId, vendor, endpoint, fingerprint }, secret)();
    if (E.isLeft(sealed)) return sealed;
`,
      },
    ],
  },
  {
    name: 'orphans-stay',
    removes: 'a sweep removes sealed rows that no event names',
    check: 'kills',
    edits: [
      {
        file: 'packages/service/src/sweep/findings.ts',
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
        file: 'packages/service/src/sweep/findings.ts',
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
        file: 'packages/service/src/sweep/findings.ts',
        find: "if (key.status === 'hard-deleted') return { finding: { kind: 'undestroyed-secret', keyId }, since: null };",
        replace: "if (key.status === 'hard-deleted') return null;",
      },
    ],
  },
  {
    name: 'untested-keys-stay',
    removes: 'a sweep makes the test calls that a kill cut off',
    check: 'kills',
    edits: [
      {
        file: 'packages/service/src/sweep/findings.ts',
        find: "return status === 'pending' ?",
        replace: "return status === 'pending' && addedAt < 0 ?",
      },
    ],
  },
  {
    name: 'lapsed-runs-stay',
    removes: 'a sweep ends the runs whose lease ran out',
    check: 'kills',
    edits: [
      {
        file: 'packages/service/src/sweep/findings.ts',
        find: '.filter(({ leaseUntil }) => leaseUntil <= now)',
        replace: '.filter(({ leaseUntil }) => leaseUntil < 0)',
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
