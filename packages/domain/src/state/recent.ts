import type { Instant } from '../instant';
import { GrowingMap } from './growingMap';

/** Generations that a full memory is made of: the grain in which it forgets. */
const GENERATIONS = 8;

export interface Generation<K, V> {
  readonly entries: ReadonlyMap<K, V>;
  /** Newest event time among the entries. */
  readonly newestAt: Instant;
}

/**
 * A bounded memory, oldest generation first. It forgets whole generations, so that forgetting costs nothing per entry.
 */
export interface Recent<K, V> {
  readonly generations: ReadonlyArray<Generation<K, V>>;
}

export const nothingRecent: Recent<never, never> = { generations: [] };

/** What is remembered of `key`, the newest first. */
export const recall = <K, V>(recent: Recent<K, V>, key: K): V | undefined => {
  for (let i = recent.generations.length - 1; i >= 0; i--) {
    const found = recent.generations[i]?.entries.get(key);
    if (found !== undefined) return found;
  }
  return undefined;
};

interface OwnGeneration<K, V> {
  readonly entries: GrowingMap<K, V>;
  newestAt: Instant;
}

/** A memory under construction. */
export class RecentDraft<K, V> implements Recent<K, V> {
  readonly generations: Array<Generation<K, V>>;
  private own: OwnGeneration<K, V> | null = null;
  private readonly generationSize: number;

  /**
   * @param limit - at most this many entries are kept
   * @param onForget - told of every generation that is dropped
   */
  constructor(
    base: Recent<K, V>,
    private readonly limit: number,
    private readonly onForget: (generation: Generation<K, V>) => void = () => undefined,
  ) {
    this.generations = base.generations.slice();
    this.generationSize = Math.max(1, Math.floor(limit / GENERATIONS));
  }
  add(key: K, value: V, at: Instant): void {
    const own = this.writable(at);
    own.entries.set(key, value);
    if (at > own.newestAt) own.newestAt = at;
  }

  /** Drops the generations that hold nothing at or after `edge`. */
  forgetBefore(edge: Instant): void {
    let oldest = this.generations[0];
    while (oldest !== undefined && oldest.newestAt < edge) {
      this.forgetOldest();
      oldest = this.generations[0];
    }
  }

  finish(): Recent<K, V> {
    return { generations: this.generations };
  }

  private writable(at: Instant): OwnGeneration<K, V> {
    if (this.own !== null && this.own.entries.size < this.generationSize) return this.own;
    const newest = this.generations.at(-1);
    if (newest !== undefined && newest !== this.own && newest.entries.size < this.generationSize) {
      this.own = { entries: GrowingMap.from(newest.entries), newestAt: newest.newestAt };
      this.generations[this.generations.length - 1] = this.own;
      return this.own;
    }
    this.own = { entries: new GrowingMap(), newestAt: at };
    this.generations.push(this.own);
    this.makeRoom();
    return this.own;
  }

  /** For a new generation. Those before it need not be of its size: an older snapshot, or policy, had smaller ones. */
  private makeRoom(): void {
    let size = this.generationSize;
    for (const { entries } of this.generations) size += entries.size;
    for (const { entries } of this.generations.slice(0, -1)) {
      if (size <= this.limit) return;
      size -= entries.size;
      this.forgetOldest();
    }
  }

  private forgetOldest(): void {
    const forgotten = this.generations.shift();
    if (forgotten === undefined) return;
    if (forgotten === this.own) this.own = null;
    this.onForget(forgotten);
  }
}
