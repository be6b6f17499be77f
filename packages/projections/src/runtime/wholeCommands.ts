import type { ProjectedEvent } from './projector';

/** A command of which some events are still missing. */
export interface OpenCommand {
  readonly stream: string;
  readonly commandId: string;
  readonly revision: number;
}

export interface WholeCommands {
  /** How many events from the start belong to commands that are complete. */
  readonly count: number;
  /** The command that stands open after them; null when all is whole. */
  readonly open: OpenCommand | null;
}

/**
 * Where a run of events can be cut so that no command is halved: a list between two events of one command would show
 * what never was ("invariants hold per command, not per event").
 */
export const wholeCommands = (events: ReadonlyArray<ProjectedEvent>): WholeCommands => {
  const open = new Map<string, OpenCommand>();
  let count = 0;
  for (const [i, { envelope, recorded }] of events.entries()) {
    const { stream, revision } = recorded;
    const before = open.get(stream);
    if (before !== undefined && before.commandId !== envelope.commandId) return { count, open: before };
    if (envelope.index + 1 < envelope.count) {
      open.set(stream, { stream, revision, commandId: envelope.commandId });
    } else {
      open.delete(stream);
    }
    if (open.size === 0) count = i + 1;
  }
  const [first] = open.values();
  return { count, open: first ?? null };
};
