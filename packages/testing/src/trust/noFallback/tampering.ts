import type { RowFault } from './fault';
import type { Ref, Row, Table, Value, VaultFiles } from './vaultFiles';

const TABLES: ReadonlyArray<Table> = ['sealed_secrets', 'data_keys', 'workspace_keys'];

interface Lying {
  readonly table: Table;
  readonly ref: Ref;
  readonly row: Row;
}

/** The rows of these keys and of their workspaces, as they lie. */
const rowsAt = (files: VaultFiles, refs: ReadonlyArray<Ref>): ReadonlyArray<Lying> =>
  refs.flatMap((ref, index) =>
    TABLES.flatMap((table) => {
      const ofWorkspace = table === 'workspace_keys';
      const again = refs.slice(0, index).some(({ workspaceId }) => workspaceId === ref.workspaceId);
      if (ofWorkspace && again) return [];
      return files
        .rows(table, ref.workspaceId, ofWorkspace ? undefined : ref.keyId)
        .map((row) => ({ table, ref, row }));
    }),
  );

const removeAt = (files: VaultFiles, table: Table, { workspaceId, keyId }: Ref): void =>
  files.remove(table, workspaceId, table === 'workspace_keys' ? undefined : keyId);

const flipped = (value: Value | undefined, bit: number): Value => {
  if (typeof value === 'string') {
    const at = bit % value.length;
    return `${value.slice(0, at)}${value.charAt(at) === 'A' ? 'B' : 'A'}${value.slice(at + 1)}`;
  }
  if (!Buffer.isBuffer(value)) throw new Error('There is nothing to flip.');
  const bytes = Buffer.from(value);
  const at = (bit >> 3) % bytes.length;
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit & 7)), at);
  return bytes;
};

const FLIPS = {
  secret: ['sealed_secrets', 'sealed'],
  'data-key': ['data_keys', 'sealed'],
  'workspace-key': ['workspace_keys', 'sealed'],
  'secret-names': ['sealed_secrets', 'data_key_id'],
  'data-key-names': ['data_keys', 'data_key_id'],
  fingerprint: ['sealed_secrets', 'fingerprint'],
} as const;

/** Which columns each swap exchanges, by table. */
const SWAPS: Readonly<
  Record<Extract<RowFault, { kind: 'swapped' }>['what'], Partial<Record<Table, ReadonlyArray<string>>>>
> = {
  secret: { sealed_secrets: ['sealed'] },
  'data-key': { data_keys: ['sealed'] },
  row: { sealed_secrets: ['sealed', 'data_key_id', 'fingerprint'], data_keys: ['sealed', 'data_key_id'] },
  'row-as-logged': { sealed_secrets: ['sealed', 'data_key_id'], data_keys: ['sealed', 'data_key_id'] },
  all: {
    sealed_secrets: ['sealed', 'data_key_id'],
    data_keys: ['sealed', 'data_key_id'],
    workspace_keys: ['sealed'],
  },
  'workspace-key': { workspace_keys: ['sealed'] },
};

const taking = (row: Row, columns: ReadonlyArray<string>, from: Row): Row => ({
  ...row,
  ...Object.fromEntries(columns.map((column) => [column, from[column] ?? null])),
});

/** What lies there afterwards, in the place of what did. */
const altered = (
  fault: RowFault,
  target: Ref,
  partner: Ref | null,
  before: ReadonlyArray<Lying>,
): ReadonlyArray<Lying> => {
  const isTarget = ({ ref }: Lying): boolean => ref === target;
  switch (fault.kind) {
    case 'row-missing': {
      const gone: ReadonlyArray<Table> = {
        secret: ['sealed_secrets' as const],
        'data-key': ['data_keys' as const],
        both: ['sealed_secrets' as const, 'data_keys' as const],
        'workspace-key': ['workspace_keys' as const],
      }[fault.what];
      return before.filter((lying) => !isTarget(lying) || !gone.includes(lying.table));
    }
    case 'bit-flipped': {
      const [table, column] = FLIPS[fault.at];
      return before.map((lying) =>
        isTarget(lying) && lying.table === table
          ? { ...lying, row: { ...lying.row, [column]: flipped(lying.row[column], fault.bit) } }
          : lying,
      );
    }
    case 'frozen':
      return before.map((lying) =>
        isTarget(lying) && lying.table === 'sealed_secrets'
          ? { ...lying, row: { ...lying.row, state: 'frozen' } }
          : lying,
      );
    case 'swapped':
      return before.map((lying) => {
        const columns = SWAPS[fault.what][lying.table];
        const other = before.find(
          ({ table, ref }) => table === lying.table && ref === (isTarget(lying) ? partner : target),
        );
        return columns === undefined || other === undefined
          ? lying
          : { ...lying, row: taking(lying.row, columns, other.row) };
      });
  }
};

/** Alters what lies in the vault's files behind the vault's back; gives what puts it back as it was. */
export const tamper = (
  files: VaultFiles,
  fault: RowFault,
  target: Ref,
  partner: Ref | null,
): (() => void) => {
  const before = rowsAt(files, partner === null ? [target] : [target, partner]);
  const lay = (rows: ReadonlyArray<Lying>): void =>
    files.together(() => {
      for (const { table, ref } of before) removeAt(files, table, ref);
      for (const { table, row } of rows) files.insert(table, row);
    });
  lay(altered(fault, target, partner, before));
  return () => lay(before);
};
