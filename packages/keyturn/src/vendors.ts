import type { KnownVendors } from '@keyturn/vendors';
import type { ReaderContext } from './context';
import type { VendorTrouble } from './whoseFault';

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
  /**
   * Every vendor that was called in the last 15 minutes, and how many workspaces have trouble there that speaks against
   * no key. No workspace is named. The hook is asked for `ListWorkspaces` of all of them.
   *
   * @example
   * const down = (await keyturn.vendors.troubles({ actor })).filter(({ fault }) => fault !== 'this-key');
   */
  readonly troubles: (ctx: Omit<ReaderContext, 'workspaceId'>) => Promise<ReadonlyArray<VendorTrouble>>;
}

export const makeVendors = (known: KnownVendors, troubles: Vendors['troubles']): Vendors => {
  const factsOf = (vendor: string): VendorFacts => ({
    vendor,
    name: known.displayName(vendor),
    keyPage: known.keyConsolePage(vendor),
    revocationPage: known.revocationPage(vendor),
  });
  return {
    list: () => known.list.map(({ vendor }) => factsOf(vendor)),
    get: factsOf,
    troubles,
  };
};
