import type { KnownKey } from 'keyturn';
import { isoOf, isoOrNull, readableTime } from '../output/times';
import { faultJson } from './validationWords';

/** A key of a list as every JSON document has it. */
export const knownKeyJson = (key: KnownKey): object => ({
  keyId: key.keyId,
  vendor: key.vendor,
  endpoint: key.endpoint,
  region: key.region,
  model: key.model,
  label: key.label,
  last4: key.last4,
  status: key.status,
  failureReason: key.failureReason,
  ...faultJson(key),
  display: key.display,
  isDefault: key.isDefault,
  projectDefaults: key.projectDefaults,
  runsInFlight: key.runsInFlight,
  addedAt: isoOf(key.addedAt),
  lastUsedAt: isoOrNull(key.lastUsedAt),
  lastValidatedAt: isoOrNull(key.lastValidatedAt),
  expiresAt: isoOrNull(key.expiresAt),
  rotateBy: isoOrNull(key.rotateBy),
  rotateBecause: key.rotateBecause,
  hardDeletedAt: isoOrNull(key.hardDeletedAt),
  destroyedAt: isoOrNull(key.destroyedAt),
  reportedLeakedAt: isoOrNull(key.reportedLeakedAt),
  suspended: key.suspended,
  leakCases: key.leakCases,
});

/** When a key is to be replaced, and whether that time has come. */
export const rotateByWords = ({ rotateBy }: KnownKey): string => {
  if (rotateBy === null) return '–';
  return rotateBy <= Date.now() ? `${readableTime(rotateBy)}, due` : readableTime(rotateBy);
};

/** That keys that do not work are more likely the platform's problem, each sentence once. */
export const faultHints = (keys: ReadonlyArray<KnownKey>): ReadonlyArray<string> => [
  ...new Set(keys.flatMap(({ faultSentence }) => (faultSentence === null ? [] : [faultSentence]))),
];
