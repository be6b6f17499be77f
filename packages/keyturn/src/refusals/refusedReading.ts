import type { QueryAction } from '@keyturn/service';
import type { AuditContext } from '../context';
import { USUAL_PAGE } from '../asking';
import { faultError } from '../errors';
import { askedFor } from '../askedFor';
import { ACTOR, NUMBER, TEXT, TIME, type MembersOf } from '../members';
import { guarded } from '../settle';
import type { Lifecycle } from '../lifecycle';
import type { RefusalRecorder } from './refusalRecorder';
import type { CountedRefusals, RefusalLine } from './refusedAttempt';

/** Which refused attempts, and which page of them. All that is named is so. */
export interface RefusedQuery {
  readonly keyId?: string;
  readonly actor?: { readonly id: string; readonly kind?: 'user' | 'service' | 'support' };
  readonly code?: string;
  /** At this time or later, milliseconds since 1970. */
  readonly since?: number;
  /** Before this. */
  readonly until?: number;
  /** 1 to 1,000; 50 when left out. */
  readonly limit?: number;
  /** The `next` of the page before, of the same query, or any line's `sequence`. */
  readonly cursor?: string;
}

export interface RefusedPage {
  /** Newest first. */
  readonly refusals: ReadonlyArray<RefusalLine>;
  /** Where this page ended; null only when there was nothing at all. */
  readonly next: string | null;
  readonly more: boolean;
  /** What has no lines, since there was too much of it or it is too old: newest hour first, 1,000 rows at most. */
  readonly counted: ReadonlyArray<CountedRefusals>;
}

export type Refused = (ctx: AuditContext, query?: RefusedQuery) => Promise<RefusedPage>;

const LARGEST_PAGE = 1_000;

const QUERY: MembersOf<RefusedQuery> = {
  keyId: TEXT,
  actor: ACTOR,
  code: TEXT,
  since: TIME,
  until: TIME,
  limit: NUMBER,
  cursor: TEXT,
};

const invalid = (message: string) => faultError('invalid-query', 'read-models', message);

const pageOf = ({
  limit = USUAL_PAGE,
  cursor,
}: RefusedQuery): { readonly limit: number; readonly after?: number } => {
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) {
    throw invalid(`A page has 1 to ${LARGEST_PAGE} lines, not ${limit}.`);
  }
  if (cursor === undefined) return { limit };
  if (!/^[1-9]\d{0,14}$/.test(cursor)) throw invalid('The cursor takes the `next` of the page before.');
  return { limit, after: Number(cursor) };
};

/** Asks for each workspace, then answers: as the audit log does. */
export type AskedFirst = (
  ctx: AuditContext,
  action: QueryAction,
  target: { readonly keyId?: string | undefined },
) => Promise<void>;

export const makeRefused =
  (
    askedFirst: AskedFirst,
    { run }: Pick<Lifecycle, 'run'>,
    { store }: Pick<RefusalRecorder, 'store'>,
  ): Refused =>
  (ctx, given = {}) =>
    guarded(() =>
      run(async () => {
        const { workspaceId } = ctx;
        const query = askedFor(given, QUERY);
        const named = typeof workspaceId === 'object' ? [...workspaceId] : workspaceId;
        const { keyId, actor, code, since, until } = query;
        const place = named === undefined ? {} : { workspaceId: named };
        await askedFirst({ actor: ctx.actor, ...place }, 'ReadAudit', { keyId });
        const { limit, after } = pageOf(query);
        const kept = store();
        if (kept === null) return { refusals: [], next: query.cursor ?? null, more: false, counted: [] };
        const filter = {
          ...(named === undefined ? {} : { workspaceIds: typeof named === 'string' ? [named] : named }),
          ...(keyId === undefined ? {} : { keyId }),
          ...(actor === undefined ? {} : { actorId: actor.id }),
          ...(actor?.kind === undefined ? {} : { actorKind: actor.kind }),
          ...(code === undefined ? {} : { code }),
          ...(since === undefined ? {} : { since }),
          ...(until === undefined ? {} : { until }),
        };
        const found = kept.lines(filter, { limit, after });
        const refusals = found.slice(0, limit);
        const last = refusals.at(-1);
        return {
          refusals,
          next: last === undefined ? (query.cursor ?? null) : String(last.sequence),
          more: found.length > limit,
          counted: kept.counted(filter),
        };
      }),
    );
