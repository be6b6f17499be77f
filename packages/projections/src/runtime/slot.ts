import type { Checkpoint } from '../database/checkpoints';
import type { Projection, ProjectorIdentity } from './projector';

/** One projector of this process, with what it remembers of its tables for as long as nobody else writes to them. */
export class Slot {
  private opened: {
    readonly generation: number;
    readonly at: bigint | null;
    readonly projection: Projection;
  } | null = null;

  private checkedGeneration: number | null = null;

  constructor(readonly projector: ProjectorIdentity) {}

  /** Whether this process has compared a generation with the log that it goes on from. */
  tookUp({ generation }: Checkpoint): boolean {
    return this.checkedGeneration === generation;
  }

  takenUp({ generation }: Checkpoint): void {
    this.checkedGeneration = generation;
  }

  /** The projection at a checkpoint: begun anew from the tables when another process has moved it on. */
  projectionAt({ generation, position }: Checkpoint, begin: () => Projection): Projection {
    const opened = this.opened;
    if (opened !== null && opened.generation === generation && opened.at === position)
      return opened.projection;
    const projection = begin();
    this.opened = { generation, at: position, projection };
    return projection;
  }

  /** The transaction that moved the checkpoint on was committed. */
  movedTo({ generation, position }: Checkpoint, to: bigint): void {
    const opened = this.opened;
    const current = opened !== null && opened.generation === generation && opened.at === position;
    this.opened = current ? { ...opened, at: to } : null;
  }

  /** What is remembered may not be what the tables hold. */
  forget(): void {
    this.opened = null;
  }
}
