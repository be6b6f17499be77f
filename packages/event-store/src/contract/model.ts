import type { ExpectedRevision } from '../eventStore';

interface ModelEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
}

export type ModelOutcome =
  | { readonly kind: 'written' | 'repeated'; readonly revision: number }
  | { readonly kind: 'conflict'; readonly actual: number | 'no-stream' };

/** The smallest thing that behaves as a store should: one list. */
export class ModelStore {
  readonly log: ModelEvent[] = [];
  readonly snapshots = new Map<string, number>();

  stream(name: string): ReadonlyArray<ModelEvent> {
    return this.log.filter(({ stream }) => stream === name);
  }

  append(name: string, expected: ExpectedRevision, ids: ReadonlyArray<string>): ModelOutcome {
    const stored = this.stream(name);
    const meets =
      expected === 'any' ||
      (expected === 'stream-exists' && stored.length > 0) ||
      stored.length === (expected === 'no-stream' ? 0 : Number(expected) + 1);
    if (meets) {
      ids.forEach((id, index) => this.log.push({ id, stream: name, revision: stored.length + index }));
      return { kind: 'written', revision: stored.length + ids.length - 1 };
    }
    const first = expected === 'no-stream' ? 0 : Number(expected) + 1;
    const there = stored.slice(first, first + ids.length).map(({ id }) => id);
    return there.join() === ids.join()
      ? { kind: 'repeated', revision: first + ids.length - 1 }
      : { kind: 'conflict', actual: stored.length === 0 ? 'no-stream' : stored.length - 1 };
  }

  saveSnapshot(name: string, revision: number): void {
    this.snapshots.set(name, Math.max(revision, this.snapshots.get(name) ?? 0));
  }
}
