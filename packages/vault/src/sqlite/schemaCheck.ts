import { alterations, schemaMadeBy, schemaOf, type SchemaObject } from '@keyturn/sqlite';
import { schemaAltered } from '../rowFaults';
import { type Connection, type Connections, KEYS_FILE, VAULT_FILE } from './connection';
import { CREATE_KEYS, CREATE_VAULT } from './schema';

const STATEMENTS = { [VAULT_FILE]: CREATE_VAULT, [KEYS_FILE]: CREATE_KEYS };
export type VaultFile = keyof typeof STATEMENTS;

const known = new Map<VaultFile, ReadonlyArray<SchemaObject>>();

const knownOf = (file: VaultFile): ReadonlyArray<SchemaObject> => {
  const objects = known.get(file) ?? schemaMadeBy(STATEMENTS[file]);
  known.set(file, objects);
  return objects;
};

/** Throws `schema-altered` where a file has anything but what a new one has: a trigger acts on our own statements. */
export const requireKnownSchema = (db: Connection, file: VaultFile): void => {
  const found = alterations(schemaOf(db), { required: knownOf(file) });
  if (found.length > 0) throw schemaAltered(file, found);
};

export const requireKnownSchemas = ({ vault, keys }: Connections): void => {
  requireKnownSchema(keys, KEYS_FILE);
  requireKnownSchema(vault, VAULT_FILE);
};
