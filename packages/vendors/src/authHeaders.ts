import { VENDOR_TABLES } from './vendors/tables';

/**
 * The headers by which a vendor's requests carry a key, such as `{ 'x-api-key': '…' }`, from the vendor's table; null
 * for a vendor without one. The strings can't be wiped: drop them as soon as the request is sent.
 *
 * @example
 * const headers = authHeaders('openai', secret); // { authorization: 'Bearer …' }
 */
export const authHeaders = (vendor: string, secret: Uint8Array): Readonly<Record<string, string>> | null => {
  const table = VENDOR_TABLES.find((candidate) => candidate.vendor === vendor);
  if (table === undefined) return null;
  const text = Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength).toString('latin1');
  return Object.fromEntries(
    Object.entries(table.headers)
      .filter(([, value]) => value.includes('{secret}'))
      .map(([name, value]) => [name, value.replace('{secret}', () => text)]),
  );
};
