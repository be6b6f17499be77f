import type { SqliteConnection } from '@keyturn/sqlite';
import { nearOf } from '../nearest';
import { listOf } from './anyOf';
import type { AuditFilter } from './auditFilter';

/** What entries may name besides workspaces and keys. Of each an index has the names in their order. */
export type NameInLog = 'actor' | 'caseId' | 'originRef' | 'projectId' | 'runId';

const COLUMNS: Readonly<Record<NameInLog, string>> = {
  actor: 'actor_id',
  caseId: 'case_id',
  originRef: 'origin_ref',
  projectId: 'project_id',
  runId: 'run_id',
};

/** Each is one look into an index. */
const MOST_NAMES = 2_000;
/** The nearest may be of other workspaces than those that are asked about. */
const MOST_TRIED = 5;

/** A project's name means something in its workspace alone. */
const placesOf = (
  kind: NameInLog,
  { workspaceId }: Pick<AuditFilter, 'workspaceId'>,
): ReadonlyArray<ReadonlyArray<string>> =>
  kind === 'projectId' ? (listOf('workspaceId', workspaceId) ?? []).map((id) => [id]) : [[]];

/** Reads the next name off its index, whatever the log's length. */
export const nextName = (kind: NameInLog): string => {
  const column = COLUMNS[kind];
  const inPlace = kind === 'projectId' ? 'workspace_id = ? and ' : '';
  return `select min(${column}) as name from audit_entries_v2 where ${inPlace}${column} >= ?`;
};

/** Names that begin with the same character, in order: so many that looking at them keeps nobody waiting. */
const namesLike = (
  database: SqliteConnection,
  kind: NameInLog,
  named: string,
  places: ReadonlyArray<ReadonlyArray<string>>,
): ReadonlyArray<string> => {
  const [first = ''] = named;
  const next = database.prepare<ReadonlyArray<string>, { readonly name: string | null }>(nextName(kind));
  const names: string[] = [];
  for (const place of places) {
    for (let from = first; names.length < MOST_NAMES;) {
      const { name = null } = next.get(...place, from) ?? {};
      if (name === null || !name.startsWith(first)) break;
      names.push(name);
      from = `${name}\u0000`;
    }
  }
  return names;
};

/** Of the names of a kind that entries of these workspaces have, or of all, the nearest; null where none is near. */
export const nearestInLog = async (
  database: SqliteConnection,
  isThere: (filter: AuditFilter) => Promise<boolean>,
  place: Pick<AuditFilter, 'workspaceId'>,
  kind: NameInLog,
  named: string,
): Promise<string | null> => {
  const names = namesLike(database, kind, named, placesOf(kind, place));
  for (const name of nearOf(named, names).slice(0, MOST_TRIED)) {
    const choice = kind === 'actor' ? { actor: { id: name } } : { [kind]: name };
    if (await isThere({ ...place, ...choice })) return name;
  }
  return null;
};
