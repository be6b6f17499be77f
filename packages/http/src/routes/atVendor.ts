import { action } from '../api/action';
import { query, usual } from '../api/query';
import type { Route } from '../api/route';
import { FoundAtVendor, RevokedAtVendor, UsageAtVendor, VendorRevocation } from '../codecs/atVendorAnswers';
import { nullable, objectWith, parameters } from '../codecs/codec';
import { Id, Pasted } from '../codecs/inputs';
import { Instant } from '../codecs/words';

const AT_VENDOR = '/workspaces/{workspaceId}/support/at-vendor';
const tag = 'Leak review';
const permission = 'RevokeAtVendor';

const ofCase = { keyId: Id, caseId: Id } as const;
const credential = { ...ofCase, adminCredential: Pasted } as const;

/** What a customer does with an admin credential of his own. It goes up in a body, and is kept nowhere. */
export const atVendorRoutes: ReadonlyArray<Route> = [
  query({
    ...usual,
    id: 'howToRevoke',
    path: AT_VENDOR,
    summary: "Show what a vendor's own calls take to revoke a key",
    tag,
    permission,
    scope: 'workspace',
    query: parameters(ofCase, {}),
    answer: VendorRevocation,
    ask: ({ keyturn, ctx, query: key, signal }) => keyturn.support.atVendor.how(ctx, key, { signal }),
  }),
  action({
    id: 'findAtVendor',
    path: `${AT_VENDOR}/find`,
    summary: "Find a key in its vendor's own list",
    description: "With the customer's own admin credential, which is kept nowhere.",
    tag,
    permission,
    scope: 'workspace',
    isStepUp: true,
    takesAdminCredential: true,
    body: objectWith('FindAtVendorInput', credential, { place: nullable(Id) }),
    answer: FoundAtVendor,
    ask: ({ keyturn, ctx, body, signal }) => keyturn.support.atVendor.find(ctx, body, { signal }),
  }),
  action({
    id: 'usageAtVendor',
    path: `${AT_VENDOR}/usage`,
    summary: 'Ask the vendor what it counted of a key',
    description:
      "With the customer's own admin credential, which is kept nowhere. Its `csv` is `usage` of an exposure report.",
    tag,
    permission,
    scope: 'workspace',
    isStepUp: true,
    takesAdminCredential: true,
    body: objectWith(
      'UsageAtVendorInput',
      { ...credential, vendorKeyId: Id, from: Instant, to: Instant },
      { place: nullable(Id) },
    ),
    answer: UsageAtVendor,
    ask: ({ keyturn, ctx, body, signal }) => keyturn.support.atVendor.usage(ctx, body, { signal }),
  }),
  action({
    id: 'revokeAtVendor',
    path: `${AT_VENDOR}/revoke`,
    summary: "Revoke a key through its vendor's own calls",
    description: "With the customer's own admin credential, which is kept nowhere.",
    tag,
    permission,
    scope: 'workspace',
    isStepUp: true,
    takesAdminCredential: true,
    body: objectWith('RevokeAtVendorInput', { ...credential, vendorKeyId: Id }, { place: nullable(Id) }),
    answer: RevokedAtVendor,
    // Once begun it goes to its end, whoever still listens.
    ask: ({ keyturn, ctx, body }) => keyturn.support.atVendor.revoke(ctx, body),
  }),
];
