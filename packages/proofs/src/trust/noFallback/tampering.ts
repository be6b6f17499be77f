import type { RowFault } from './fault';
import type { Lying, Ref, Row, Table, Value, VaultTables } from './tables/vaultTables';

/** A row of the key that is due or of another one, with whose it is. */
interface Owned extends Lying {
  readonly ref: Ref;
}

const isOf = ({ table, row }: Lying, { workspaceId, keyId }: Ref): boolean =>
  row['workspace_id'] === workspaceId && (table === 'workspace_keys' || row['key_id'] === keyId);

/** The rows of these keys and of their workspaces, as they lie; each once. */
const rowsAt = async (tables: VaultTables, refs: ReadonlyArray<Ref>): Promise<ReadonlyArray<Owned>> => {
  const all = await tables.read([...new Set(refs.map(({ workspaceId }) => workspaceId))]);
  return all.flatMap((lying) => {
    const ref = refs.find((one) => isOf(lying, one));
    return ref === undefined ? [] : [{ ...lying, ref }];
  });
};

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
  before: ReadonlyArray<Owned>,
): ReadonlyArray<Owned> => {
  const isTarget = ({ ref }: Owned): boolean => ref === target;
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

/** Alters what lies in the vault's tables behind the vault's back; gives what puts it back as it was. */
export const tamper = async (
  tables: VaultTables,
  fault: RowFault,
  target: Ref,
  partner: Ref | null,
): Promise<() => Promise<void>> => {
  const before = await rowsAt(tables, partner === null ? [target] : [target, partner]);
  await tables.replace(before, altered(fault, target, partner, before));
  return () => tables.replace(before, before);
};
