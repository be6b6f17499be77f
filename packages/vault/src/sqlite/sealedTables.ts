import type { Connection, Connections } from './connection';

/** Where sealed values lie that a shred destroys: in the column `sealed`. */
export interface SealedTable {
  readonly db: Connection;
  readonly table: 'data_keys' | 'sealed_secrets';
}

/** Data keys first. */
export const sealedTables = ({ keys, vault }: Connections): ReadonlyArray<SealedTable> => [
  { db: keys, table: 'data_keys' },
  { db: vault, table: 'sealed_secrets' },
];
