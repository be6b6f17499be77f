import { named, type KeyFact } from './keyFact';
import type { NoFacts, RefusalTable } from './table';

/** Refusals on the way to revoking a key through its vendor's own calls. Of each of them nothing was changed there. */
export interface AtVendorRefusals {
  'admin-credential-from-support': NoFacts;
  'no-admin-api': { readonly vendor: string; readonly vendorName: string };
  /** `wanted`: what administers an organisation there. */
  'admin-credential-unfit': { readonly vendorName: string; readonly wanted: string };
  'admin-credential-refused': { readonly vendorName: string };
  'admin-credential-not-permitted': { readonly vendorName: string; readonly only: string | null };
  /** `reason`: why there is no answer, such as `timeout`. */
  'vendor-unavailable': { readonly vendorName: string; readonly reason: string };
  'vendor-key-unfit': { readonly vendorName: string; readonly key: KeyFact };
}

export const atVendorRefusals: RefusalTable<AtVendorRefusals> = {
  'admin-credential-from-support': {
    message: () =>
      "An organisation's admin credential is taken from the customer alone, and from nobody of support: who asks for " +
      'one by mail may be a thief. The customer runs this, or revokes the key by hand.',
    next: ['revoke-at-vendor'],
  },
  'no-admin-api': {
    message: (f) =>
      `${f.vendorName} has no calls that list and revoke keys, or none that are made here. ` +
      'Revoke the key by hand.',
    next: ['revoke-at-vendor'],
  },
  'admin-credential-unfit': {
    message: (f) =>
      `That is not what administers an organisation at ${f.vendorName}, so nothing was sent. ` +
      `It has to be ${f.wanted}.`,
    next: ['paste-again', 'revoke-at-vendor'],
  },
  'admin-credential-refused': {
    message: (f) =>
      `${f.vendorName} does not take this admin credential. ` +
      'Look whether it was copied whole, and whether it still works.',
    next: ['paste-again', 'revoke-at-vendor'],
  },
  'admin-credential-not-permitted': {
    message: (f) =>
      `${f.vendorName} takes this admin credential, and does not allow it what was asked of this key` +
      `${f.only === null ? '' : ` (these calls are for ${f.only})`}. Take another one, or revoke the key by hand.`,
    next: ['paste-again', 'revoke-at-vendor'],
  },
  'vendor-unavailable': {
    message: (f) =>
      `${f.vendorName} did not answer as it should (${f.reason}), and nothing was changed there. ` +
      'Try again, or revoke the key by hand: a thief does not wait.',
    next: ['retry-later', 'revoke-at-vendor'],
  },
  'vendor-key-unfit': {
    message: (f) =>
      `By ${f.vendorName}'s list the key of that id is not ${named(f.key)}: it ends otherwise or was made later. ` +
      'Nothing was revoked.',
    next: ['name-a-key', 'revoke-at-vendor'],
  },
};
