/** A bounded map that lets go of what was used longest ago, skipping values that may not go now. */
export class LeastRecentlyUsed<K, V> {
  readonly #values = new Map<K, V>();

  constructor(
    private readonly capacity: number,
    private readonly mayGo: (value: V) => boolean,
  ) {}

  /** Looks without counting as a use. */
  peek(key: K): V | undefined {
    return this.#values.get(key);
  }

  getOrMake(key: K, make: () => V): V {
    const known = this.#values.get(key);
    const value = known ?? make();
    this.#values.delete(key);
    this.#values.set(key, value);
    if (known === undefined && this.#values.size > this.capacity) this.#letOneGo(key);
    return value;
  }

  #letOneGo(except: K): void {
    for (const [key, value] of this.#values) {
      if (key !== except && this.mayGo(value)) {
        this.#values.delete(key);
        return;
      }
    }
  }
}
