import { forgetLastMatch } from '../forgetLastMatch';
import { sharesBytes } from '../sharesBytes';
import { refusalOf } from './adminRefusal';
import type { AdminOperation } from './adminOperation';
import { keysOfAll } from './keysListed';
import { matching } from './matching';
import type { FindKeysOutcome, VendorKey, VendorKeyFilter } from './vendorAdmin';

/** What tells of the credential is shown to nobody: who answers could repeat it anywhere. */
const concealing = (key: VendorKey, credential: Uint8Array): VendorKey | null => {
  const kept = (text: string | null): string | null =>
    text === null || sharesBytes(text, credential) ? null : text;
  return kept(key.vendorKeyId) === null
    ? null
    : { ...key, hint: kept(key.hint), name: kept(key.name), owner: kept(key.owner) };
};

/** Looks for a key in the vendor's own list. */
export const findKeys = async (
  { session, admin, place, credential }: AdminOperation,
  filter: VendorKeyFilter,
): Promise<FindKeysOutcome> => {
  const all = await keysOfAll(session, admin, place);
  if (all.kind !== 'all') return refusalOf(all);
  const { keys, ...counts } = matching(all.items, filter);
  const shown = keys.map((key) => concealing(key, credential)).filter((key) => key !== null);
  forgetLastMatch();
  return shown.length < keys.length
    ? { kind: 'unavailable', reason: 'unrecognised-answer' }
    : { kind: 'found', keys: shown, listed: all.items.length, ...counts };
};
