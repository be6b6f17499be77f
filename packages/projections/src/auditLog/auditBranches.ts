import type { KeyringEventType } from '@keyturn/domain';
import type { Kysely } from 'kysely';
import type { ReadModelTables } from '../database/tables';
import { ProjectionFault } from '../faults';
import { listOf } from './anyOf';
import type { AuditActor, AuditFilter } from './auditFilter';

/** How a branch asks for a key. */
interface KeyBranch {
  readonly column: 'key_id' | 'previous_key_id';
  readonly keyId: string;
  /** Entries about these are in other branches. */
  readonly notAbout: ReadonlyArray<string>;
}

/** A key in a workspace; without one where it has not to be looked up. */
interface Place {
  readonly workspaceId?: string;
  readonly keyId?: string;
}

/** One part of an answer, read off one index in order of the sequence. */
export interface Branch {
  readonly workspaceId?: string;
  readonly key?: KeyBranch;
  readonly actor?: AuditActor;
  readonly action?: KeyringEventType;
}

/** SQLite merges no more than 500. */
const MOST_BRANCHES = 400;

/** Whoever is named by the id alone is not named with a kind as well: an entry would be found twice. */
const distinctActors = (actors: ReadonlyArray<AuditActor>): ReadonlyArray<AuditActor> => {
  const byIdAlone = new Set(actors.filter(({ kind }) => kind === undefined).map(({ id }) => id));
  const named = actors.map(({ id, kind }) =>
    byIdAlone.has(id) || kind === undefined ? { id } : { id, kind },
  );
  return [...new Map(named.map((actor) => [JSON.stringify(actor), actor])).values()];
};

const knownKeys = (db: Kysely<ReadModelTables>) =>
  db
    .selectFrom('audit_known_keys')
    .select(['workspace_id as workspaceId', 'key_id as keyId'])
    .orderBy('workspace_id')
    .orderBy('key_id')
    .limit(MOST_BRANCHES + 1);

/** The indexes begin with the workspace: a key or run that is named without one is looked up. */
const placesOf = async (
  db: Kysely<ReadModelTables>,
  { workspaceId, keyId, last4, runId }: AuditFilter,
): Promise<ReadonlyArray<Place>> => {
  const workspaces = listOf('workspaceId', workspaceId);
  const keys = listOf('keyId', keyId);
  const endings = listOf('last4', last4);
  if (endings !== undefined) {
    let query = knownKeys(db).where('last4', 'in', endings);
    if (workspaces !== undefined) query = query.where('workspace_id', 'in', workspaces);
    if (keys !== undefined) query = query.where('key_id', 'in', keys);
    return query.execute();
  }
  if (workspaces !== undefined) {
    return workspaces.flatMap((workspace) =>
      keys === undefined
        ? [{ workspaceId: workspace }]
        : keys.map((key) => ({ workspaceId: workspace, keyId: key })),
    );
  }
  if (keys !== undefined) return knownKeys(db).where('key_id', 'in', keys).execute();
  return runId === undefined ? [{}] : workspacesOfRun(db, runId);
};

const workspacesOfRun = (db: Kysely<ReadModelTables>, runId: string): Promise<ReadonlyArray<Place>> =>
  db
    .selectFrom('audit_entries_v2')
    .select('workspace_id as workspaceId')
    .distinct()
    .where('run_id', '=', runId)
    .limit(MOST_BRANCHES + 1)
    .execute();

const keyBranches = (places: ReadonlyArray<Place>): ReadonlyArray<Branch> =>
  places.flatMap(({ workspaceId, keyId }): ReadonlyArray<Branch> => {
    const branch = workspaceId === undefined ? {} : { workspaceId };
    if (keyId === undefined) return [branch];
    const others = places.flatMap((place) =>
      place.workspaceId === workspaceId && place.keyId !== undefined && place.keyId !== keyId
        ? [place.keyId]
        : [],
    );
    return [
      { ...branch, key: { column: 'key_id', keyId, notAbout: [] } },
      { ...branch, key: { column: 'previous_key_id', keyId, notAbout: others } },
    ];
  });

/**
 * Everything that was named combined with everything else, so that each branch names one of each.
 *
 * @throws ProjectionFault `invalid-query` for too many: nothing is left out in silence
 */
export const branchesOf = async (
  db: Kysely<ReadModelTables>,
  filter: AuditFilter,
): Promise<ReadonlyArray<Branch>> => {
  const actors = listOf('actor', filter.actor);
  const actions = listOf('action', filter.action);
  const named = keyBranches(await placesOf(db, filter))
    .flatMap((branch): ReadonlyArray<Branch> =>
      actors === undefined ? [branch] : distinctActors(actors).map((actor) => ({ ...branch, actor })),
    )
    .flatMap((branch): ReadonlyArray<Branch> =>
      actions === undefined ? [branch] : actions.map((action) => ({ ...branch, action })),
    );
  if (named.length <= MOST_BRANCHES) return named;
  throw new ProjectionFault(
    'invalid-query',
    `This asks for over ${MOST_BRANCHES} combinations of workspaces, keys, actors and actions, and that many ` +
      'are not looked up at once: name fewer, or the workspace too.',
  );
};
