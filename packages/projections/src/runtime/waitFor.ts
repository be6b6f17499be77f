import { setTimeout as sleep } from 'node:timers/promises';
import type { Position } from '@keyturn/event-store';
import { isTransient, ProjectionFault } from '../faults';
import type { RuntimeContext } from './context';
import { hasReached, liveCheckpoint } from './drive';
import type { Slot } from './slot';

const PAUSE_MS = 20;

/** How projectors are brought on. */
export interface CatchingUp {
  readonly catchUp: () => Promise<void>;
  /** Ends when those of them that an older release built are rebuilt. */
  readonly renewed: (slots: ReadonlyArray<Slot>) => Promise<void>;
  /** An older release built it, and the rows that are to take its place are being built. */
  readonly rebuilding: (slot: Slot) => boolean;
}

/** What is waited for, and how long. */
export interface Patience {
  readonly timeoutMs: number;
  /** Does not wait for what is rebuilt: its old rows do. */
  readonly skipRebuilding?: boolean;
}

/**
 * Returns once these projectors have come to a position: "read your own write". Projects itself rather than hope that
 * somebody else does.
 */
export const waitFor = async (
  context: RuntimeContext,
  slots: ReadonlyArray<Slot>,
  { catchUp, renewed, rebuilding }: CatchingUp,
  position: Position,
  { timeoutMs, skipRebuilding = false }: Patience,
): Promise<void> => {
  const deadline = performance.now() + timeoutMs;
  let last: ProjectionFault | null = null;
  const awaited = (): ReadonlyArray<Slot> =>
    slots
      .filter((slot) => !hasReached(liveCheckpoint(context, slot), position))
      .filter((slot) => !(skipRebuilding && rebuilding(slot)));
  for (;;) {
    const behind = awaited();
    if (behind.length === 0) return;
    if (performance.now() >= deadline) throw timedOut(context, behind, position, timeoutMs, last);
    try {
      await catchUp();
      await orTimeout(renewed(behind), deadline - performance.now());
      last = null;
    } catch (error) {
      if (awaited().length === 0) return;
      if (!(error instanceof ProjectionFault) || !isTransient(error)) throw error;
      last = error;
    }
    if (awaited().length > 0) await sleep(Math.max(0, Math.min(PAUSE_MS, deadline - performance.now())));
  }
};

/** A rebuild may take longer than anybody waits: it goes on without. */
const orTimeout = async (task: Promise<void>, timeoutMs: number): Promise<void> => {
  const timer = new AbortController();
  const timeout = sleep(Math.max(0, timeoutMs), undefined, { signal: timer.signal }).catch(() => undefined);
  try {
    await Promise.race([task, timeout]);
  } finally {
    timer.abort();
    task.catch(() => undefined);
  }
};

const timedOut = (
  context: RuntimeContext,
  behind: ReadonlyArray<Slot>,
  position: Position,
  timeoutMs: number,
  last: ProjectionFault | null,
): ProjectionFault => {
  const places = behind.map((slot) => {
    const { position: at } = liveCheckpoint(context, slot);
    return `${slot.projector.name} at ${at ?? 'the beginning'}`;
  });
  return new ProjectionFault(
    'timeout',
    `After ${timeoutMs} ms the read model has not come to position ${position}: ${places.join(', ')}. ` +
      (last === null
        ? 'Either the event store does not show that position yet, or much is left to project: ' +
          'wait on, or ask for its status.'
        : `The last attempt failed: ${last.message}`),
    last === null ? undefined : { cause: last },
  );
};
