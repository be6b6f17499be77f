import type {
  AnyOf,
  ActionCount,
  ActorCount,
  AuditEntry as ProjectedEntry,
  AuditFilter,
  DayCount,
  KeyCount,
  LogStanding,
  NameInLog,
  ProjectionFault,
  ReadModels,
} from '@keyturn/projections';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { AuditContext, QueryOptions } from './context';
import { faultError } from './errors';
import { READS, USUAL_PAGE, type Asked } from './asking';
import { auditActions } from './auditActions';
import { askedFor } from './askedFor';
import { ACTOR, anyOf, LAST4, NUMBER, oneOf, TEXT, TIME, type MembersOf } from './members';
import { settled } from './settle';

/** One event, as auditors read it. */
export interface AuditEntry extends Omit<ProjectedEntry, 'position'> {
  /** Place in the store's global order; opaque. */
  readonly position: string;
}

/** Which entries: all that is named is so, and of several of a kind any. Nothing named: all. */
export type AuditChoice = Omit<AuditFilter, 'workspaceId'>;

/** Which entries, and which page of them. */
export interface AuditQuery extends AuditChoice {
  /** `newest-first` when left out. */
  readonly order?: 'newest-first' | 'oldest-first';
  /** 1 to 1,000; 50 when left out. */
  readonly limit?: number;
  /** The `next` of the page before, of the same query in the same order, or any entry's `sequence`. */
  readonly cursor?: string;
}

export interface AuditPage {
  /** What vouches for it; of all workspaces also which of them stand. */
  readonly log: LogStanding;
  readonly entries: ReadonlyArray<AuditEntry>;
  /** Where this page ended; null only when there was nothing at all. */
  readonly next: string | null;
  readonly more: boolean;
  /** Whether times of this page are to be doubted: an entry has `clocksDiffer` or `recordedAfter`. */
  readonly clocksInDoubt: boolean;
}

/** What each kind of count has. */
export interface AuditCountOf {
  readonly action: ActionCount;
  readonly actor: ActorCount;
  /** Days in UTC, by the store's time, oldest first. The others have the most frequent first. */
  readonly day: DayCount;
  readonly key: KeyCount;
}

/** By what entries are counted. */
export type AuditCountBy = keyof AuditCountOf;

export interface AuditCounts<B extends AuditCountBy> {
  /** What vouches for it. */
  readonly log: LogStanding;
  readonly total: number;
  readonly counts: ReadonlyArray<AuditCountOf[B]>;
}

/** Queries of the audit log. */
export interface AuditReading {
  readonly auditPage: (ctx: AuditContext, query?: AuditQuery, options?: QueryOptions) => Promise<AuditPage>;
  readonly auditCount: <B extends AuditCountBy>(
    ctx: AuditContext,
    by: B,
    choice?: AuditChoice,
    options?: QueryOptions,
  ) => Promise<AuditCounts<B>>;
  readonly nearestInLog: (ctx: AuditContext, kind: NameInLog, named: string) => Promise<string | null>;
  readonly auditLog: (ctx: AuditContext) => Promise<LogStanding>;
  readonly auditExport: (
    ctx: AuditContext,
    query?: Omit<AuditQuery, 'limit' | 'cursor'>,
    options?: QueryOptions,
  ) => AsyncIterable<AuditEntry>;
}

const EXPORT_PAGE = 1_000;

const CHOICE: MembersOf<AuditChoice> = {
  keyId: anyOf(TEXT),
  last4: anyOf(LAST4),
  runId: TEXT,
  projectId: TEXT,
  actor: anyOf(ACTOR),
  action: anyOf(oneOf(auditActions)),
  caseId: TEXT,
  correlationId: TEXT,
  originRef: TEXT,
  since: TIME,
  until: TIME,
};
const ORDER = oneOf(['newest-first', 'oldest-first']);
const QUERY: MembersOf<AuditQuery> = { ...CHOICE, order: ORDER, limit: NUMBER, cursor: TEXT };
const EXPORT: MembersOf<Omit<AuditQuery, 'limit' | 'cursor'>> = { ...CHOICE, order: ORDER };

/** A window that nothing can lie in is a mistake, and "none" would hide it. @throws KeyturnFault `invalid-query` */
const refuseEmptyWindow = ({ since, until }: Pick<AuditChoice, 'since' | 'until'>): void => {
  if (since === undefined || until === undefined || since < until) return;
  throw faultError(
    'invalid-query',
    'read-models',
    '`since` has to be before `until`: no entry can lie in that window.',
  );
};

type Counting = {
  readonly [B in AuditCountBy]: (
    models: ReadModels,
    filter: AuditFilter,
  ) => TaskEither<ProjectionFault, ReadonlyArray<AuditCountOf[B]>>;
};

const COUNTING: Counting = {
  action: (models, filter) => models.countByAction(filter),
  actor: (models, filter) => models.countByActor(filter),
  day: (models, filter) => models.countByDay(filter),
  key: (models, filter) => models.countByKey(filter),
};

/** Of a list a copy: who was asked about is who is read, whatever its owner does with it meanwhile. */
const keptList = (given: AnyOf<string>): AnyOf<string> => (typeof given === 'object' ? [...given] : given);

export const makeAuditReading = (asked: Asked): AuditReading => {
  /** What is asked for, and what vouches for the answer. */
  const chosen = <A>(
    ctx: AuditContext,
    choice: AuditChoice,
    options: QueryOptions,
    answer: (models: ReadModels, filter: AuditFilter) => Promise<A>,
  ): Promise<A & { readonly log: LogStanding }> => {
    const place = ctx.workspaceId === undefined ? {} : { workspaceId: keptList(ctx.workspaceId) };
    const key = choice.keyId === undefined ? {} : { keyId: keptList(choice.keyId) };
    const filter: AuditFilter = { ...choice, ...key, ...place };
    return asked({ actor: ctx.actor, ...place }, 'ReadAudit', filter, options, async (models) => {
      refuseEmptyWindow(filter);
      // Before the entries: of what comes meanwhile it says nothing.
      const log = await settled(models.logOf(READS.ReadAudit, filter.workspaceId));
      return { ...(await answer(models, filter)), log };
    });
  };

  const auditPage: AuditReading['auditPage'] = async (ctx, query = {}, options = {}) => {
    const { order = 'newest-first', limit = USUAL_PAGE, cursor, ...choice } = askedFor(query, QUERY);
    return chosen(ctx, choice, options, async (models, filter) => {
      const after = cursor === undefined ? {} : { after: cursor };
      const page = await settled(models.auditPage(filter, { order, limit, ...after }));
      return {
        ...page,
        entries: page.entries.map(({ position, ...entry }) => ({ ...entry, position: String(position) })),
      };
    });
  };

  /** Who is asked about is who is read, whatever becomes of the context. */
  const placeOf = ({ workspaceId }: AuditContext): Pick<AuditFilter, 'workspaceId'> =>
    workspaceId === undefined ? {} : { workspaceId: keptList(workspaceId) };

  return {
    auditPage,
    nearestInLog: (ctx, kind, named) => {
      const place = placeOf(ctx);
      return asked({ actor: ctx.actor, ...place }, 'ReadAudit', {}, {}, (models) =>
        settled(models.nearestInLog(place, kind, named)),
      );
    },
    auditCount: async (ctx, by, choice = {}, options = {}) => {
      askedFor({ by }, { by: oneOf(Object.keys(COUNTING)) });
      return chosen(ctx, askedFor(choice, CHOICE), options, async (models, filter) => {
        const counts = await settled(COUNTING[by](models, filter));
        return { counts, total: counts.reduce((sum, { count }) => sum + count, 0) };
      });
    },
    auditLog: (ctx) => {
      const place = placeOf(ctx);
      return asked({ actor: ctx.actor, ...place }, 'ReadAudit', {}, {}, (models) =>
        settled(models.logOf(READS.ReadAudit, place.workspaceId)),
      );
    },
    auditExport: async function* (ctx, query = {}, options = {}) {
      const asked = askedFor(query, EXPORT);
      let cursor: string | null = null;
      for (;;) {
        const from: { readonly cursor?: string } = cursor === null ? {} : { cursor };
        const page: AuditPage = await auditPage(
          ctx,
          { order: 'oldest-first', ...asked, limit: EXPORT_PAGE, ...from },
          options,
        );
        yield* page.entries;
        if (!page.more || page.next === null) return;
        cursor = page.next;
      }
    },
  };
};
