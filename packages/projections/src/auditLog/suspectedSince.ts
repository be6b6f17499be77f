import { auditFacts } from '@keyturn/domain';
import { isRight } from 'fp-ts/Either';
import { sequencesOf } from './auditQueries';
import type { AuditSource } from './auditSelection';

/** A key is reported under ten cases at most, each a few times. */
const MOST_REPORTS = 1_000;

const suspectedIn = (facts: string | null): number | null => {
  const json: unknown = facts === null ? {} : JSON.parse(facts);
  const decoded = auditFacts.KeyReportedLeaked.decode(json);
  return isRight(decoded) ? (decoded.right.suspectedSince ?? null) : null;
};

/**
 * From when on a key is suspected to have leaked, by the newest report under each case that nobody took back: the
 * earliest of them. Null where none says it.
 */
export const suspectedSince = async (
  source: AuditSource,
  of: { readonly workspaceId: string; readonly keyId: string },
): Promise<number | null> => {
  const sequences = await sequencesOf(
    source,
    { ...of, action: ['KeyReportedLeaked', 'KeyLeakReportWithdrawn'] },
    { order: 'oldest-first' },
    MOST_REPORTS,
  );
  const rows = await source.db
    .selectFrom('audit_entries_v2')
    .select(['type', 'case_id as caseId', 'facts'])
    .where('sequence', 'in', sequences)
    .orderBy('sequence')
    .execute();
  const byCase = new Map<string | null, number | null>();
  for (const { type, caseId, facts } of rows) {
    byCase.set(caseId, type === 'KeyReportedLeaked' ? suspectedIn(facts) : null);
  }
  const times = [...byCase.values()].filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
};
