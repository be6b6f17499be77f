import { CommandId, RunId } from '../ids';
import type { Instant } from '../instant';
import type { HandledCommand } from '../state/keyring';
import { earliest } from './kinds';
import { packIds, unpackIds } from './packedIds';
import type { StoredEndedRuns, StoredHandledCommands } from './snapshotShape';

/** A generation of a memory, or a part of one. */
export interface StoredGeneration {
  /** False where it goes on that the part before began. */
  readonly begins: boolean;
  readonly newestAt: Instant;
}

export const storeEndedRuns = (
  runs: ReadonlyArray<readonly [RunId, Instant]>,
  { begins, newestAt }: StoredGeneration,
): StoredEndedRuns => {
  const since = earliest(runs.map(([, endedAt]) => endedAt));
  return {
    kind: 'ended-runs',
    begins,
    newestAt,
    runIds: packIds(runs.map(([runId]) => runId)),
    since,
    endedAfter: runs.map(([, endedAt]) => endedAt - since),
  };
};

/** Null when the columns do not fit together. */
export const restoreEndedRuns = (
  stored: StoredEndedRuns,
): ReadonlyArray<readonly [RunId, Instant]> | null => {
  const runs: Array<readonly [RunId, Instant]> = [];
  for (const [i, runId] of unpackIds(stored.runIds).entries()) {
    const after = stored.endedAfter[i];
    if (after === undefined || !RunId.is(runId)) return null;
    runs.push([runId, stored.since + after]);
  }
  return runs;
};

export const storeHandledCommands = (
  commands: ReadonlyArray<HandledCommand>,
  { begins, newestAt }: StoredGeneration,
): StoredHandledCommands => {
  const since = earliest(commands.map(({ issuedAt }) => issuedAt));
  return {
    kind: 'handled-commands',
    begins,
    newestAt,
    commandIds: packIds(commands.map(({ commandId }) => commandId)),
    digests: commands.map(({ commandDigest }) => commandDigest).join(' '),
    since,
    issuedAfter: commands.map(({ issuedAt }) => issuedAt - since),
    firstRevisions: commands.map(({ firstRevision }) => firstRevision),
    spans: commands.map(({ firstRevision, lastRevision }) => lastRevision - firstRevision),
  };
};

/** Null when the columns do not fit together. */
export const restoreHandledCommands = (
  stored: StoredHandledCommands,
): ReadonlyArray<readonly [CommandId, HandledCommand]> | null => {
  const digests = stored.digests.split(' ');
  const commands: Array<readonly [CommandId, HandledCommand]> = [];
  for (const [i, commandId] of unpackIds(stored.commandIds).entries()) {
    const commandDigest = digests[i];
    const after = stored.issuedAfter[i];
    const firstRevision = stored.firstRevisions[i];
    const span = stored.spans[i];
    if (commandDigest === undefined || after === undefined || firstRevision === undefined) return null;
    if (span === undefined || !CommandId.is(commandId)) return null;
    const issuedAt = stored.since + after;
    const lastRevision = firstRevision + span;
    commands.push([commandId, { commandId, commandDigest, issuedAt, firstRevision, lastRevision }]);
  }
  return commands;
};
