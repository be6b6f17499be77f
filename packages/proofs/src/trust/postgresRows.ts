import type { PostgresServer } from '@keyturn/testbed/postgres';
import type { VaultRow } from './vaultRow';

const SELECT = `
SELECT to_regclass('keyturn_vault.data_keys') IS NOT NULL AS made \\gset
\\if :made
SELECT 'sealed secret', workspace_id, key_id, state, encode(sealed, 'hex') FROM keyturn_vault.sealed_secrets
UNION ALL
SELECT 'data key', workspace_id, key_id, 'live', encode(sealed, 'hex') FROM keyturn_vault.data_keys;
\\endif
`;

/** Every row of the vault in a database, read past the product. None where the vault was not made to its end. */
export const postgresRows = async (
  server: PostgresServer,
  database: string,
): Promise<ReadonlyArray<VaultRow>> => {
  const said = await server.sql(SELECT, database);
  return said
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [kind, workspaceId = '', keyId = '', state = '', hex = ''] = line.split('|');
      if (kind !== 'sealed secret' && kind !== 'data key')
        throw new Error(`a row of another shape: ${kind ?? ''}`);
      return { kind, workspaceId, keyId, state, sealed: Buffer.from(hex, 'hex') };
    });
};
