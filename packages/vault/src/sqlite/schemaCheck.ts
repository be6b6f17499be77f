import { alterations, schemaMadeBy, schemaOf, type SchemaObject } from '@keyturn/sqlite';
import { schemaAltered } from '../rowFaults';
import { type Connection, type Connections, KEYS_FILE, VAULT_FILE } from './connection';
import { CREATE_KEYS, FORMATS, vaultTables } from './schema';

const STATEMENTS = { [VAULT_FILE]: vaultTables, [KEYS_FILE]: () => CREATE_KEYS };
export type VaultFile = keyof typeof STATEMENTS;

const known = new Map<string, ReadonlyArray<SchemaObject>>();

const knownOf = (file: VaultFile, format: number): ReadonlyArray<SchemaObject> => {
  const key = `${file} ${format}`;
  const objects = known.get(key) ?? schemaMadeBy(STATEMENTS[file](format));
  known.set(key, objects);
  return objects;
};

/** Throws `schema-altered` where a file has anything but what one of its format has: a trigger acts on ours. */
export const requireKnownSchema = (db: Connection, file: VaultFile, format = FORMATS.present): void => {
  const found = alterations(schemaOf(db), { required: knownOf(file, format) });
  if (found.length > 0) throw schemaAltered(file, found);
};

export const requireKnownSchemas = ({ vault, keys }: Connections): void => {
  requireKnownSchema(keys, KEYS_FILE);
  requireKnownSchema(vault, VAULT_FILE);
};
