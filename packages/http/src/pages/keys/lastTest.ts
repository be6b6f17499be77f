import { isKeyturnError, type AuditEntry } from 'keyturn';
import type { Visit } from '../frame/page';

const OUTCOMES = ['KeyValidated', 'KeyValidationFailed', 'KeyValidationInconclusive'] as const;

/** What a key's last test call came to, as the log has it; null where there is none, or the log may not be read. */
export const lastTest = async ({ keyturn, ctx, may }: Visit, keyId: string): Promise<AuditEntry | null> => {
  if (!may('ReadAudit')) return null;
  try {
    const { entries } = await keyturn.audit.page(ctx, { action: OUTCOMES, keyId, limit: 1 });
    return entries[0] ?? null;
  } catch (error) {
    if (isKeyturnError(error) && error.code === 'not-permitted') return null;
    throw error;
  }
};
