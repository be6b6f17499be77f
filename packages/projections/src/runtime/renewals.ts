import { faultOfSqlite } from '../database/sqliteFaults';
import type { RuntimeContext } from './context';
import { liveCheckpoint, rememberFault } from './drive';
import type { Slot } from './slot';
import { isOutdated } from './versionFault';

/**
 * Rebuilds in the background what an older release built. The old rows answer until the new ones are whole, and nobody
 * has to ask for it. What is cut off is taken up by whoever opens the file next.
 */
export class Renewals {
  private readonly running = new Map<Slot, Promise<void>>();
  private readonly stop = new AbortController();
  private givingBack: Promise<void> = Promise.resolve();

  constructor(private readonly context: RuntimeContext) {}

  outdated(slots: ReadonlyArray<Slot>): ReadonlyArray<Slot> {
    return slots.filter((slot) => isOutdated(slot.projector, liveCheckpoint(this.context, slot)));
  }

  /** Ends when the new rows are shown. Joins a rebuild that is under way; whoever waits gets its fault. */
  renew(slot: Slot): Promise<void> {
    const running = this.running.get(slot) ?? this.begin(slot);
    this.running.set(slot, running);
    return running;
  }

  /** Gives back the room of tables that were replaced, in the background. A next start takes up what is cut off. */
  giveBack(): void {
    const { context, stop } = this;
    this.givingBack = this.givingBack
      .then(async () => {
        const { giveBack } = await import('./giveBack.js');
        await giveBack(context, () => stop.signal.aborted);
      })
      .catch(() => undefined);
  }

  async close(): Promise<void> {
    this.stop.abort();
    await Promise.allSettled([...this.running.values(), this.givingBack]);
  }

  private begin(slot: Slot): Promise<void> {
    const task = this.rebuilt(slot).finally(() => this.running.delete(slot));
    // Where nobody waits, `status` tells of the fault.
    task.then(() => this.giveBack()).catch(() => undefined);
    return task;
  }

  private async rebuilt(slot: Slot): Promise<void> {
    const { context, stop } = this;
    try {
      const { rebuild } = await import('./rebuild.js');
      await rebuild(context, slot.projector, { signal: stop.signal, onlyIfOutdated: true });
    } catch (error) {
      const fault = faultOfSqlite(error, context.file.file);
      if (!stop.signal.aborted) rememberFault(context, liveCheckpoint(context, slot), fault);
      throw fault;
    }
  }
}
