/** What a map and its copies have together. It only grows, and each of them has its beginning. */
interface Together<K, V> {
  readonly places: Map<K, number>;
  readonly values: V[];
}

/** A map that is copied at no cost: it and its copies have their entries together, until one goes a way of its own. */
export class GrowingMap<K, V> implements ReadonlyMap<K, V> {
  // Private to the very object, so that two maps are compared by their own entries alone.
  #together: Together<K, V> = { places: new Map(), values: [] };
  #size = 0;

  /** A copy of one of these at no cost, of any other map entry by entry. */
  static from<K, V>(map: ReadonlyMap<K, V>): GrowingMap<K, V> {
    const isGrowing = (other: ReadonlyMap<K, V>): other is GrowingMap<K, V> => other instanceof GrowingMap;
    const copy = new GrowingMap<K, V>();
    if (isGrowing(map)) {
      copy.#together = map.#together;
      copy.#size = map.#size;
    } else {
      for (const [key, value] of map) copy.set(key, value);
    }
    return copy;
  }

  get size(): number {
    return this.#size;
  }

  set(key: K, value: V): void {
    const { places, values } = this.#together;
    if (values.length > this.#size || places.has(key)) this.#goOn(new Map(this).set(key, value));
    else {
      places.set(key, this.#size);
      values.push(value);
      this.#size += 1;
    }
  }

  get(key: K): V | undefined {
    const place = this.#together.places.get(key);
    return place === undefined || place >= this.#size ? undefined : this.#together.values[place];
  }

  has(key: K): boolean {
    const place = this.#together.places.get(key);
    return place !== undefined && place < this.#size;
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  *entries(): MapIterator<[K, V]> {
    const values = this.values();
    for (const key of this.keys()) {
      const { value, done } = values.next();
      if (done !== true) yield [key, value];
    }
  }

  *keys(): MapIterator<K> {
    for (const [key, place] of this.#together.places) {
      if (place >= this.#size) return;
      yield key;
    }
  }

  values(): MapIterator<V> {
    return this.#together.values.slice(0, this.#size).values();
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  /** From here on it has nothing together with others. */
  #goOn(entries: ReadonlyMap<K, V>): void {
    const { places, values }: Together<K, V> = { places: new Map(), values: [] };
    for (const [key, value] of entries) {
      places.set(key, values.length);
      values.push(value);
    }
    this.#together = { places, values };
    this.#size = values.length;
  }
}
