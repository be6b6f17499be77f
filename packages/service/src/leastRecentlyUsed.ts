/** A bounded map that lets go of what was put in longest ago. */
export class LeastRecentlyUsed<K, V> {
  readonly #values = new Map<K, V>();

  constructor(private readonly capacity: number) {}

  /** Removes and returns the value. */
  take(key: K): V | undefined {
    const value = this.#values.get(key);
    this.#values.delete(key);
    return value;
  }

  put(key: K, value: V): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.capacity) return;
      this.#values.delete(oldest);
    }
  }
}
