import type {
  AuditEntry as ProjectedEntry,
  AuditFilter,
  KnownKey,
  ListedKey,
  LogStanding,
  ProjectionName,
  ReadModels,
  RunUsage,
  WorkspaceLog,
} from '@keyturn/projections';
import { keyAmbiguous, unknownKey } from '@keyturn/domain';
import type { permittedQuery, QueryAction, UncheckedTarget } from '@keyturn/service';
import type { ActContext, QueryOptions, ReaderContext } from './context';
import { faultError, refusalError } from './errors';
import type { Lifecycle } from './lifecycle';
import type { OwnWrites } from './ownWrites';
import { guarded, settled } from './settle';

export type { KnownKey, ListedKey, RunUsage };

export interface RunsQuery {
  readonly keyId?: string;
  readonly runId?: string;
  readonly openOnly?: boolean;
  /** 1 to 1,000; 50 when left out. */
  readonly limit?: number;
  /** The `next` of the page before. */
  readonly cursor?: string;
}

export interface RunsPage {
  /** What vouches for it. */
  readonly log: WorkspaceLog;
  readonly runs: ReadonlyArray<RunUsage>;
  /** Where this page ended; null only when there was nothing at all. */
  readonly next: string | null;
  readonly more: boolean;
}

/** One event, as auditors read it. */
export interface AuditEntry extends Omit<ProjectedEntry, 'position'> {
  /** Place in the store's global order; opaque. */
  readonly position: string;
}

/** Which entries, and which page of them. Nothing named: all. */
export interface AuditQuery extends Omit<AuditFilter, 'workspaceId'> {
  /** `newest-first` when left out. */
  readonly order?: 'newest-first' | 'oldest-first';
  /** 1 to 1,000; 50 when left out. */
  readonly limit?: number;
  /** The `next` of the page before, of the same query in the same order. */
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

/** Queries of the read models, each under `authorize`. */
export interface Reading {
  readonly listKeys: (
    ctx: ActContext,
    query?: undefined,
    options?: QueryOptions,
  ) => Promise<ReadonlyArray<ListedKey>>;
  readonly keysLog: (ctx: ActContext) => Promise<WorkspaceLog>;
  readonly findKeys: (
    ctx: ActContext,
    query: { readonly idPrefix: string },
    options?: QueryOptions,
  ) => Promise<ReadonlyArray<KnownKey>>;
  readonly resolveKey: (ctx: ActContext, named: string, options?: QueryOptions) => Promise<KnownKey>;
  readonly listRuns: (ctx: ActContext, query?: RunsQuery, options?: QueryOptions) => Promise<RunsPage>;
  readonly auditPage: (ctx: ReaderContext, query?: AuditQuery, options?: QueryOptions) => Promise<AuditPage>;
  readonly auditLog: (ctx: ReaderContext) => Promise<LogStanding>;
  readonly auditExport: (
    ctx: ReaderContext,
    query?: Omit<AuditQuery, 'limit' | 'cursor'>,
    options?: QueryOptions,
  ) => AsyncIterable<AuditEntry>;
}

/** A last 4 has fewer: it can never pass for the beginning of an id. */
const SHORTEST_PREFIX = 5;

/** What each query reads, and waits for. */
const READS = {
  ListKeys: 'key-list',
  ListRuns: 'run-usage',
  ReadAudit: 'audit-log',
} as const satisfies Partial<Readonly<Record<QueryAction, ProjectionName>>>;

const USUAL_PAGE = 50;
const EXPORT_PAGE = 1_000;

const positionOf = (text: string): bigint => {
  if (/^\d{1,39}$/.test(text)) return BigInt(text);
  throw faultError(
    'invalid-query',
    'read-models',
    '`after` takes the position of an act, as that act gave it.',
  );
};

/** A window that nothing can lie in is a mistake, and "none" would hide it. @throws KeyturnFault `invalid-query` */
const refuseEmptyWindow = ({ since, until }: Pick<AuditQuery, 'since' | 'until'>): void => {
  if (since === undefined || until === undefined || since < until) return;
  throw faultError(
    'invalid-query',
    'read-models',
    '`since` has to be before `until`: no entry can lie in that window.',
  );
};

/** The one key that was meant. @throws KeyturnRefusal `unknown-key`, `key-ambiguous` */
const meantBy = (named: string, found: ReadonlyArray<KnownKey>): KnownKey => {
  const [only, ...others] = found;
  const exact = found.find(({ keyId }) => keyId === named);
  if (exact !== undefined) return exact;
  if (only === undefined || named.length < SHORTEST_PREFIX) throw refusalError(unknownKey(named));
  if (others.length > 0) throw refusalError(keyAmbiguous(named, found));
  return only;
};

const ofWorkspace = (log: LogStanding): WorkspaceLog => {
  if (log.of === 'workspace') return log;
  throw new TypeError('one workspace was asked for');
};

export const makeReading = (parts: {
  readonly readModels: () => Promise<ReadModels>;
  readonly mayRead: ReturnType<typeof permittedQuery>;
  readonly lifecycle: Lifecycle;
  readonly ownWrites: OwnWrites;
  /** Called with the read models before each answer, to bring them to the store's head where nobody else projects. */
  readonly catchUp: (readModels: ReadModels) => Promise<void>;
}): Reading => {
  const { readModels, mayRead, lifecycle, ownWrites, catchUp } = parts;

  /** An upgrade rebuilds for as long as there is history: nobody waits for that, and the old rows answer. */
  const written = async (
    models: ReadModels,
    projection: ProjectionName,
    { after }: QueryOptions,
  ): Promise<void> => {
    const awaited = [
      await ownWrites.furthest(),
      after === undefined || after === null ? null : positionOf(after),
    ];
    for (const position of awaited) {
      if (position === null) continue;
      await settled(models.waitFor(position, { projections: [projection], skipRebuilding: true }));
    }
  };

  const asked = <A>(
    { workspaceId, actor }: ReaderContext,
    action: keyof typeof READS,
    target: UncheckedTarget,
    options: QueryOptions,
    answer: (models: ReadModels) => Promise<A>,
  ): Promise<A> =>
    guarded(() =>
      lifecycle.run(async () => {
        await settled(mayRead({ workspaceId: workspaceId ?? null, actor }, action, target));
        const models = await readModels();
        await catchUp(models);
        await written(models, READS[action], options);
        return answer(models);
      }),
    );

  const auditPage = (
    ctx: ReaderContext,
    query: AuditQuery = {},
    options: QueryOptions = {},
  ): Promise<AuditPage> => {
    const { order = 'newest-first', limit = USUAL_PAGE, cursor, ...filter } = query;
    const { workspaceId } = ctx;
    return asked(ctx, 'ReadAudit', { keyId: filter.keyId, runId: filter.runId }, options, async (models) => {
      refuseEmptyWindow(filter);
      // Before the entries: of what comes meanwhile it says nothing.
      const log = await settled(models.logOf(READS.ReadAudit, workspaceId));
      const page = await settled(
        models.auditPage(
          { ...filter, ...(workspaceId === undefined ? {} : { workspaceId }) },
          { order, limit, ...(cursor === undefined ? {} : { after: cursor }) },
        ),
      );
      return {
        ...page,
        log,
        entries: page.entries.map(({ position, ...entry }) => ({ ...entry, position: String(position) })),
      };
    });
  };

  /** The hook is asked for the whole list: what begins so is no one key, whatever it looks like. */
  const findKeys: Reading['findKeys'] = (ctx, { idPrefix }, options = {}) =>
    asked(ctx, 'ListKeys', {}, options, (models) => settled(models.findKeys(ctx.workspaceId, idPrefix)));

  return {
    listKeys: (ctx, _query, options = {}) =>
      asked(ctx, 'ListKeys', {}, options, (models) => settled(models.listKeys(ctx.workspaceId))),
    keysLog: (ctx) =>
      asked(ctx, 'ListKeys', {}, {}, async (models) =>
        ofWorkspace(await settled(models.logOf(READS.ListKeys, ctx.workspaceId))),
      ),
    findKeys,
    resolveKey: async (ctx, named, options) =>
      meantBy(named, await findKeys(ctx, { idPrefix: named }, options)),
    listRuns: (ctx, query = {}, options = {}) => {
      const { limit = USUAL_PAGE, cursor, ...filter } = query;
      const { workspaceId } = ctx;
      return asked(ctx, 'ListRuns', { keyId: filter.keyId, runId: filter.runId }, options, async (models) => {
        const log = ofWorkspace(await settled(models.logOf(READS.ListRuns, workspaceId)));
        const page = await settled(
          models.listRuns(
            { ...filter, workspaceId },
            { limit, ...(cursor === undefined ? {} : { after: cursor }) },
          ),
        );
        return { ...page, log };
      });
    },
    auditPage,
    auditLog: (ctx) =>
      asked(ctx, 'ReadAudit', {}, {}, (models) => settled(models.logOf(READS.ReadAudit, ctx.workspaceId))),
    auditExport: async function* (ctx, query = {}, options = {}) {
      let cursor: string | null = null;
      for (;;) {
        const from: { readonly cursor?: string } = cursor === null ? {} : { cursor };
        const page: AuditPage = await auditPage(
          ctx,
          { order: 'oldest-first', ...query, limit: EXPORT_PAGE, ...from },
          options,
        );
        yield* page.entries;
        if (!page.more || page.next === null) return;
        cursor = page.next;
      }
    },
  };
};
