import type { Position } from '@keyturn/event-store';
import { type Checkpoint, isRetired } from '../database/checkpoints';
import { stoppedOf, type StoppedWorkspace } from '../log/damage';
import type { RuntimeContext } from './context';
import { headOf, liveCheckpoint } from './drive';
import type { ProjectionName } from './projector';
import type { Slot } from './slot';
import { isOutdated, newerVersion } from './versionFault';

export interface ProjectionStatus {
  readonly name: ProjectionName;
  /** Version of what is stored. */
  readonly version: number;
  /** Everything up to here is projected; null before the first event. */
  readonly position: Position | null;
  /** Position of the store's newest event; null for an empty store. */
  readonly head: Position | null;
  /**
   * What lies between, in the store's own measure of positions: events for SQLite, bytes of its log for EventStoreDB.
   */
  readonly lag: bigint;
  /** How many events were projected. */
  readonly events: number;
  /** When it last moved on or failed, in milliseconds since 1970. */
  readonly updatedAt: number;
  /** Workspaces whose log is damaged: they stand, and all others go on. */
  readonly stopped: ReadonlyArray<StoppedWorkspace>;
  /** How many workspaces are followed. */
  readonly workspaces: number;
  /** Of how many of them the newest event lies under a seal that was checked. Without a vault, nobody checks seals. */
  readonly sealedWorkspaces: number;
  /** Why it stands still, by the last attempt of any process; null when that went well. */
  readonly lastError: string | null;
  /** An older release built it. It answers all the same, until the rebuild that goes on by itself is over. */
  readonly outdated: boolean;
  /** How far a rebuild has come that is under way, or was cut off; null when there is none. */
  readonly rebuild: { readonly position: Position | null } | null;
}

/** Workspaces that stand in a generation. */
const stoppedIn = (
  { streams }: Pick<RuntimeContext, 'streams'>,
  of: Checkpoint,
): ReadonlyArray<StoppedWorkspace> =>
  streams.damaged(of).map(([stream, damage]) => stoppedOf(stream, damage));

export const statusOf = async (
  context: RuntimeContext,
  slots: ReadonlyArray<Slot>,
): Promise<ReadonlyArray<ProjectionStatus>> => {
  const stored = context.checkpoints.all();
  const live = slots.map((slot) => ({ slot, checkpoint: liveCheckpoint(context, slot) }));
  const head = await headOf(context);
  return live.map(({ slot, checkpoint }) => {
    const building = stored.find((c) => c.projector === slot.projector.name && !c.live && !isRetired(c));
    const { streams, sealed } = context.streams.counts(checkpoint);
    const lag = (head ?? 0n) - (checkpoint.position ?? 0n);
    return {
      name: slot.projector.name,
      version: checkpoint.version,
      position: checkpoint.position,
      head,
      lag: lag < 0n ? 0n : lag,
      events: checkpoint.events,
      updatedAt: checkpoint.updatedAt,
      stopped: stoppedIn(context, checkpoint),
      workspaces: streams,
      sealedWorkspaces: sealed,
      lastError: checkpoint.fault ?? newerVersion(slot.projector, checkpoint)?.message ?? null,
      outdated: isOutdated(slot.projector, checkpoint),
      rebuild: building === undefined ? null : { position: building.position },
    };
  });
};
