import type { HttpRequest } from './httpExchange';
import type { CalledTable } from './vendorTable';

/** The table's request with the secret in its one header; null when the secret can't stand in a header. */
export const requestOf = (
  table: CalledTable,
  model: string,
  secret: Uint8Array,
): Pick<HttpRequest, 'method' | 'headers' | 'body'> | null => {
  // Visible ASCII: no vendor's key has more, and anything else could end the header or change on the way.
  if (secret.length === 0 || !secret.every((byte) => byte > 0x20 && byte < 0x7f)) return null;
  const text = Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength).toString('latin1');
  return {
    method: table.method,
    headers: Object.fromEntries(
      Object.entries(table.headers).map(([name, value]) => [name, value.split('{secret}').join(text)]),
    ),
    body:
      table.body === null
        ? ''
        : JSON.stringify(table.body, (_name, value: unknown) => (value === '{model}' ? model : value)),
  };
};
