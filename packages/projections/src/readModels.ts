import { english, FAULT_WINDOW_MS, type VendorTrouble } from '@keyturn/domain';
import type { Position } from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { AuditFilter } from './auditLog/auditFilter';
import { type AnyOf, listOf } from './auditLog/anyOf';
import type { ActionCount, ActorCount, DayCount, KeyCount } from './auditLog/auditCounts';
import type { AuditPage, AuditPageOptions } from './auditLog/auditQueries';
import { auditLogCheck } from './auditLog/auditWhole';
import { vendorName } from './auditLog/vendorNames';
import type { BuiltQueries } from './builtQueries';
import { checkpointsOf } from './database/checkpoints';
import { streamStatesOf } from './database/streamStates';
import { openReadModelFile, type ReadModelFile } from './database/readModelFile';
import { openReadOnlyFile } from './database/readOnlyFile';
import { faultOfSqlite } from './database/sqliteFaults';
import { ProjectionFault, storeFailed } from './faults';
import { type EndingQueries, endingQueries } from './keyList/endingQueries';
import { findKeys, type KnownKey, listKeys } from './keyList/keyListQueries';
import { keysDue, type KeysDueOptions, type KeysDuePage } from './keyList/keysDue';
import { vendorTroubles } from './keyList/vendorTroubles';
import {
  findWorkspace,
  type ListedWorkspace,
  listWorkspaces,
  nearestWorkspace,
  type WorkspacesPage,
  type WorkspacesPageOptions,
} from './keyList/workspaceQueries';
import { type LogStanding, logStanding, refuseStopped } from './log/logStanding';
import { checkReadModel, prepareReadModel } from './prepareReadModel';
import type { ReadModelsOptions } from './readModelsOptions';
import type { RunsPageOptions, RunUsageFilter, RunUsagePage } from './runUsage/runUsageQueries';
import type { RuntimeContext } from './runtime/context';
import { liveCheckpoint } from './runtime/drive';
import { type Keeper, keeperOf } from './runtime/keeper';
import { onlookerOf } from './runtime/onlooker';
import { identities, type ProjectionName, type ProjectorIdentity } from './runtime/projector';
import type { RebuildProgress } from './runtime/rebuild';
import { Slot } from './runtime/slot';
import type { Answer, Ask, ReadonlyRows } from './answer';
import { type ProjectionStatus, statusOf } from './runtime/status';

/**
 * What people and programs read: the masked key list, the use of keys by runs, the audit log. Never read to decide.
 *
 * What is asked of a workspace whose log is damaged is answered with the fault: `log-damaged`, `undecodable-event`,
 * `incomplete-command`, `stream-deleted`, `stream-tombstoned` or `stream-cut`. What is asked of all workspaces shows
 * that one up to its damage.
 */
export interface ReadModels extends EndingQueries {
  /** The masked key list of a workspace, oldest first: keys on file and retired ones; hard-deleted ones if asked. */
  readonly listKeys: (
    workspaceId: string,
    options?: { readonly includeHardDeleted?: boolean },
  ) => ReadonlyRows<KnownKey>;
  /** Keys on file that are due for rotation, of one workspace or of all: what is due first comes first. */
  readonly keysDue: (options: KeysDueOptions) => Answer<KeysDuePage>;
  /** Keys whose id begins with `prefix`, hard-deleted ones too, by id: to resolve what a person typed. */
  readonly findKeys: (workspaceId: string, prefix: string) => ReadonlyRows<KnownKey>;
  /** Every workspace that an event names, closed ones too, by id. */
  readonly listWorkspaces: (page: WorkspacesPageOptions) => Answer<WorkspacesPage>;
  /** One workspace; null where no event names it. */
  readonly findWorkspace: (workspaceId: string) => Answer<ListedWorkspace | null>;
  /** Of all workspaces, the one whose name is nearest; null where none is near. */
  readonly nearestWorkspace: (named: string) => Answer<string | null>;
  /**
   * What test calls of the last {@link FAULT_WINDOW_MS} say of each vendor that was called, of all workspaces together
   * and without a name. Empty while rows of an older release, which have none of this, are rebuilt.
   */
  readonly vendorTroubles: ReadonlyRows<VendorTrouble>;
  /** Runs and the keys that they hold or held, newest pin first. */
  readonly listRuns: (filter: RunUsageFilter, page: RunsPageOptions) => Answer<RunUsagePage>;
  /**
   * A page of the audit log.
   *
   * @example
   * models.auditPage({ workspaceId: 'acme', action: 'DefaultChanged' }, { order: 'newest-first', limit: 50 })
   */
  readonly auditPage: (filter: AuditFilter, page: AuditPageOptions) => Answer<AuditPage>;
  /** From when on a key is suspected to have leaked, by reports that nobody took back; null where none says it. */
  readonly suspectedSince: Ask<'suspectedSince'>;
  /** How many requests runs say that they sent with a key, by run, from a time on. */
  readonly requestsOfRuns: Ask<'requestsOfRuns'>;
  /** Of the names of a kind that entries of these workspaces have, or of all, the nearest; null where none is near. */
  readonly nearestInLog: Ask<'nearestInLog'>;
  readonly countByAction: (filter: AuditFilter) => ReadonlyRows<ActionCount>;
  readonly countByActor: (filter: AuditFilter) => ReadonlyRows<ActorCount>;
  readonly countByDay: (filter: AuditFilter) => ReadonlyRows<DayCount>;
  readonly countByKey: (filter: AuditFilter) => ReadonlyRows<KeyCount>;

  /**
   * What vouches for what a projection shows of one workspace, of several, or of all of them: how far its seals were
   * checked, and which workspaces stand.
   */
  readonly logOf: (name: ProjectionName, workspaceId?: AnyOf<string>) => Answer<LogStanding>;

  /** Projects up to the store's head as of this call. What an older release built is rebuilt first. */
  readonly catchUp: Answer<void>;
  /**
   * Follows the store until the signal; ends before it only with a fault that does not pass by itself. What an older
   * release built is rebuilt meanwhile, and answers with its old rows until the new ones are whole.
   */
  readonly run: (signal: AbortSignal) => Answer<void>;
  /**
   * Returns once the position is projected: pass an append's position to read your own write. `timeout` after
   * `timeoutMs` (10 s unless said). Projects by itself; nobody else has to be running.
   */
  readonly waitFor: (
    position: Position,
    options?: {
      readonly timeoutMs?: number;
      readonly projections?: ReadonlyArray<ProjectionName>;
      /** Does not wait for a projection of an older release that is being rebuilt: its old rows answer. */
      readonly skipRebuilding?: boolean;
    },
  ) => Answer<void>;
  readonly status: ReadonlyRows<ProjectionStatus>;
  /** Builds a projection anew beside the live one and swaps them; one that was cut off is taken up. */
  readonly rebuild: (
    name: ProjectionName,
    options?: { readonly onProgress?: (progress: RebuildProgress) => void },
  ) => Answer<void>;
  readonly close: () => Promise<void>;
}

const PROJECTORS: ReadonlyArray<ProjectorIdentity> = Object.values(identities);
const BATCH_SIZE = 500;
const PATIENCE_MS = 10_000;
const QUERY_TIME_LIMIT_MS = 10_000;

/**
 * Opens the read models kept in a file, and creates them when it is new. Nothing is projected yet: call `catchUp`,
 * `run` or `waitFor`.
 *
 * Faults: `not-writable`, `corrupt`, `other-store`, `newer-version`, `busy`, `store`; with `access: 'read'` also
 * `rebuild-needed`, when no process has begun the file.
 *
 * @example
 * const models = await openReadModels({ file: 'data/read-models.db', store })();
 */
export const openReadModels =
  (options: ReadModelsOptions): Answer<ReadModels> =>
  async () => {
    const storeId = await options.store.storeId();
    if (isLeft(storeId)) return TE.left(storeFailed(storeId.left))();
    return attempt(options.file, async () => {
      const open = options.access === 'read' ? openReadOnlyFile : openReadModelFile;
      const file = await open(options.file);
      try {
        return await readModelsOf(file, options, storeId.right);
      } catch (error) {
        file.close();
        throw error;
      }
    })();
  };

const workspacesOf = (named: AnyOf<string> | undefined): ReadonlyArray<string> | undefined =>
  listOf('workspaceId', named);

const attempt = <A>(file: string, task: () => Promise<A>): Answer<A> =>
  TE.tryCatch(task, (error) => faultOfSqlite(error, file));

const readModelsOf = async (
  file: ReadModelFile,
  options: ReadModelsOptions,
  storeId: string,
): Promise<ReadModels> => {
  const clock = options.clock ?? Date.now;
  const reading = options.access === 'read';
  const checkpoints = reading
    ? checkReadModel(file, PROJECTORS, storeId)
    : await prepareReadModel(file, PROJECTORS, storeId, clock());
  const context: RuntimeContext = {
    file,
    checkpoints,
    streams: streamStatesOf(file.writer),
    store: options.store,
    seals: options.verify ?? null,
    batchSize: options.batchSize ?? BATCH_SIZE,
    clock,
    around: options.around ?? ((_, work) => work()),
  };
  const all = new Map(PROJECTORS.map((projector) => [projector.name, new Slot(projector)]));
  const named = (names: ReadonlyArray<ProjectionName> | undefined): ReadonlyArray<Slot> =>
    [...all.values()].filter((slot) => names === undefined || names.includes(slot.projector.name));
  const kept = named(options.projections);
  const keeper: Keeper = reading ? onlookerOf(context, kept, PATIENCE_MS) : keeperOf(context, kept);
  const working = <A>(task: () => Promise<A>): Answer<A> => attempt(options.file, task);
  const slotOf = (name: ProjectionName): Slot => {
    const slot = all.get(name);
    if (slot === undefined) throw new ProjectionFault('invalid-query', `There is no projection ${name}.`);
    return slot;
  };
  const { reader } = file;
  const seen = { checkpoints: checkpointsOf(reader), streams: streamStatesOf(reader) };
  /** Of all workspaces where none is named. A damage that is met while the rows are read counts. */
  const answering = <A>(
    name: ProjectionName,
    workspaceId: AnyOf<string> | undefined,
    query: () => A | Promise<A>,
  ): Answer<A> =>
    working(() =>
      keeper.answer(slotOf(name), async () => {
        const answer = await query();
        const live = seen.checkpoints.live(name);
        if (live !== undefined) {
          for (const one of workspacesOf(workspaceId) ?? []) refuseStopped(seen.streams, live, one);
        }
        return answer;
      }),
    );
  /** Asks again where a rebuild swapped the rows meanwhile: a number that was found may be another entry's now. */
  const ofOneGeneration = async <A>(query: () => Promise<A>): Promise<A> => {
    const generation = (): number | undefined => seen.checkpoints.live('audit-log')?.generation;
    for (;;) {
      const before = generation();
      const answer = await query();
      if (generation() === before) return answer;
    }
  };
  const checkAuditLog = auditLogCheck(reader, seen.checkpoints, seen.streams);
  const auditing = <A>(
    { workspaceId }: AuditFilter,
    query: (queries: BuiltQueries) => Promise<A>,
  ): Answer<A> =>
    answering('audit-log', workspaceId, async () => {
      const answer = await ofOneGeneration(async () => query(await queries()));
      for (const one of workspacesOf(workspaceId) ?? [undefined]) checkAuditLog(one);
      return answer;
    });
  const words = options.words ?? english;
  const audit = {
    timeLimitMs: options.queryTimeLimitMs ?? QUERY_TIME_LIMIT_MS,
    isIndexed: (): boolean => {
      const live = seen.checkpoints.live('audit-log');
      return live?.version === identities['audit-log'].version && live.indexed;
    },
  };
  let built: BuiltQueries | undefined;
  const queries = async (): Promise<BuiltQueries> => {
    const { builtQueries } = await import('./builtQueries.js');
    return (built ??= builtQueries(reader, { words, vendorName: options.vendorName ?? vendorName }, audit));
  };
  return {
    listKeys: (workspaceId, options) =>
      answering('key-list', workspaceId, () => listKeys(reader, words, workspaceId, options)),
    keysDue: (options) => answering('key-list', options.workspaceId, () => keysDue(reader, words, options)),
    findKeys: (workspaceId, prefix) =>
      answering('key-list', workspaceId, () => findKeys(reader, words, workspaceId, prefix)),
    ...endingQueries(
      (workspaceId, query) => answering('key-list', workspaceId, query),
      reader,
      words,
      seen.checkpoints,
    ),
    listWorkspaces: (page) => answering('key-list', undefined, () => listWorkspaces(reader, page)),
    findWorkspace: (workspaceId) =>
      answering('key-list', workspaceId, () => findWorkspace(reader, workspaceId)),
    nearestWorkspace: (named) => answering('key-list', undefined, () => nearestWorkspace(reader, named)),
    vendorTroubles: working(async () => {
      const { name, version } = identities['key-list'];
      return seen.checkpoints.live(name)?.version === version
        ? vendorTroubles(reader, clock() - FAULT_WINDOW_MS)
        : [];
    }),
    listRuns: (filter, page) =>
      answering('run-usage', filter.workspaceId, async () => (await queries()).listRuns(filter, page)),
    auditPage: (filter, page) => auditing(filter, ({ auditPage: ask }) => ask(filter, page)),
    requestsOfRuns: (of) => auditing(of, (queries) => queries.requestsOfRuns(of)),
    suspectedSince: (of) => auditing(of, (queries) => queries.suspectedSince(of)),
    nearestInLog: (...asked) => auditing(asked[0], ({ nearestInLog }) => nearestInLog(...asked)),
    countByAction: (filter) => auditing(filter, ({ countByAction }) => countByAction(filter)),
    countByActor: (filter) => auditing(filter, ({ countByActor }) => countByActor(filter)),
    countByDay: (filter) => auditing(filter, ({ countByDay }) => countByDay(filter)),
    countByKey: (filter) => auditing(filter, ({ countByKey }) => countByKey(filter)),
    logOf: (name, workspaceId) =>
      working(async () =>
        logStanding(seen.streams, liveCheckpoint(context, slotOf(name)), workspacesOf(workspaceId)),
      ),
    catchUp: working(keeper.catchUp),
    run: (signal) => working(() => keeper.run(signal)),
    waitFor: (position, { projections, ...patience } = {}) =>
      working(() =>
        keeper.waitFor(projections === undefined ? kept : named(projections), position, {
          timeoutMs: PATIENCE_MS,
          ...patience,
        }),
      ),
    status: working(() => statusOf(context, [...all.values()])),
    rebuild: (name, { onProgress = () => undefined } = {}) =>
      working(() => keeper.rebuild(slotOf(name), onProgress)),
    close: async () => {
      await keeper.close();
      file.close();
    },
  };
};
