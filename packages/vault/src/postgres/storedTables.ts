import { partitionsOf } from './partitioned';

/** Tables that have files of their own, and what a receipt calls them. */
export interface StoredTables {
  readonly what: string;
  readonly names: ReadonlyArray<string>;
}

/** Whole tables: of one with partitions all of them. */
export const wholeTables = (tables: ReadonlyArray<string>): StoredTables => ({
  what: tables.join(', '),
  names: tables.flatMap((table) => {
    const partitions = partitionsOf(table);
    return partitions.length > 0 ? partitions : [table];
  }),
});
