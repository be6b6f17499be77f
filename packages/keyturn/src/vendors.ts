import { displayName, keyConsolePage, revocationPage } from '@keyturn/vendors';

/** What is known of a vendor. */
export interface VendorFacts {
  readonly vendor: string;
  /** As people write it, such as `OpenAI`. */
  readonly name: string;
  /** Where its keys are made; null where that is not known. */
  readonly keyPage: string | null;
  /** Where its keys are revoked, which is what stops a leaked key from being used; null where that is not known. */
  readonly revocationPage: string | null;
}

export interface Vendors {
  /** The vendors whose keys can be test-called. */
  readonly list: () => ReadonlyArray<VendorFacts>;
  /** What is known of one; its name is its slug where nothing is. */
  readonly get: (vendor: string) => VendorFacts;
}

const factsOf = (vendor: string): VendorFacts => ({
  vendor,
  name: displayName(vendor),
  keyPage: keyConsolePage(vendor),
  revocationPage: revocationPage(vendor),
});

export const makeVendors = (known: ReadonlyArray<{ readonly vendor: string }>): Vendors => ({
  list: () => known.map(({ vendor }) => factsOf(vendor)),
  get: factsOf,
});
