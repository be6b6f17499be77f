import { invalidInput, looksLikeVendorKey, refuse, type Refusal } from '@keyturn/domain';
import type { Secret, SecretFingerprints } from '@keyturn/vault';
import { sharesBytes } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import { textGiven } from '../given';
import type { KeyAtVendor } from './atVendor';

const PLACE_RULE = "the vendor's id of a project, workspace or team, and nothing of a key or a credential";
const KEY_ID_RULE = "the key's id, as the vendor's list names it";

/** What is named at the vendor stands in an address there: nothing of a secret that was pasted in its place may. */
const named = (
  field: 'place' | 'vendorKeyId',
  given: unknown,
  credential: Secret,
  rule: string,
): E.Either<Refusal, string | null> => {
  const text = textGiven(field, given);
  if (E.isLeft(text) || text.right === null) return text;
  const { right } = text;
  const isOfSecret = looksLikeVendorKey(right) || credential.use((bytes) => sharesBytes(right, bytes));
  return isOfSecret ? E.left(invalidInput(field, rule)) : text;
};

/** The project, workspace or team that is to be looked in; null for all. */
const placeGiven = (given: unknown, credential: Secret): E.Either<Refusal, string | null> =>
  named('place', given, credential, PLACE_RULE);

/** As the vendor's list names the key. */
const vendorKeyIdGiven = (given: unknown, credential: Secret): E.Either<Refusal, string> => {
  const id = named('vendorKeyId', given, credential, KEY_ID_RULE);
  if (E.isLeft(id)) return id;
  return id.right === null ? E.left(invalidInput('vendorKeyId', KEY_ID_RULE)) : E.right(id.right);
};

/** A plain key of the workspace is no admin credential, also where its vendor's forms are alike. */
const unlessPlainKey = (
  vault: SecretFingerprints,
  { asked: { workspaceId }, keyring, vendorName, admin }: KeyAtVendor,
  credential: Secret,
): E.Either<Refusal, void> => {
  const fingerprint = vault.fingerprint(workspaceId, credential);
  return [...keyring.keys.values()].some((key) => key.fingerprint === fingerprint)
    ? E.left(refuse('admin-credential-unfit', { vendorName, wanted: admin.credential }))
    : E.right(undefined);
};

/** Where a request looks, once its credential is no plain key. */
export const placeAtVendor = (
  vault: SecretFingerprints,
  at: KeyAtVendor,
  credential: Secret,
  place: unknown,
): E.Either<Refusal, string | null> => {
  const fit = unlessPlainKey(vault, at, credential);
  return E.isLeft(fit) ? fit : placeGiven(place, credential);
};

/** The key there, as a request names it, and where it looks, once its credential is no plain key. */
export const keyNamedAtVendor = (
  vault: SecretFingerprints,
  at: KeyAtVendor,
  credential: Secret,
  { vendorKeyId, place }: { readonly vendorKeyId: unknown; readonly place?: unknown },
): E.Either<Refusal, { readonly id: string; readonly place: string | null }> => {
  const fit = unlessPlainKey(vault, at, credential);
  if (E.isLeft(fit)) return fit;
  const id = vendorKeyIdGiven(vendorKeyId, credential);
  if (E.isLeft(id)) return id;
  const where = placeGiven(place, credential);
  return E.isLeft(where) ? where : E.right({ id: id.right, place: where.right });
};
