import { linkOf, type RecordedEvent } from '@keyturn/event-store';
import type { Checkpoint } from '../database/checkpoints';
import { writeTransaction } from '../database/readModelFile';
import type { StreamState } from '../database/streamStates';
import { ProjectionFault } from '../faults';
import type { Damage } from '../log/damage';
import { sealCheckOf, type SealVerdict } from '../log/sealChecking';
import type { ReadStretch } from '../log/streamReading';
import type { RuntimeContext } from './context';

/**
 * Compares a generation with the log that it is to go on from, when a process begins with it. The last event that was
 * projected has to be there still: a log that was put back, and has grown again, reaches the same place with other
 * events. Seals that nobody could check are checked where that can be done now. Rejects with a `ProjectionFault`.
 */
export const takeUp = async (
  context: RuntimeContext,
  from: Checkpoint,
  stretch: ReadStretch,
): Promise<void> => {
  await compareNewest(context, from, stretch);
  await checkSeals(context, from);
};

const isThere = ({ eventId, head }: StreamState, event: RecordedEvent): boolean => {
  const link = linkOf(event.metadata);
  return event.id === eventId && link !== null && Buffer.compare(link.chain, head.chain) === 0;
};

const compareNewest = async (
  context: RuntimeContext,
  from: Checkpoint,
  stretch: ReadStretch,
): Promise<void> => {
  for (;;) {
    const [last] = context.streams.newest(from);
    if (last === undefined) return;
    const { stream, head, position } = last;
    const found = await stretch(stream, head.revision, head.revision);
    if (typeof found === 'string') {
      if (!keep(context, from, [damaged(last, found, head.revision)])) return;
      continue;
    }
    const [event] = found;
    if (event !== undefined && isThere(last, event)) return;
    // Another event at the very same place: that one was rewritten. The next newest tells of the log as a whole.
    if (event?.position !== position) throw putBack(last);
    if (!keep(context, from, [damaged(last, 'known', head.revision)])) return;
  }
};

const putBack = ({ stream, head }: StreamState): ProjectionFault =>
  new ProjectionFault(
    'store-behind',
    `The last event that was projected, event ${head.revision} of stream ${stream}, is no longer in the event store: ` +
      'it was put back to an older copy, and has grown again since. Bring back the right store, or rebuild each ' +
      'projection from this one.',
  );

const damaged = (state: StreamState, differs: Damage['differs'], revision: number): StreamState => ({
  ...state,
  damage: { differs, revision, detail: null },
});

const checkSeals = async ({ seals, ...context }: RuntimeContext, from: Checkpoint): Promise<void> => {
  if (seals === null) return;
  const check = sealCheckOf(seals);
  const checked: StreamState[] = [];
  for (const state of context.streams.unchecked(from)) {
    if (state.unchecked === null) continue;
    const { revision } = state.unchecked;
    const after: { readonly [V in SealVerdict]: StreamState | null } = {
      good: { ...state, sealedTo: revision, unchecked: null },
      bad: damaged(state, 'seal', revision),
      'unknown-key': null,
    };
    const next = after[await check(state.unchecked)];
    if (next !== null) checked.push(next);
  }
  keep(context, from, checked);
};

/** False, and nothing is written, where another process has moved on meanwhile: its own examination stands. */
const keep = (
  { file, checkpoints, streams }: Pick<RuntimeContext, 'file' | 'checkpoints' | 'streams'>,
  from: Checkpoint,
  states: ReadonlyArray<StreamState>,
): boolean => {
  if (states.length === 0) return true;
  return writeTransaction(file.writer, () => {
    if (checkpoints.of(from.projector, from.generation)?.position !== from.position) return false;
    for (const state of states) streams.put(from, state);
    return true;
  });
};
