import type { LeafPage } from './leafPage';

/** How many bytes SQLite's integer of varying length takes. */
const varintBytes = (value: number): number => {
  let bytes = 1;
  for (let left = value; left >= 128 && bytes < 9; left = Math.floor(left / 128)) bytes += 1;
  return bytes;
};

/** How many bytes of the page a row takes; what is too long for one lies on other pages, all but its beginning. */
const cellBytes = (usable: number, id: number, payload: number): number => {
  const head = varintBytes(payload) + varintBytes(id);
  const most = usable - 35;
  if (payload <= most) return Math.max(4, head + payload);
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const beginning = least + ((payload - least) % (usable - 4));
  return head + (beginning <= most ? beginning : least) + 4;
};

/**
 * By how many bytes the row's blob can grow so that the row takes all that is free on its page, or nearly: alone on a
 * page it leaves up to 18 bytes.
 */
export const fillingGrowth = ({ usable, free, row }: LeafPage, blobBytes: number): number => {
  const typeBytes = (bytes: number): number => varintBytes(2 * bytes + 12);
  const room = cellBytes(usable, row.id, row.payload) + free;
  let [best, taken] = [0, 0];
  for (let growth = 1; growth <= free + usable; growth += 1) {
    const payload = row.payload + growth + typeBytes(blobBytes + growth) - typeBytes(blobBytes);
    const bytes = cellBytes(usable, row.id, payload);
    if (bytes <= room && bytes > taken) [best, taken] = [growth, bytes];
  }
  return best;
};
