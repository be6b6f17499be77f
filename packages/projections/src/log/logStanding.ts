import { keyringStream, WorkspaceId } from '@keyturn/domain';
import type { Checkpoint } from '../database/checkpoints';
import type { StreamStates } from '../database/streamStates';
import { stoppedFault, stoppedOf, type StoppedWorkspace } from './damage';

/** What vouches for an answer about one workspace. */
export interface WorkspaceLog {
  readonly of: 'workspace';
  /** Of the last event that is shown; -1 when there is none. */
  readonly revision: number;
  /** Up to here a seal of the deployment's log key vouches for what is shown; null where no seal was checked. */
  readonly sealedTo: number | null;
}

/** What vouches for an answer about all workspaces, or about several. */
export interface AllLogs {
  readonly of: 'all';
  /** How many workspaces are shown. */
  readonly workspaces: number;
  /** Of how many of them the newest event lies under a seal that was checked. */
  readonly sealedWorkspaces: number;
  /** Those that are shown only up to a damage of their log. */
  readonly stopped: ReadonlyArray<StoppedWorkspace>;
}

export type LogStanding = WorkspaceLog | AllLogs;

/** Throws the fault of a workspace that stands: its rows end before what happened. */
export const refuseStopped = (
  streams: StreamStates,
  of: Pick<Checkpoint, 'projector' | 'generation'>,
  workspaceId: string,
): void => {
  if (!WorkspaceId.is(workspaceId)) return;
  const { stream, damage } = streams.of(of, keyringStream(workspaceId));
  if (damage !== null) throw stoppedFault(stoppedOf(stream, damage));
};

const standingOfOne = (
  streams: StreamStates,
  of: Pick<Checkpoint, 'projector' | 'generation'>,
  workspaceId: string,
): WorkspaceLog => {
  if (!WorkspaceId.is(workspaceId)) return { of: 'workspace', revision: -1, sealedTo: null };
  refuseStopped(streams, of, workspaceId);
  const { head, sealedTo } = streams.of(of, keyringStream(workspaceId));
  return { of: 'workspace', revision: head.revision, sealedTo };
};

/** How far the rows of these workspaces are vouched for; of all where none is named. */
export const logStanding = (
  streams: StreamStates,
  of: Pick<Checkpoint, 'projector' | 'generation'>,
  workspaceIds: ReadonlyArray<string> | undefined,
): LogStanding => {
  if (workspaceIds === undefined) {
    const { streams: workspaces, sealed: sealedWorkspaces } = streams.counts(of);
    const stopped = streams.damaged(of).map(([stream, damage]) => stoppedOf(stream, damage));
    return { of: 'all', workspaces, sealedWorkspaces, stopped };
  }
  const each = workspaceIds.map((workspaceId) => standingOfOne(streams, of, workspaceId));
  const [only, ...others] = each;
  if (only !== undefined && others.length === 0) return only;
  const shown = each.filter(({ revision }) => revision >= 0);
  return {
    of: 'all',
    workspaces: shown.length,
    sealedWorkspaces: shown.filter(({ revision, sealedTo }) => sealedTo === revision).length,
    stopped: [],
  };
};
