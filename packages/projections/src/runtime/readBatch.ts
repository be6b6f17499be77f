import { decodeEvent, KEYRING_STREAM_PREFIX } from '@keyturn/domain';
import type { EventStore, RecordedEvent } from '@keyturn/event-store';
import { isLeft } from 'fp-ts/Either';
import { ProjectionFault, storeFailed } from '../faults';
import type { ProjectedEvent } from './projector';
import { type OpenCommand, wholeCommands } from './wholeCommands';

/** What can be projected after a place in the store. */
export interface Batch {
  /** Whole commands, decoded; empty when nothing is new, or when the next event is the one that stops everything. */
  readonly events: ReadonlyArray<ProjectedEvent>;
  /** Where the checkpoint stands once they are projected; null when it does not move. */
  readonly to: bigint | null;
  /** True when nothing lies behind them by now. */
  readonly end: boolean;
  /** Why nothing can be projected behind them. */
  readonly stop: ProjectionFault | null;
}

/** Reads on from a place: about `size` events, more where one command has more. Rejects with a `ProjectionFault`. */
export const readBatch = async (store: EventStore, after: bigint | null, size: number): Promise<Batch> => {
  const decoded: ProjectedEvent[] = [];
  let from = after;
  for (;;) {
    const page = await store.readAll({
      ...(from === null ? {} : { after: from }),
      streamPrefix: KEYRING_STREAM_PREFIX,
      limit: size,
    })();
    if (isLeft(page)) throw storeFailed(page.left);
    const { events, readTo, end } = page.right;
    const stop = decodeInto(decoded, events);
    const { count, open } = wholeCommands(decoded);
    const whole = decoded.slice(0, count);
    const last = whole.at(-1);
    if (stop !== null) return { events: whole, to: last?.recorded.position ?? null, end: false, stop };
    if (open === null) return { events: whole, to: readTo === after ? null : readTo, end, stop: null };
    if (last !== undefined) return { events: whole, to: last.recorded.position, end: false, stop: null };
    if (end || broken(decoded, open)) return { events: [], to: null, end: false, stop: incomplete(open) };
    from = readTo;
  }
};

const decodeInto = (
  decoded: ProjectedEvent[],
  events: ReadonlyArray<RecordedEvent>,
): ProjectionFault | null => {
  for (const recorded of events) {
    const read = decodeEvent(recorded);
    if (isLeft(read)) {
      return new ProjectionFault(
        'undecodable-event',
        `${read.left.message} The projection stops before it and skips nothing. If a newer release wrote it, upgrade ` +
          'this one; if not, compare the event store with a backup.',
        { cause: read.left },
      );
    }
    decoded.push({ recorded, event: read.right.event, envelope: read.right.envelope });
  }
  return null;
};

/** Another command of the same stream began before this one was complete: reading on will not complete it. */
const broken = (decoded: ReadonlyArray<ProjectedEvent>, open: OpenCommand): boolean =>
  decoded.some(
    ({ recorded, envelope }) =>
      recorded.stream === open.stream &&
      recorded.revision > open.revision &&
      envelope.commandId !== open.commandId,
  );

const incomplete = ({ stream, commandId, revision }: OpenCommand): ProjectionFault =>
  new ProjectionFault(
    'incomplete-command',
    `Stream ${stream} breaks off after event ${revision}, in the middle of command ${commandId}. Stores append a ` +
      'command whole or not at all, so events are missing: compare the event store with a backup. Nothing of that ' +
      'command is shown.',
  );
