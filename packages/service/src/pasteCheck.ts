import {
  checkPaste,
  cleanPaste,
  invalidInput,
  textContainsSecret,
  unknownVendor,
  Vendor,
  type Refusal,
} from '@keyturn/domain';
import { Secret } from '@keyturn/vault';
import type { Prober } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { decoded } from './context';
import { flagGiven, textGiven } from './given';
import { sharesPaste } from './secretInText';

export interface PasteRequest {
  readonly vendor: string;
  /** As it was pasted. The string can't be wiped: drop it as soon as the call is made. */
  readonly pasted: string;
  /** Only for vendors whose endpoint is part of the credential. */
  readonly endpoint?: string | null | undefined;
  readonly region?: string | null | undefined;
  /** Only for vendors whose keys come with the model, or deployment, that they are for. */
  readonly model?: string | null | undefined;
  /** Remove what does not belong to the key (white space, quotes, a name) instead of refusing the paste. */
  readonly clean?: boolean | undefined;
  /** The caller's word that what looks like somebody else's secret is this vendor's key all the same. */
  readonly vendorIsCertain?: boolean | undefined;
  /** The caller's word that the paste is the key as it is, whatever printable characters it has. */
  readonly keyIsCertain?: boolean | undefined;
}

export interface CheckedPaste {
  readonly vendor: Vendor;
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly model: string | null;
  readonly secret: Secret;
  /** A sentence when the key does not look as this vendor's usually do; else null. */
  readonly formatWarning: string | null;
}

/** Everything that can be said against a paste before anything is stored or sent. The caller wipes the secret. */
export const checkedPaste = (
  prober: Pick<Prober, 'vendors' | 'readTarget'>,
  request: PasteRequest,
): E.Either<Refusal, CheckedPaste> => {
  if (!t.string.is(request.pasted)) return E.left(invalidInput('pasted', 'text'));
  const vendor = decoded(Vendor, 'vendor', request.vendor, 'a vendor slug such as anthropic');
  if (E.isLeft(vendor)) return vendor;
  const known = prober.vendors.list.map((entry) => entry.vendor);
  if (!known.includes(vendor.right)) {
    return E.left(
      sharesPaste(request.pasted, request.vendor)
        ? textContainsSecret('vendor')
        : unknownVendor(vendor.right, known),
    );
  }
  const endpoint = textGiven('endpoint', request.endpoint);
  if (E.isLeft(endpoint)) return endpoint;
  const region = textGiven('region', request.region);
  if (E.isLeft(region)) return region;
  const model = textGiven('model', request.model);
  if (E.isLeft(model)) return model;
  const clean = flagGiven('clean', request.clean);
  if (E.isLeft(clean)) return clean;
  const vendorIsCertain = flagGiven('vendorIsCertain', request.vendorIsCertain);
  if (E.isLeft(vendorIsCertain)) return vendorIsCertain;
  const keyIsCertain = flagGiven('keyIsCertain', request.keyIsCertain);
  if (E.isLeft(keyIsCertain)) return keyIsCertain;
  const target = prober.readTarget({
    vendor: vendor.right,
    endpoint: endpoint.right,
    region: region.right,
    model: model.right,
  });
  if (E.isLeft(target)) return E.left(invalidInput(target.left.field, target.left.problem));
  const look = clean.right ? cleanPaste : checkPaste;
  const word = { vendorIsCertain: vendorIsCertain.right, keyIsCertain: keyIsCertain.right };
  const text = look(request.pasted, prober.vendors.keyForms(vendor.right), word);
  if (E.isLeft(text)) return text;
  const secret = Secret.from(text.right);
  if (E.isLeft(secret)) return E.left(invalidInput('pasted key', secret.left.message));
  return E.right({
    vendor: vendor.right,
    endpoint: target.right.endpoint,
    region: region.right,
    model: model.right,
    secret: secret.right,
    formatWarning: prober.vendors.formatWarning(vendor.right, text.right),
  });
};
