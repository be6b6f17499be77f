import {
  checkPaste,
  cleanPaste,
  pasteIsAdminKey,
  pasteIsOtherVendors,
  invalidInput,
  unknownVendor,
  Vendor,
  type Refusal,
} from '@keyturn/domain';
import { Secret } from '@keyturn/vault';
import { displayName, inspectKey, targetProblem, type Prober } from '@keyturn/vendor-probes';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { decoded } from './context';

export interface PasteRequest {
  readonly vendor: string;
  /** As it was pasted. The string can't be wiped: drop it as soon as the call is made. */
  readonly pasted: string;
  /** Only for vendors whose endpoint is part of the credential. */
  readonly endpoint?: string;
  readonly region?: string;
  /** Remove what does not belong to the key (white space, quotes, a prefix) instead of refusing the paste. */
  readonly clean?: boolean;
  /** The caller's word that a key that looks like another vendor's is this vendor's all the same. */
  readonly vendorIsCertain?: boolean;
}

export interface CheckedPaste {
  readonly vendor: Vendor;
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly secret: Secret;
  /** A sentence when the key does not look as this vendor's usually do; else null. */
  readonly formatWarning: string | null;
}

/** Everything that can be said against a paste before anything is stored or sent. The caller wipes the secret. */
export const checkedPaste = (prober: Prober, request: PasteRequest): E.Either<Refusal, CheckedPaste> => {
  const vendor = decoded(Vendor, 'vendor', request.vendor, 'a vendor slug such as anthropic');
  if (E.isLeft(vendor)) return vendor;
  const known = prober.vendors.map((entry) => entry.vendor);
  if (!known.includes(vendor.right)) return E.left(unknownVendor(vendor.right, known));
  const endpoint = request.endpoint ?? null;
  const region = request.region ?? null;
  const problem = targetProblem({ vendor: vendor.right, endpoint, region });
  if (problem !== null) return E.left(invalidInput('endpoint', problem));
  const text = request.clean === true ? cleanPaste(request.pasted) : checkPaste(request.pasted);
  if (E.isLeft(text)) return text;
  const inspected = inspectKey(vendor.right, Buffer.from(text.right, 'latin1'));
  if (inspected.adminKey) return E.left(pasteIsAdminKey(vendor.right));
  if (inspected.otherVendor !== null && request.vendorIsCertain !== true) {
    return E.left(pasteIsOtherVendors(vendor.right, inspected.otherVendor));
  }
  return pipe(
    Secret.from(text.right),
    E.mapLeft(({ message }) => invalidInput('pasted key', message)),
    E.map((secret) => ({
      vendor: vendor.right,
      endpoint,
      region,
      secret,
      formatWarning: inspected.formatWarning,
    })),
  );
};
