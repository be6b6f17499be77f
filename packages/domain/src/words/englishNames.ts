import type { AuditSubject, NamedKey } from './catalogue';

/** Such as `…AbCd`. */
export const short = (key: NamedKey | null): string => {
  if (key === null) return 'no key';
  return key.last4 === null ? `key ${key.keyId}` : `…${key.last4}`;
};

/** Such as `…AbCd (Anthropic, "prod-2")`. */
export const full = (key: NamedKey | null): string => {
  if (key === null || key.vendorName === null) return short(key);
  const label = key.label === null ? '' : `, "${key.label}"`;
  return `${short(key)} (${key.vendorName}${label})`;
};

export const keyOf = ({ key }: AuditSubject): string => full(key);

export const underCase = ({ caseId }: AuditSubject): string =>
  caseId === null ? '' : ` under case ${caseId}`;
