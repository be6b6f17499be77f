import type { Secret } from '@keyturn/vault';
import type { KnownVendors } from '@keyturn/vendors';
import { faultError } from './errors';

/**
 * A vendor key in clear, for as long as the function runs that it was handed to; then its bytes are wiped. Whatever
 * prints, inspects or serialises it gets `…AbCd`. Reading it after that is the fault `secret-wiped`.
 */
export interface RunSecret {
  /** All that is ever shown of it. */
  readonly last4: string;
  /** Runs a function on the bytes themselves, which turn to zeros later: a function that keeps them keeps nothing. */
  readonly use: <A>(work: (bytes: Uint8Array) => A) => A;
  /**
   * The headers that carry the key to its vendor, such as `{ 'x-api-key': '…' }`. Header values are strings, which
   * can't be wiped: drop them once the request is made.
   *
   * @throws KeyturnFault `no-vendor-table` for a vendor whose headers are not known
   */
  readonly authHeaders: () => Record<string, string>;
  /** The key as a string, for SDKs that take nothing else. A string can't be wiped: hand it on, and keep it nowhere. */
  readonly reveal: () => string;
  /** Wipes the bytes at once, where the function has no more use for them. */
  readonly wipe: () => void;
}

/** Hands a secret out in the form that embedding services get. */
export const runSecretOf = (
  secret: Secret,
  vendor: string,
  vendors: Pick<KnownVendors, 'authHeaders'>,
): RunSecret => {
  const masked = (): string => `…${secret.last4}`;
  const bytes = (): Uint8Array => {
    try {
      return secret.bytes();
    } catch (cause) {
      throw faultError(
        'secret-wiped',
        'vault',
        'This secret is wiped: read it only while its function runs.',
        cause,
      );
    }
  };
  const used = <A>(work: (bytes: Uint8Array) => A): A => work(bytes());
  const face: RunSecret = {
    last4: secret.last4,
    use: used,
    authHeaders: () => {
      const headers = vendors.authHeaders(vendor, bytes());
      if (headers !== null) return { ...headers };
      throw faultError(
        'no-vendor-table',
        'vendors',
        `No table says how requests to ${vendor} carry a key. ` +
          `Take it with reveal(), and put it where ${vendor} wants it.`,
      );
    },
    // Of the same memory: a copy would stay in the pool that Node cuts small buffers from.
    reveal: () => {
      const { buffer, byteOffset, byteLength } = bytes();
      return Buffer.from(buffer, byteOffset, byteLength).toString('latin1');
    },
    wipe: () => {
      secret.wipe();
    },
  };
  for (const name of ['toString', 'toJSON', Symbol.toPrimitive, Symbol.for('nodejs.util.inspect.custom')]) {
    Object.defineProperty(face, name, { value: masked });
  }
  return face;
};
