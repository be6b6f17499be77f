import { Client } from 'pg';

/** A session of somebody else's. */
export const clientOf = async (connectionString: string): Promise<Client> => {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};
