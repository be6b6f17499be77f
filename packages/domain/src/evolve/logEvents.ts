import { noLeak } from '../leak/keyLeak';
import type { Fold } from './fold';

export const logKeyRenewed: Fold<'LogKeyRenewed'> = (draft, { number }) => {
  draft.logKey = Math.max(draft.logKey, number);
};

/** Ids of lost keys are burned, and leaked secrets stay banned. */
export const logRestored: Fold<'LogRestored'> = (draft, { lostKeys, removals }) => {
  draft.lastRestore = draft.command;
  for (const keyId of lostKeys) draft.abandon(keyId);
  for (const { keyId, fingerprint, leaked } of removals) {
    const leak = draft.leaks.get(keyId) ?? noLeak(keyId, fingerprint);
    if (!leaked || leak.remembered.includes(fingerprint)) continue;
    draft.setLeak({ ...leak, remembered: [...leak.remembered, fingerprint] });
  }
};
