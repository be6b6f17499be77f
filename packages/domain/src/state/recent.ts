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

/** A memory under construction. */
export class RecentDraft<K, V> implements Recent<K, V> {
  readonly generations: Array<Generation<K, V>>;
  private readonly generationSize: number;
  private readonly maxGenerations: number;

  /**
   * @param limit - at most this many entries are kept
   * @param onForget - told of every generation that is dropped
   */
  constructor(
    base: Recent<K, V>,
    limit: number,
    private readonly onForget: (generation: Generation<K, V>) => void = () => undefined,
  ) {
    this.generations = base.generations.slice();
    this.generationSize = Math.max(1, Math.floor(limit / GENERATIONS));
    this.maxGenerations = Math.max(1, Math.floor(limit / this.generationSize));
  }

  add(key: K, value: V, at: Instant): void {
    const newest = this.generations.at(-1);
    if (newest !== undefined && newest.entries.size < this.generationSize) {
      this.generations[this.generations.length - 1] = {
        entries: GrowingMap.of(newest.entries).with(key, value),
        newestAt: Math.max(newest.newestAt, at),
      };
      return;
    }
    this.generations.push({ entries: GrowingMap.of(new Map([[key, value]])), newestAt: at });
    if (this.generations.length > this.maxGenerations) this.forgetOldest();
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

  private forgetOldest(): void {
    const forgotten = this.generations.shift();
    if (forgotten !== undefined) this.onForget(forgotten);
  }
}
