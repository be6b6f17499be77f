import type { LogStanding, ReadModels, RunUsage, WorkspaceLog } from '@keyturn/projections';
import { keyAmbiguous, unknownKey, unknownWorkspace } from '@keyturn/domain';
import { type AskingParts, makeAsked, READS, USUAL_PAGE } from './asking';
import { askedFor } from './askedFor';
import { NUMBER, TEXT, TIME, YES_OR_NO, type MembersOf } from './members';
import { makeAuditReading, type AuditReading } from './auditReading';
import type { ActContext, QueryOptions, ReaderContext } from './context';
import { refusalError } from './errors';
import {
  dueWindow,
  tellingKeys,
  type KeysDuePage,
  type KeysDueQuery,
  type KeysQuery,
  type KnownKey,
} from './knownKeys';
import { settled } from './settle';
import type { FaultTeller } from './whoseFault';
import { makeWorkspaceReading, type WorkspaceReading } from './workspaceReading';

export type { RunUsage };

export interface RunsQuery {
  readonly keyId?: string;
  readonly runId?: string;
  readonly openOnly?: boolean;
  /** Held their key at this time or later, in milliseconds since 1970: still open, or ended since. */
  readonly since?: number;
  /** Began before this. */
  readonly until?: number;
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

/** Queries of the read models, each under `authorize`. */
export interface Reading extends AuditReading, WorkspaceReading {
  readonly listKeys: (
    ctx: ActContext,
    query?: KeysQuery,
    options?: QueryOptions,
  ) => Promise<ReadonlyArray<KnownKey>>;
  readonly keysDue: (
    ctx: ReaderContext,
    query?: KeysDueQuery,
    options?: QueryOptions,
  ) => Promise<KeysDuePage>;
  readonly keysLog: (ctx: ActContext) => Promise<WorkspaceLog>;
  readonly findKeys: (
    ctx: ActContext,
    query: { readonly idPrefix: string },
    options?: QueryOptions,
  ) => Promise<ReadonlyArray<KnownKey>>;
  readonly resolveKey: (ctx: ActContext, named: string, options?: QueryOptions) => Promise<KnownKey>;
  readonly listRuns: (ctx: ActContext, query?: RunsQuery, options?: QueryOptions) => Promise<RunsPage>;
}

const KEYS: MembersOf<KeysQuery> = { includeHardDeleted: YES_OR_NO };
const DUE: MembersOf<KeysDueQuery> = { withinDays: NUMBER, limit: NUMBER, cursor: TEXT };
const RUNS: MembersOf<RunsQuery> = {
  keyId: TEXT,
  runId: TEXT,
  openOnly: YES_OR_NO,
  since: TIME,
  until: TIME,
  limit: NUMBER,
  cursor: TEXT,
};

/** A last 4 has fewer: it can never pass for the beginning of an id. */
const SHORTEST_PREFIX = 5;

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

export const makeReading = ({
  rotateAfterDays,
  faults,
  ...parts
}: AskingParts & { readonly rotateAfterDays: number; readonly faults: FaultTeller }): Reading => {
  const asked = makeAsked(parts);
  const telling = tellingKeys(rotateAfterDays, faults);

  const known = async (found: ReturnType<ReadModels['listKeys']>): Promise<ReadonlyArray<KnownKey>> =>
    telling(await settled(found));

  /** The hook is asked for the whole list: what begins so is no one key, whatever it looks like. */
  const findKeys: Reading['findKeys'] = async (ctx, query, options = {}) => {
    const { workspaceId } = ctx;
    const { idPrefix } = askedFor(query, { idPrefix: TEXT }, ['idPrefix']);
    return asked(ctx, 'ListKeys', {}, options, (models) => known(models.findKeys(workspaceId, idPrefix)));
  };

  // Of each context the workspace is looked at before the hook answers: who was asked about is who is read.
  return {
    listKeys: async (ctx, query = {}, options = {}) => {
      const { workspaceId } = ctx;
      const { includeHardDeleted = false } = askedFor(query, KEYS);
      return asked(ctx, 'ListKeys', {}, options, (models) =>
        known(models.listKeys(workspaceId, { includeHardDeleted })),
      );
    },
    keysDue: async (ctx, query = {}, options = {}) => {
      const { workspaceId } = ctx;
      const { withinDays = 0, limit = USUAL_PAGE, cursor } = askedFor(query, DUE);
      return asked(ctx, 'ListKeysDue', {}, options, async (models) => {
        const log = await settled(models.logOf(READS.ListKeysDue, workspaceId));
        const { keys, ...page } = await settled(
          models.keysDue({
            ...dueWindow(rotateAfterDays, withinDays),
            limit,
            ...(workspaceId === undefined ? {} : { workspaceId }),
            ...(cursor === undefined ? {} : { after: cursor }),
          }),
        );
        return { rotateAfterDays, log, keys: await telling(keys), ...page };
      });
    },
    keysLog: (ctx) => {
      const { workspaceId } = ctx;
      return asked(ctx, 'ListKeys', {}, {}, async (models) =>
        ofWorkspace(await settled(models.logOf(READS.ListKeys, workspaceId))),
      );
    },
    findKeys,
    resolveKey: (ctx, named, options = {}) => {
      const { workspaceId } = ctx;
      return asked(ctx, 'ListKeys', {}, options, async (models) => {
        const found = await known(models.findKeys(workspaceId, named));
        if (found.length === 0 && (await settled(models.findWorkspace(workspaceId))) === null) {
          throw refusalError(unknownWorkspace(workspaceId));
        }
        return meantBy(named, found);
      });
    },
    listRuns: async (ctx, query = {}, options = {}) => {
      const { limit = USUAL_PAGE, cursor, ...filter } = askedFor(query, RUNS);
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
    ...makeAuditReading(asked),
    ...makeWorkspaceReading(asked),
  };
};
