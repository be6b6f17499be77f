import type { ActorKind, KeyringEventType } from '@keyturn/domain';
import type { Kysely } from 'kysely';
import type { ReadModelTables } from '../database/tables';
import { EVERYBODY } from './auditTotals';

/** How many entries of a type there are, by an actor of this kind. */
export interface Total {
  readonly type: KeyringEventType;
  readonly actorKind: ActorKind | typeof EVERYBODY;
  readonly entries: number;
}

/** What was done in a workspace, or in all of them; and by an actor, or by everybody. */
export const totalsOf = (
  db: Kysely<ReadModelTables>,
  workspaceId: string | undefined,
  actorId: string = EVERYBODY,
): Promise<ReadonlyArray<Total>> =>
  workspaceId === undefined
    ? db
        .selectFrom('audit_totals_overall_v1')
        .select(['type', 'actor_kind as actorKind', 'entries'])
        .where('actor_id', '=', actorId)
        .execute()
    : db
        .selectFrom('audit_totals_v1')
        .select(['type', 'actor_kind as actorKind', 'entries'])
        .where('workspace_id', '=', workspaceId)
        .where('actor_id', '=', actorId)
        .execute();

/** The same by every single actor. */
export const totalsOfEach = (
  db: Kysely<ReadModelTables>,
  workspaceId: string | undefined,
): Promise<ReadonlyArray<Total & { readonly actorId: string }>> =>
  workspaceId === undefined
    ? db
        .selectFrom('audit_totals_overall_v1')
        .select(['type', 'actor_kind as actorKind', 'actor_id as actorId', 'entries'])
        .where('actor_id', '>', EVERYBODY)
        .execute()
    : db
        .selectFrom('audit_totals_v1')
        .select(['type', 'actor_kind as actorKind', 'actor_id as actorId', 'entries'])
        .where('workspace_id', '=', workspaceId)
        .where('actor_id', '>', EVERYBODY)
        .execute();
