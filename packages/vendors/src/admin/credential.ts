import { forgetLastMatch } from '../forgetLastMatch';
import type { KeyForms } from '../keyForms';
import type { VendorTable } from '../vendorTable';
import type { AdminApi } from './adminApi';

/** The credential in the headers of a call, or null where it is not what administers an organisation there. */
export const credentialHeaders = (
  { vendor, key }: VendorTable,
  { credential }: AdminApi,
  bytes: Uint8Array,
  sightings: KeyForms['sightings'],
): Readonly<Record<string, string>> | null => {
  // Visible ASCII: anything else could end the header or change on the way.
  if (bytes.length === 0 || bytes.length > 4_096) return null;
  if (!bytes.every((byte) => byte > 0x20 && byte < 0x7f)) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const { pattern } = credential;
  const fits = pattern === null ? !isPlainKey(key.pattern, text) : new RegExp(pattern).test(text);
  // What begins as the credential itself may be known as a secret of somebody's; what stands behind may not.
  const from = pattern === null ? 0 : 1;
  const ofOthers = sightings(text).some(({ owner, at }) => owner !== vendor && at >= from);
  forgetLastMatch();
  if (!fits || ofOthers) return null;
  return Object.fromEntries(
    Object.entries(credential.headers).map(([name, value]) => [
      name,
      value.replace('{credential}', () => text),
    ]),
  );
};

const isPlainKey = (pattern: string | null, text: string): boolean =>
  pattern !== null && new RegExp(pattern).test(text);
