import nacl from 'tweetnacl';
import { replaced } from './replaced';
import type { Ref, Table, VaultTables } from './tables/vaultTables';

/** A sealed thing by what it is and whose. A workspace's key has no key id. */
export interface Sealed {
  readonly what: 'secret' | 'data key' | 'workspace key';
  readonly workspaceId: string;
  readonly keyId: string | null;
}

/** What went through the door. */
export interface Seen {
  /** Sealed things that came out of the database, by the place where they lay: once for each time. */
  readonly read: ReadonlyArray<Sealed>;
  /** What was unsealed, by the place that it was sealed for. */
  readonly opened: ReadonlyArray<Sealed>;
  /** Anything else that came out of the vault's tables: nothing should. */
  readonly strange: ReadonlyArray<string>;
}

/**
 * Stands underneath the vault: between the database's driver and whoever runs a statement, on whatever connection, and
 * at secretbox. Sealed bytes are random, so bytes that come out of a statement name the row that they were read from,
 * and a box's nonce names what was sealed in it, however the statement was put.
 */
export interface Door {
  /** Looks up what lies where at this moment: before each case, and after each change to the tables. */
  readonly learn: (workspaceIds: ReadonlyArray<string>) => Promise<void>;
  /** What went through since the last call. */
  readonly take: () => Seen;
  readonly close: () => void;
}

const KINDS: Readonly<Record<Table, Sealed['what']>> = {
  sealed_secrets: 'secret',
  data_keys: 'data key',
  workspace_keys: 'workspace key',
};

const SEALED_TABLE = /\b(sealed_secrets|data_keys|workspace_keys)\b/i;

/** hdr = version ‖ algorithm ‖ key id (8) ‖ nonce (24) */
const nonceOf = (sealed: Buffer): string => sealed.toString('base64', 10, 34);

export const same = (a: Sealed, b: Sealed): boolean =>
  a.what === b.what && a.workspaceId === b.workspaceId && a.keyId === b.keyId;

/** What a release of this key has to read and open. */
export const takesToOpen = ({ workspaceId, keyId }: Ref): ReadonlyArray<Sealed> => [
  { what: 'secret', workspaceId, keyId },
  { what: 'data key', workspaceId, keyId },
  { what: 'workspace key', workspaceId, keyId: null },
];

/**
 * What the vault knows of the log is nothing sealed, and changes under way. It comes with the key of its workspace, in
 * one row: whose it is, the key tells.
 */
const isOfWitness = (column: string, value: unknown): boolean =>
  /^witness_(chain|mac)$/.test(column) && Buffer.isBuffer(value) && value.length === 32;

const bytesIn = (value: unknown): ReadonlyArray<Buffer> => {
  if (Buffer.isBuffer(value)) return [value];
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([column, inside]) =>
        isOfWitness(column, inside) ? [] : bytesIn(inside),
      )
    : [];
};

const objectAt = (owner: object, name: string): object => {
  const found: unknown = Reflect.get(owner, name);
  if (typeof found !== 'object' || found === null) throw new Error(`There is no ${name} to watch.`);
  return found;
};

export const openDoor = (tables: VaultTables): Door => {
  let read: Sealed[] = [];
  let opened: Sealed[] = [];
  let strange: string[] = [];
  const lying = new Map<string, Sealed>();
  const dataKeyIds = new Set<string>();
  const sealedFor = new Map<string, Sealed>();

  const noteRow = (source: string, row: unknown): void => {
    for (const bytes of bytesIn(row)) {
      const name = bytes.toString('base64');
      const place = lying.get(name);
      if (place !== undefined) read.push(place);
      else if (SEALED_TABLE.test(source) && !dataKeyIds.has(name))
        strange.push(`bytes that no row has, by: ${source}`);
    }
  };
  const undo = [
    tables.watch({
      rows: noteRow,
      strange: (what) => {
        strange.push(what);
      },
    }),
    replaced(objectAt(nacl, 'lowlevel'), 'crypto_secretbox_open', (call, _, [, , , nonce]) => {
      const result = call();
      if (result === 0 && nonce instanceof Uint8Array) {
        const origin = sealedFor.get(Buffer.from(nonce).toString('base64'));
        if (origin !== undefined) opened.push(origin);
      }
      return result;
    }),
  ];

  return {
    learn: async (workspaceIds) => {
      const all = await tables.read(workspaceIds);
      lying.clear();
      dataKeyIds.clear();
      for (const { table, row } of all) {
        const { workspace_id, key_id = null, sealed, data_key_id = null } = row;
        if (!Buffer.isBuffer(sealed) || typeof workspace_id !== 'string') continue;
        const place = {
          what: KINDS[table],
          workspaceId: workspace_id,
          keyId: typeof key_id === 'string' ? key_id : null,
        };
        lying.set(sealed.toString('base64'), place);
        if (Buffer.isBuffer(data_key_id)) dataKeyIds.add(data_key_id.toString('base64'));
        const nonce = nonceOf(sealed);
        if (!sealedFor.has(nonce)) sealedFor.set(nonce, place);
      }
    },
    take: () => {
      const seen = { read, opened, strange };
      [read, opened, strange] = [[], [], []];
      return seen;
    },
    close: () => {
      for (const putBack of undo) putBack();
    },
  };
};
