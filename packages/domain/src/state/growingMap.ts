interface Placed<V> {
  readonly place: number;
  readonly value: V;
}

/**
 * An immutable map whose copy with one more entry copies nothing: all copies have their entries together, and each
 * knows how many of them are its own. Iterates in the order in which its keys were set.
 */
export class GrowingMap<K, V> implements ReadonlyMap<K, V> {
  // Private to the very object, so that two maps are compared by their own entries alone.
  readonly #together: Map<K, Placed<V>>;
  readonly size: number;

  private constructor(together: Map<K, Placed<V>>) {
    this.#together = together;
    this.size = together.size;
  }

  /** The very same map if it is one of these; else one with the same entries. */
  static of<K, V>(map: ReadonlyMap<K, V>): GrowingMap<K, V> {
    const isGrowing = (other: ReadonlyMap<K, V>): other is GrowingMap<K, V> => other instanceof GrowingMap;
    if (isGrowing(map)) return map;
    const together = new Map<K, Placed<V>>();
    for (const [key, value] of map) together.set(key, { place: together.size, value });
    return new GrowingMap(together);
  }

  /** A copy with one more entry, or with another value of a key. */
  with(key: K, value: V): GrowingMap<K, V> {
    const before = this.#together.get(key);
    if (before === undefined && this.#together.size === this.size) {
      this.#together.set(key, { place: this.size, value });
      return new GrowingMap(this.#together);
    }
    // Another copy has grown in another way, or this map has the key: from here on they have nothing together.
    return GrowingMap.of(new Map(this).set(key, value));
  }

  get(key: K): V | undefined {
    const found = this.#together.get(key);
    return found !== undefined && found.place < this.size ? found.value : undefined;
  }

  has(key: K): boolean {
    const found = this.#together.get(key);
    return found !== undefined && found.place < this.size;
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, { place, value }] of this.#together) {
      if (place >= this.size) return;
      yield [key, value];
    }
  }

  *keys(): MapIterator<K> {
    for (const [key] of this) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this) yield value;
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
}
