import type { AuditEntry, ReadModels, RunUsage } from '@keyturn/projections';
import { settled } from '../settle';
import type { DefaultMove, ExposureWindow, KeyHold, KeyUse } from './facts';

const PAGE = 1_000;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** What is read of the log about one key, a page at a time: only its own entries. */
export interface ReadUses {
  readonly uses: ReadonlyArray<KeyUse>;
  readonly usesByHour: ReadonlyMap<number, number>;
  readonly defaultMoves: ReadonlyArray<DefaultMove>;
}

const KINDS = {
  RunKeyPinned: 'pinned',
  RunKeyResumed: 'resumed',
  KeyTestCallStarted: 'test-call',
} as const;

export const actorOf = ({ actorKind, actorId }: Pick<AuditEntry, 'actorKind' | 'actorId'>): string =>
  `${actorKind}:${actorId}`;

const kindOf = ({ type }: AuditEntry): KeyUse['kind'] | null =>
  type === 'RunKeyPinned' || type === 'RunKeyResumed' || type === 'KeyTestCallStarted' ? KINDS[type] : null;

const moveOf = (entry: AuditEntry, keyId: string): DefaultMove => ({
  sequence: entry.sequence,
  at: entry.time,
  actor: actorOf(entry),
  projectId: entry.projectId,
  to: entry.keyId === keyId ? 'this-key' : entry.keyId === null ? 'none' : 'another-key',
});

const lies = (at: number, { since, until }: ExposureWindow): boolean => at >= since && at < until;

/** Pins, resumes, test calls and changes of Default of a key. */
export const readUses = async (
  models: Pick<ReadModels, 'auditPage'>,
  workspaceId: string,
  keyId: string,
  window: ExposureWindow,
): Promise<ReadUses> => {
  const uses: KeyUse[] = [];
  const defaultMoves: DefaultMove[] = [];
  const usesByHour = new Map<number, number>();
  const filter = {
    workspaceId,
    keyId,
    action: ['RunKeyPinned', 'RunKeyResumed', 'KeyTestCallStarted', 'DefaultChanged'],
  } as const;
  for (let after: { readonly after?: string } = {}; ;) {
    const page = await settled(models.auditPage(filter, { order: 'oldest-first', limit: PAGE, ...after }));
    for (const entry of page.entries) {
      const kind = kindOf(entry);
      if (kind === null) {
        if (entry.time < window.until) defaultMoves.push(moveOf(entry, keyId));
        continue;
      }
      const { sequence, time: at, originRef, projectId, runId, cause } = entry;
      const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
      if (kind !== 'test-call' && hour >= window.since - 9 * WEEK_MS && at < window.until) {
        usesByHour.set(hour, (usesByHour.get(hour) ?? 0) + 1);
      }
      if (!lies(at, window)) continue;
      uses.push({ kind, sequence, at, actor: actorOf(entry), originRef, projectId, runId, cause });
    }
    if (!page.more || page.next === null) return { uses, usesByHour, defaultMoves };
    after = { after: page.next };
  }
};

const holdOf = ({ runId, pinnedAt, releasedAt, leaseUntil, outcome, interrupted }: RunUsage): KeyHold => ({
  runId,
  from: pinnedAt,
  to: Math.max(pinnedAt, releasedAt ?? leaseUntil),
  isEnded: releasedAt !== null && outcome !== 'lease-expired' && !interrupted,
  outcome,
  interrupted,
});

/** The runs that held the key in the window, oldest first. */
export const readHolds = async (
  models: Pick<ReadModels, 'listRuns'>,
  workspaceId: string,
  keyId: string,
  { since, until }: ExposureWindow,
): Promise<ReadonlyArray<KeyHold>> => {
  const holds: KeyHold[] = [];
  for (let after: { readonly after?: string } = {}; ;) {
    const page = await settled(
      models.listRuns({ workspaceId, keyId, since, until }, { limit: PAGE, ...after }),
    );
    holds.push(...page.runs.map(holdOf));
    if (!page.more || page.next === null) return holds.reverse();
    after = { after: page.next };
  }
};
