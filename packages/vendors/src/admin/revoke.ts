import { refusalOf } from './adminRefusal';
import type { AdminApi } from './adminApi';
import type { AdminOperation } from './adminOperation';
import { shownInList } from './keysListed';
import { matching } from './matching';
import type { RevokeOutcome, VendorKey, VendorKeyFilter } from './vendorAdmin';

/** How long the list is given to show it, after each look. Milliseconds. */
const LOOK_AGAIN_MS = [1_000, 3_000] as const;

const DAY_MS = 86_400_000;

const undoOf = (
  { undo }: AdminApi,
  revokedAt: number,
): Extract<RevokeOutcome, { kind: 'revoked' }>['undo'] =>
  undo === null
    ? null
    : { until: undo.days === null ? null : revokedAt + undo.days * DAY_MS, how: undo.inWords };

/**
 * Ends one key. What the vendor's own list shows decides: a call whose answer was lost may have been carried out, and
 * one that was taken may come to nothing. Where no list can be had, the key is ended all the same: a thief does not
 * wait. A list that was had decides by that very look whether it is the key: no second one is taken for it.
 */
export const revoke = async (
  operation: AdminOperation,
  vendorKeyId: string,
  { place, id }: { readonly place: string | null; readonly id: string },
  filter: VendorKeyFilter,
): Promise<RevokeOutcome> => {
  const { session, admin, now } = operation;
  const before = await shownInList(session, admin, vendorKeyId, place);
  if (before.kind === 'error') return refusalOf(before);
  let fits: VendorKey['fits'] = 'unknown';
  if (before.kind === 'shown') {
    if (before.key === null) return { kind: 'not-found' };
    const [match] = matching([before.key], filter).keys;
    if (match === undefined) return { kind: 'other-key' };
    ({ fits } = match);
    if (match.status === 'inactive') return { kind: 'already-inactive', fits };
  }
  const answer = await session.ask({
    call: admin.revoke,
    filling: place === null ? { key: id } : { place, key: id },
  });
  const revokedAt = now();
  const evidenceOfRevoking = session.evidence;
  if (answer.kind === 'error' && answer.meaning === 'not-revocable' && admin.notRevocable !== null) {
    return { kind: 'not-revocable', instead: admin.notRevocable };
  }
  if (answer.kind === 'error' && answer.meaning !== 'not-found') return refusalOf(answer);
  const listShows = await shownAfterwards(operation, vendorKeyId, place);
  // Absent from a list that never had it tells nothing: the id may be wrong, or of another organisation.
  const isGone = listShows === 'absent' && before.kind === 'shown';
  if (listShows === 'inactive' || isGone || answer.kind === 'success') {
    return { kind: 'revoked', fits, listShows, undo: undoOf(admin, revokedAt) };
  }
  session.keep(evidenceOfRevoking);
  return answer.kind === 'error' ? { kind: 'not-found' } : refusalOf(answer);
};

const shownAfterwards = async (
  { session, admin }: AdminOperation,
  vendorKeyId: string,
  place: string | null,
): Promise<Extract<RevokeOutcome, { kind: 'revoked' }>['listShows']> => {
  for (const wait of [...LOOK_AGAIN_MS, null]) {
    const after = await shownInList(session, admin, vendorKeyId, place);
    const shows = after.kind === 'shown' ? (after.key?.status ?? 'absent') : 'unknown';
    if (shows !== 'active' || wait === null || !(await session.pause(wait))) return shows;
  }
  return 'unknown';
};
