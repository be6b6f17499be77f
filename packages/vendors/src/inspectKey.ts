import { forgetLastMatch } from './forgetLastMatch';
import { displayName, KNOWN_VENDORS } from './knownVendors';
import { VENDOR_TABLES } from './vendors/tables';

/** What can be said of a pasted key without sending it anywhere. Never holds any part of the key. */
export interface KeyInspection {
  /** It administers an organisation: to be refused, since it can do far more than run a compilation. */
  readonly adminKey: boolean;
  /** The vendor that the key recognisably belongs to, when that is another: testing it would disclose it there. */
  readonly otherVendor: string | null;
  /** A sentence when the key does not look as this vendor's keys do today. Only a warning: formats change. */
  readonly formatWarning: string | null;
}

/**
 * Looks at a key that was pasted for `vendor`. Total: any bytes, and any vendor, known or not.
 *
 * @example
 * inspectKey('anthropic', Buffer.from('sk-proj-…')).otherVendor; // 'openai'
 */
export const inspectKey = (vendor: string, secret: Uint8Array): KeyInspection => {
  const key = Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength).toString('latin1');
  const table = VENDOR_TABLES.find((candidate) => candidate.vendor === vendor);
  const owners = KNOWN_VENDORS.filter(
    ({ prefixes, mark }) =>
      prefixes.some((prefix) => key.startsWith(prefix)) || (mark !== null && key.includes(mark)),
  ).map((known) => known.vendor);
  const pattern = table?.key.pattern ?? null;
  const fits = table === undefined || pattern === null || new RegExp(pattern).test(key);
  forgetLastMatch();
  return {
    adminKey: VENDOR_TABLES.some(({ key: { adminPrefixes } }) =>
      adminPrefixes.some((prefix) => key.startsWith(prefix)),
    ),
    otherVendor: owners.includes(vendor) ? null : (owners[0] ?? null),
    formatWarning: fits
      ? null
      : `This does not look like a key of ${displayName(vendor)}, which today is ${table.key.patternInWords}. ` +
        'Formats change, so it is tested all the same.',
  };
};
