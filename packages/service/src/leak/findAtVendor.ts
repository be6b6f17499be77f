import type { FindKeysOutcome, VendorAdminProfile, VendorKey } from '@keyturn/vendors';
import type { Secret } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { pipe } from 'fp-ts/function';
import type { TaskEither } from 'fp-ts/TaskEither';
import { withRequest } from '../commanding';
import type { CallContext } from '../context';
import type { Failure } from '../failure';
import type { MembersOf } from '../given';
import { keyAtVendor, refusalAtVendor, type AtVendorParts } from './atVendor';
import type { FindAtVendorRequest, OfLeakCase } from './leakRequests';
import { placeAtVendor } from './namedAtVendor';

/** How a vendor lists and revokes keys, and with what. */
export interface VendorRevocation extends VendorAdminProfile {
  readonly vendor: string;
  readonly vendorName: string;
}

/** What the vendor's own list has. */
export interface FoundAtVendor extends Omit<Extract<FindKeysOutcome, { kind: 'found' }>, 'kind' | 'keys'> {
  readonly vendor: string;
  readonly vendorName: string;
  readonly keys: ReadonlyArray<VendorKey>;
}

const OF_CASE: MembersOf<OfLeakCase> = { keyId: true, caseId: true };
const FIND: MembersOf<FindAtVendorRequest> = { ...OF_CASE, place: true };

export const makeFindAtVendor = (parts: AtVendorParts) => ({
  /**
   * How a reported key can be revoked through its vendor's own calls, and with what credential. Nothing is sent.
   *
   * Refuses `admin-credential-from-support`, `unknown-key`, `leak-not-reported`, `no-admin-api`.
   */
  vendorRevocation: (context: CallContext, given: OfLeakCase): TaskEither<Failure, VendorRevocation> =>
    withRequest(given, OF_CASE, (request) =>
      pipe(
        keyAtVendor(parts, context, request),
        TE.map(({ admin, key: { vendor }, vendorName }) => ({ ...admin, vendor, vendorName })),
      ),
    ),

  /**
   * Looks for a reported key in the vendor's own list, and changes nothing there.
   *
   * Refuses as `vendorRevocation` does, and `admin-credential-unfit`, `admin-credential-refused`,
   * `admin-credential-not-permitted`, `vendor-unavailable`, `invalid-input`.
   *
   * @param credential - read, and never wiped: it stays the caller's
   */
  findAtVendor: (
    context: CallContext,
    given: FindAtVendorRequest,
    credential: Secret,
  ): TaskEither<Failure, FoundAtVendor> =>
    withRequest(given, FIND, (request) =>
      pipe(
        keyAtVendor(parts, context, request),
        TE.chain((at) => async () => {
          const { key, signal, vendorAdmin, vendorName } = at;
          const place = placeAtVendor(parts.vault, at, credential, request.place);
          if (E.isLeft(place)) return place;
          const target = { vendor: key.vendor, place: place.right };
          const filter = { last4: key.last4, onFileSince: key.addedAt };
          const { outcome } = await credential.use((bytes) =>
            vendorAdmin.findKeys(bytes, target, filter, signal)(),
          );
          if (outcome.kind !== 'found') return E.left(refusalAtVendor(at, outcome));
          const { keys, listed, otherHint, madeLater } = outcome;
          return E.right({ vendor: key.vendor, vendorName, keys, listed, otherHint, madeLater });
        }),
      ),
    ),
});
