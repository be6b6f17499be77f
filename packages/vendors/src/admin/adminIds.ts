/** Ids of vendors' keys and places, as they may stand in an address: none leads upwards, and none ends a path. */
export const isAdminId = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/.test(text);

/** A key's id, with that of its place, so that the two can be taken apart. */
export const vendorKeyIdOf = (place: string | null, id: string): string =>
  place === null ? id : `${place}/${id}`;

/** The place and the id that a key is named by; null where it is not named so. */
export const readVendorKeyId = (
  text: string,
  hasPlaces: boolean,
): { readonly place: string | null; readonly id: string } | null => {
  const parts = text.split('/');
  if (parts.length !== (hasPlaces ? 2 : 1) || !parts.every(isAdminId)) return null;
  const [first = '', second] = parts;
  return second === undefined ? { place: null, id: first } : { place: first, id: second };
};
