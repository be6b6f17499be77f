import type { VendorTable } from './vendorTable';

/** The headers by which a vendor's requests carry a key. The strings can't be wiped. */
export const authHeaders = (
  { headers }: VendorTable,
  secret: Uint8Array,
): Readonly<Record<string, string>> => {
  const text = Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength).toString('latin1');
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value.includes('{secret}'))
      .map(([name, value]) => [name, value.replace('{secret}', () => text)]),
  );
};
