import { isKeyturnError, type KnownKey } from 'keyturn';
import type { Visit } from '../frame/page';

/** Additions that are read for it. */
const MOST = 1_000;

/** Who added each key, where the log may be read; empty where it may not. */
export const addedBy = async (
  { keyturn, ctx, may }: Visit,
  keys: ReadonlyArray<Pick<KnownKey, 'keyId'>>,
): Promise<ReadonlyMap<string, string>> => {
  if (!may('ReadAudit') || keys.length === 0) return new Map();
  const [only] = keys;
  const of = keys.length === 1 && only !== undefined ? { keyId: only.keyId } : {};
  try {
    const { entries } = await keyturn.audit.page(ctx, { action: 'KeyAdded', ...of, limit: MOST });
    return new Map(entries.flatMap(({ keyId, actorId }) => (keyId === null ? [] : [[keyId, actorId]])));
  } catch (error) {
    if (isKeyturnError(error) && error.code === 'not-permitted') return new Map();
    throw error;
  }
};
