/** A map that lets go of what was put in longest ago, once all together is larger than its capacity. */
export class LeastRecentlyUsed<K, V> {
  readonly #values = new Map<K, { readonly value: V; readonly size: number }>();
  #size = 0;

  constructor(private readonly capacity: number) {}

  /** Removes and returns the value. */
  take(key: K): V | undefined {
    const kept = this.#values.get(key);
    if (kept === undefined) return undefined;
    this.#values.delete(key);
    this.#size -= kept.size;
    return kept.value;
  }

  /** The newest value is kept, however large it is. */
  put(key: K, value: V, size: number): void {
    this.take(key);
    this.#values.set(key, { value, size });
    this.#size += size;
    for (const oldest of this.#values.keys()) {
      if (this.#size <= this.capacity || oldest === key) return;
      this.take(oldest);
    }
  }
}
