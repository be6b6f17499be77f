import type { PoolClient } from 'pg';

/** What can be bound to a parameter. */
type Value = string | number | Uint8Array | null;

interface Result {
  readonly rows: ReadonlyArray<unknown>;
  /** How many rows were given or changed. */
  readonly count: number;
}

/** One connection, in use by one caller. */
export interface Session {
  /** Values go apart from the text, which is fixed. Throws what the server and the driver throw. */
  readonly query: (text: string, values?: ReadonlyArray<Value | ReadonlyArray<Value>>) => Promise<Result>;
}

export const sessionOf = (client: Pick<PoolClient, 'query'>): Session => ({
  query: async (text, values) => {
    const result = await client.query<Record<string, unknown>>(text, values === undefined ? [] : [...values]);
    return { rows: result.rows, count: result.rowCount ?? 0 };
  },
});
