import { auditFacts } from '@keyturn/domain';
import { isRight } from 'fp-ts/Either';
import { sequencesOf } from './auditQueries';
import type { AuditSource } from './auditSelection';

const PAGE = 1_000;

const requestsIn = (facts: string | null): number | null => {
  const json: unknown = facts === null ? {} : JSON.parse(facts);
  const decoded = auditFacts.RunKeyReleased.decode(json);
  return isRight(decoded) ? (decoded.right.vendorRequests ?? null) : null;
};

/** How many requests runs sent with a key, by run: those alone that said so when they ended, from a time on. */
export const requestsOfRuns = async (
  source: AuditSource,
  {
    workspaceId,
    keyId,
    since,
  }: { readonly workspaceId: string; readonly keyId: string; readonly since: number },
): Promise<ReadonlyMap<string, number>> => {
  const filter = { workspaceId, keyId, since, action: 'RunKeyReleased' } as const;
  const requests = new Map<string, number>();
  for (let after: { readonly after?: string } = {}; ;) {
    const sequences = await sequencesOf(source, filter, { order: 'oldest-first', ...after }, PAGE);
    const rows = await source.db
      .selectFrom('audit_entries_v2')
      .select(['run_id as runId', 'facts'])
      .where('sequence', 'in', sequences)
      .execute();
    for (const { runId, facts } of rows) {
      const sent = requestsIn(facts);
      if (runId !== null && sent !== null) requests.set(runId, sent);
    }
    const last = sequences.at(-1);
    if (last === undefined || sequences.length < PAGE) return requests;
    after = { after: String(last) };
  }
};
