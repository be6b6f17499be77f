import { CommandId, RunId } from '../ids';
import type { Instant } from '../instant';
import type { HandledCommand } from '../state/keyring';
import type { Generation } from '../state/recent';
import { packIds, unpackIds } from './packedIds';
import type { StoredEndedRuns, StoredHandledCommands } from './snapshotShape';

const earliest = (times: ReadonlyArray<Instant>): Instant =>
  times.reduce((least, time) => Math.min(least, time), times[0] ?? 0);

export const storeEndedRuns = ({ entries, newestAt }: Generation<RunId, Instant>): StoredEndedRuns => {
  const times = [...entries.values()];
  const since = earliest(times);
  return {
    newestAt,
    runIds: packIds([...entries.keys()]),
    since,
    endedAfter: times.map((time) => time - since),
  };
};

/** Null when the columns do not fit together. */
export const restoreEndedRuns = (stored: StoredEndedRuns): Generation<RunId, Instant> | null => {
  const entries = new Map<RunId, Instant>();
  for (const [i, runId] of unpackIds(stored.runIds).entries()) {
    const after = stored.endedAfter[i];
    if (after === undefined || !RunId.is(runId)) return null;
    entries.set(runId, stored.since + after);
  }
  return { entries, newestAt: stored.newestAt };
};

export const storeHandledCommands = ({
  entries,
  newestAt,
}: Generation<CommandId, HandledCommand>): StoredHandledCommands => {
  const commands = [...entries.values()];
  const since = earliest(commands.map(({ issuedAt }) => issuedAt));
  return {
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
): Generation<CommandId, HandledCommand> | null => {
  const digests = stored.digests.split(' ');
  const entries = new Map<CommandId, HandledCommand>();
  for (const [i, commandId] of unpackIds(stored.commandIds).entries()) {
    const commandDigest = digests[i];
    const after = stored.issuedAfter[i];
    const firstRevision = stored.firstRevisions[i];
    const span = stored.spans[i];
    if (commandDigest === undefined || after === undefined || firstRevision === undefined) return null;
    if (span === undefined || !CommandId.is(commandId)) return null;
    entries.set(commandId, {
      commandId,
      commandDigest,
      issuedAt: stored.since + after,
      firstRevision,
      lastRevision: firstRevision + span,
    });
  }
  return { entries, newestAt: stored.newestAt };
};
