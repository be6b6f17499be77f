import type {
  FoundAtVendor as TheFound,
  RevokedAtVendor as TheRevoked,
  UsageAtVendor as TheUsage,
  VendorRevocation as TheRevocation,
} from 'keyturn';
import { list, nullable, object, word, type Codec } from './codec';
import { killCheck, written } from './keyAnswers';
import type { Plain } from './plain';
import { flag, Instant, number, text } from './words';

export const VendorRevocation: Codec<Plain<TheRevocation>> = object('VendorRevocation', {
  vendor: text,
  vendorName: text,
  credential: text,
  credentialPage: text,
  only: nullable(text),
  place: nullable(text),
  list: text,
  revoke: text,
  undo: nullable(text),
  notRevocable: nullable(text),
  usage: list(text),
});

export const FoundAtVendor: Codec<Plain<TheFound>> = object('FoundAtVendor', {
  vendor: text,
  vendorName: text,
  keys: list(
    object('KeyAtVendor', {
      vendorKeyId: text,
      name: nullable(text),
      hint: nullable(text),
      fits: word({ hint: null, unknown: null }),
      status: word({ active: null, inactive: null, unknown: null }),
      owner: nullable(text),
      createdAt: nullable(Instant),
      lastUsedAt: nullable(Instant),
    }),
  ),
  listed: number,
  otherHint: number,
  madeLater: number,
});

export const UsageAtVendor: Codec<Plain<TheUsage>> = object('UsageAtVendor', {
  vendor: text,
  vendorName: text,
  outcome: word({ usage: null, 'no-usage-of-keys': null, 'not-found': null }),
  csv: nullable(text),
  buckets: number,
  rowsWithoutKey: number,
});

export const RevokedAtVendor: Codec<Plain<TheRevoked>> = object('RevokedAtVendor', {
  outcome: word({
    revoked: null,
    'already-inactive': null,
    'not-found': null,
    'not-revocable': null,
    unavailable: null,
  }),
  changed: flag,
  dead: flag,
  deadByList: flag,
  killCheckSays: nullable(killCheck.says),
  reason: nullable(text),
  instead: nullable(text),
  listShows: nullable(word({ inactive: null, absent: null, active: null, unknown: null })),
  undo: nullable(object('VendorUndo', { until: nullable(Instant), how: text })),
  ...written,
});
