import { isKeyturnError, type KnownKey } from 'keyturn';
import { need } from '../frame/need';
import type { Visit } from '../frame/page';
import { WORDS } from '../words/words';

/**
 * The key that an address names.
 *
 * @throws ProblemError `not-permitted`
 * @throws KeyturnRefusal `unknown-key`, `unknown-workspace`
 */
export const keyOf = async (visit: Visit): Promise<KnownKey> => {
  need(visit, 'ListKeys');
  return visit.keyturn.keys.resolve(visit.ctx, visit.params['keyId'] ?? '');
};

/** An address of the workspace, under the case that this is done under. */
export const underCase = ({ here, caseId }: Visit, path: string, inCase = caseId): string =>
  here(
    inCase === null
      ? path
      : `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ case: inCase }).toString()}`,
  );

/** Where a key's pages are. What is done on one of them belongs to the case that this is done under. */
export const keyPath = (visit: Visit, keyId: string, page = '', caseId = visit.caseId): string =>
  underCase(visit, `/keys/${encodeURIComponent(keyId)}${page}`, page === '' ? null : caseId);

/** Where a leak case is. */
export const casePath = (visit: Visit, caseId: string): string => underCase(visit, '/leaks/case', caseId);

/** Where somebody comes from who does something with a key: the case, or the key itself. */
export const backTo = (visit: Visit, keyId: string): string =>
  visit.caseId === null ? keyPath(visit, keyId) : casePath(visit, visit.caseId);

/** On file, and not on its way out. */
export const isOnFile = ({ status }: KnownKey): boolean => status !== 'retired' && status !== 'hard-deleted';

/** Fit to be a Default. */
export const isFit = ({ status, suspended }: KnownKey): boolean => status === 'active' && !suspended;

/** Where a key is Default, in words. */
export const defaultPlaces = ({ isDefault, projectDefaults }: KnownKey): ReadonlyArray<string> => [
  ...(isDefault ? [WORDS.keys.workspaceDefault] : []),
  ...projectDefaults,
];

/** The same within a sentence. */
export const placesInWords = ({ isDefault, projectDefaults }: KnownKey): string =>
  WORDS.listed([
    ...(isDefault ? [WORDS.keys.workspace] : []),
    ...projectDefaults.map((id) => WORDS.keys.project(id)),
  ]);

/** `…AbCd, prod-2`: a key among others. */
export const keyName = ({ last4, label }: KnownKey): string =>
  label === null ? `…${last4}` : `…${last4}, ${label}`;

/** The Default comes first, then keys of the same vendor, then the newest. */
const nearest =
  (key: KnownKey) =>
  (one: KnownKey, other: KnownKey): number =>
    Number(other.isDefault) - Number(one.isDefault) ||
    Number(other.vendor === key.vendor) - Number(one.vendor === key.vendor) ||
    other.addedAt - one.addedAt;

/** What may take a key's place, what most likely will coming first. Only keys that work, where there are any. */
export const successorsOf = (key: KnownKey, keys: ReadonlyArray<KnownKey>): ReadonlyArray<KnownKey> => {
  const others = keys.filter((other) => other.keyId !== key.keyId && isOnFile(other));
  const fit = others.filter(isFit);
  return [...(fit.length > 0 ? fit : others)].sort(nearest(key));
};

/** What was refused, in its own words; null where nothing is. What is broken is thrown. */
export const refusalOf = async (
  rehearse: () => Promise<unknown>,
): Promise<{ readonly code: string; readonly message: string } | null> => {
  try {
    await rehearse();
    return null;
  } catch (error) {
    if (isKeyturnError(error) && error.kind === 'refusal')
      return { code: error.code, message: error.message };
    throw error;
  }
};
