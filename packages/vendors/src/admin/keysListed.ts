import { valuesAt } from '../jsonPath';
import type { AdminApi } from './adminApi';
import { isAdminId } from './adminIds';
import type { AdminSession } from './adminSession';
import { listedKey } from './listedKey';
import { allPages, listed, type Pages } from './pages';
import type { VendorKey } from './vendorAdmin';

type ListedKeys = Pages<Omit<VendorKey, 'fits'>>;

const UNRECOGNISED = { kind: 'unavailable', reason: 'unrecognised-answer' } as const;

/** The places to look in: the one that is named, all that the vendor lists, or null for the one list without any. */
const placesOf = async (
  session: AdminSession,
  { place }: AdminApi,
  named: string | null,
): Promise<Pages<string | null>> => {
  if (place === null) return { kind: 'all', items: [null] };
  if (named !== null || place.of === 'named') return { kind: 'all', items: [named] };
  const places = await listed(session, place.listing, null);
  if (places.kind !== 'all') return places;
  const ids = places.items.filter((id) => typeof id === 'string' && isAdminId(id)).map(String);
  // Who has an admin credential has a place for keys: an answer without one is none of the vendor's.
  return ids.length === 0 || ids.length < places.items.length ? UNRECOGNISED : { kind: 'all', items: ids };
};

/** All keys of a place. An item that is no key makes the list none of the vendor's: it is never left out. */
const keysListed = (
  session: AdminSession,
  { listing: { call, items, paging }, key }: AdminApi,
  place: string | null,
): Promise<ListedKeys> =>
  allPages(session, { call, filling: place === null ? {} : { place } }, paging, (json) => {
    const values = valuesAt(json, items);
    const keys = values.map((item) => listedKey(key, item, place)).filter((one) => one !== null);
    return keys.length === values.length ? keys : null;
  });

/** All keys of all places. */
export const keysOfAll = async (
  session: AdminSession,
  admin: AdminApi,
  named: string | null,
): Promise<ListedKeys> => {
  const places = await placesOf(session, admin, named);
  if (places.kind !== 'all') return places;
  const keys: Omit<VendorKey, 'fits'>[] = [];
  for (const place of places.items) {
    const ofPlace = await keysListed(session, admin, place);
    if (ofPlace.kind !== 'all') return ofPlace;
    keys.push(...ofPlace.items);
  }
  return { kind: 'all', items: keys };
};

/** How the vendor's list shows one key: null where it does not have it. */
export const shownInList = async (
  session: AdminSession,
  admin: AdminApi,
  vendorKeyId: string,
  place: string | null,
): Promise<
  | { readonly kind: 'shown'; readonly key: Omit<VendorKey, 'fits'> | null }
  | Exclude<ListedKeys, { kind: 'all' }>
> => {
  const keys = await keysListed(session, admin, place);
  if (keys.kind !== 'all') return keys;
  return { kind: 'shown', key: keys.items.find((key) => key.vendorKeyId === vendorKeyId) ?? null };
};
