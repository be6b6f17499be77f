import { startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { clientPrototype } from '../../postgresDriver';
import { replaced } from '../replaced';
import {
  namesOf,
  TABLES,
  type Lying,
  type Row,
  type Table,
  type Value,
  type VaultHomes,
  type VaultTables,
} from './vaultTables';

const SCHEMA = 'keyturn_vault';
const BYTES = '\\x';

const valueOf = (u: unknown): Value => {
  if (typeof u === 'string') return u.startsWith(BYTES) ? Buffer.from(u.slice(BYTES.length), 'hex') : u;
  if (typeof u === 'number' || u === null) return u;
  throw new Error('A column of the vault is of no known type.');
};

const lyingIn = (line: string): Lying => {
  const lying: unknown = JSON.parse(line);
  const of = (name: string): unknown =>
    typeof lying === 'object' && lying !== null ? Reflect.get(lying, name) : null;
  const [table, row] = [of('table'), of('row')];
  const known = TABLES.find((name): name is Table => name === table);
  if (known === undefined || typeof row !== 'object' || row === null) throw new Error('No row of the vault.');
  return {
    table: known,
    row: Object.fromEntries(Object.entries(row).map(([name, value]) => [name, valueOf(value)])),
  };
};

const quoted = (text: string): string => `$quoted$${text}$quoted$`;

const written = (value: Value): string | number | null =>
  Buffer.isBuffer(value) ? `${BYTES}${value.toString('hex')}` : value;

const jsonOf = (row: Row): string =>
  JSON.stringify(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, written(value)])));

const removing = (lying: Lying): string => {
  const where = Object.entries(namesOf(lying)).map(([name, value]) => `${name} = ${quoted(String(value))}`);
  return `DELETE FROM ${SCHEMA}.${lying.table} WHERE ${where.join(' AND ')};`;
};

const inserting = ({ table, row }: Lying): string =>
  `INSERT INTO ${SCHEMA}.${table} SELECT * FROM json_populate_record(NULL::${SCHEMA}.${table}, ` +
  `${quoted(jsonOf(row))});`;

const isPromise = (u: unknown): u is Promise<unknown> => u instanceof Promise;

const rowsOf = (result: unknown): unknown =>
  typeof result === 'object' && result !== null ? Reflect.get(result, 'rows') : null;

/** The product's connections are the only ones of this process: what is done here is done by `psql`. */
const watch: VaultTables['watch'] = ({ rows }) =>
  replaced(clientPrototype(), 'query', (call, _, [text]) => {
    const answer = call();
    return isPromise(answer)
      ? answer.then((result) => {
          rows(String(text), rowsOf(result));
          return result;
        })
      : answer;
  });

const tablesOn = (server: PostgresServer, database: string): VaultTables => ({
  read: async (workspaceIds) => {
    const ids = workspaceIds.map(quoted).join(', ');
    const selects = TABLES.map(
      (table) =>
        `SELECT json_build_object('table', '${table}', 'row', row_to_json(t))::text ` +
        `FROM ${SCHEMA}.${table} t WHERE workspace_id IN (${ids})`,
    );
    const said = await server.sql(selects.join(' UNION ALL '), database);
    return said
      .split('\n')
      .filter((line) => line !== '')
      .map(lyingIn);
  },
  replace: async (taken, put) => {
    const statements = ['BEGIN;', ...taken.map(removing), ...put.map(inserting), 'COMMIT;'];
    await server.sql(statements.join('\n'), database);
  },
  rename: async (from, to) => {
    await server.sql(`ALTER TABLE ${SCHEMA}.${from} RENAME TO ${to}`, database);
  },
  watch,
  close: () => Promise.resolve(),
});

/** In a database on a cluster of its own. */
export const POSTGRES: VaultHomes = async () => {
  const server = await startPostgres();
  const postgres = await server.newDatabase();
  const database = new URL(postgres()).username;
  return { server: { postgres }, tables: () => tablesOn(server, database), close: server.stop };
};
