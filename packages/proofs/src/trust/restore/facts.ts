/** An event as it lies in a store, past the product. */
export interface StoredEvent {
  readonly workspaceId: string;
  readonly revision: number;
  readonly type: string;
  readonly data: object;
}

/** What a log says of a workspace, by this check's own reading. */
export interface LogFacts {
  /** Revision of the last event; -1 for none. */
  readonly head: number;
  /** Every key that was ever added, and the label that it was given. */
  readonly added: ReadonlyMap<string, string>;
  readonly hardDeleted: ReadonlySet<string>;
  /** Keys whose secret was said to have leaked. */
  readonly leaked: ReadonlySet<string>;
  /** Key ids that no event will ever name. */
  readonly burned: ReadonlySet<string>;
  /** The key of each run that has not ended. */
  readonly openRuns: ReadonlyMap<string, string>;
}

/** What a vault has of a workspace, by this check's own reading. */
export interface VaultFacts {
  /** The newest revision that it knows of; null where it has never heard of the workspace. */
  readonly witness: number | null;
  /** Keys with a sealed secret, and whether the log was seen to name them. */
  readonly rows: ReadonlyMap<string, { readonly named: boolean }>;
  /** Keys whose secret has a data key, too: it can be opened. */
  readonly openable: ReadonlySet<string>;
  readonly hardDeleted: ReadonlySet<string>;
  readonly leaked: ReadonlySet<string>;
}

/** By workspace. */
export type LogOf = ReadonlyMap<string, LogFacts>;
export type VaultOf = ReadonlyMap<string, VaultFacts>;

const textIn = (data: object, member: string): string => String(Reflect.get(data, member));

const newLog = () => ({
  head: -1,
  added: new Map<string, string>(),
  hardDeleted: new Set<string>(),
  leaked: new Set<string>(),
  burned: new Set<string>(),
  openRuns: new Map<string, string>(),
});

export const NOTHING_LOGGED: LogFacts = newLog();

export const NOTHING_KEPT: VaultFacts = {
  witness: null,
  rows: new Map(),
  openable: new Set(),
  hardDeleted: new Set(),
  leaked: new Set(),
};

/** Reads a log on its own: none of the product's folds has a part in it. Events come in their order. */
export const logFactsOf = (events: ReadonlyArray<StoredEvent>): LogOf => {
  const all = new Map<string, ReturnType<typeof newLog>>();
  for (const { workspaceId, revision, type, data } of events) {
    const facts = all.get(workspaceId) ?? newLog();
    all.set(workspaceId, facts);
    facts.head = revision;
    const keyId = textIn(data, 'keyId');
    if (type === 'KeyAdded') facts.added.set(keyId, textIn(data, 'label'));
    if (type === 'KeyAddAbandoned') facts.burned.add(keyId);
    if (type === 'KeyReportedLeaked') facts.leaked.add(keyId);
    if (type === 'KeyHardDeleted') {
      facts.hardDeleted.add(keyId);
      if (textIn(data, 'reason') === 'leak') facts.leaked.add(keyId);
      for (const [runId, held] of facts.openRuns) if (held === keyId) facts.openRuns.delete(runId);
    }
    if (type === 'RunKeyPinned') facts.openRuns.set(textIn(data, 'runId'), keyId);
    if (type === 'RunKeyReleased') facts.openRuns.delete(textIn(data, 'runId'));
  }
  return all;
};

/** Reads the rows of one of the vault's tables, each with these columns as texts. */
export type ReadTable = (
  table: 'witnesses' | 'removals' | 'sealed_secrets' | 'data_keys',
  columns: ReadonlyArray<string>,
) => Promise<ReadonlyArray<ReadonlyArray<string>>>;

interface Draft {
  witness: number | null;
  readonly rows: Map<string, { readonly named: boolean }>;
  readonly openable: Set<string>;
  readonly hardDeleted: Set<string>;
  readonly leaked: Set<string>;
}

/** Reads a vault's tables, past the product. */
export const vaultFactsOf = async (read: ReadTable): Promise<VaultOf> => {
  const all = new Map<string, Draft>();
  const of = (workspaceId: string): Draft => {
    const facts = all.get(workspaceId) ?? {
      witness: null,
      rows: new Map(),
      openable: new Set(),
      hardDeleted: new Set(),
      leaked: new Set(),
    };
    all.set(workspaceId, facts);
    return facts;
  };
  for (const [workspaceId = '', revision] of await read('witnesses', ['workspace_id', 'revision']))
    of(workspaceId).witness = Number(revision);
  const removals = await read('removals', ['workspace_id', 'key_id', 'hard_deleted', 'leaked']);
  for (const [workspaceId = '', keyId = '', hardDeleted, leaked] of removals) {
    if (hardDeleted === '1') of(workspaceId).hardDeleted.add(keyId);
    if (leaked === '1') of(workspaceId).leaked.add(keyId);
  }
  for (const [workspaceId = '', keyId = '', named] of await read('sealed_secrets', [
    'workspace_id',
    'key_id',
    'named',
  ]))
    of(workspaceId).rows.set(keyId, { named: named === '1' });
  for (const [workspaceId = '', keyId = ''] of await read('data_keys', ['workspace_id', 'key_id']))
    if (of(workspaceId).rows.has(keyId)) of(workspaceId).openable.add(keyId);
  return all;
};
