import { ShardedMap, type ShardedMapDraft } from './shardedMap';

const CHUNK_BITS = 8;
/** Places in a chunk: what one write copies, next to the list of chunks. */
const CHUNK = 1 << CHUNK_BITS;

/** Entries that lie together, in order; undefined where one was taken away. Never changes once its map is finished. */
export type Chunk<K, V> = ReadonlyArray<[K, V] | undefined>;

const placesIn = (chunks: ReadonlyArray<Chunk<unknown, unknown>>): number =>
  (chunks.length - 1) * CHUNK + (chunks.at(-1)?.length ?? CHUNK);

// What it consists of is private to the very object, so that two maps are compared by their entries alone.
abstract class Ordered<K extends string, V, Places extends ReadonlyMap<K, number>> implements ReadonlyMap<
  K,
  V
> {
  readonly #places: Places;
  readonly #chunks: ReadonlyArray<Chunk<K, V>>;

  constructor(places: Places, chunks: ReadonlyArray<Chunk<K, V>>) {
    this.#places = places;
    this.#chunks = chunks;
  }

  protected get places(): Places {
    return this.#places;
  }

  /** The entries as they lie: a chunk that is the same object has the same entries. */
  get chunks(): ReadonlyArray<Chunk<K, V>> {
    return this.#chunks;
  }

  get size(): number {
    return this.#places.size;
  }

  get(key: K): V | undefined {
    const place = this.#places.get(key);
    return place === undefined ? undefined : this.#chunks[place >>> CHUNK_BITS]?.[place & (CHUNK - 1)]?.[1];
  }

  has(key: K): boolean {
    return this.#places.has(key);
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  *entries(): MapIterator<[K, V]> {
    for (const chunk of this.#chunks) for (const entry of chunk) if (entry !== undefined) yield entry;
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

/**
 * An immutable map that iterates in the order in which its keys were first set. Its copy with one more entry costs a
 * small part of a whole copy, so that a command on a keyring with 10,000 open pins does not copy them all; and what a
 * copy left alone is still the same chunk.
 */
export class OrderedMap<K extends string, V> extends Ordered<K, V, ShardedMap<K, number>> {
  constructor(places: ShardedMap<K, number> = new ShardedMap(), chunks: ReadonlyArray<Chunk<K, V>> = []) {
    super(places, chunks);
  }

  /** The very same map if it is one of these; else one with the same entries. */
  static of<K extends string, V>(map: ReadonlyMap<K, V>): OrderedMap<K, V> {
    const isOrdered = (other: ReadonlyMap<K, V>): other is OrderedMap<K, V> => other instanceof OrderedMap;
    if (isOrdered(map)) return map;
    const draft = new OrderedMap<K, V>().draft();
    for (const [key, value] of map) draft.set(key, value);
    return draft.finish();
  }

  /** A private copy to write to, perhaps one that is soon to be large. This map stays as it is. */
  draft(expected?: number): OrderedMapDraft<K, V> {
    return new OrderedMapDraft(this.places.draft(expected), this.chunks.slice());
  }
}

/** A map under construction: copies a chunk on its first write. */
export class OrderedMapDraft<K extends string, V> extends Ordered<K, V, ShardedMapDraft<K, number>> {
  readonly #own: Array<Chunk<K, V>>;
  readonly #writable: Array<Array<[K, V] | undefined> | undefined> = [];

  constructor(places: ShardedMapDraft<K, number>, chunks: Array<Chunk<K, V>>) {
    super(places, chunks);
    this.#own = chunks;
  }

  set(key: K, value: V): void {
    let place = this.places.get(key);
    if (place === undefined) {
      place = placesIn(this.#own);
      this.places.set(key, place);
    }
    this.#chunkAt(place)[place & (CHUNK - 1)] = [key, value];
  }

  /** Removes the entry and returns its value. */
  take(key: K): V | undefined {
    const place = this.places.take(key);
    if (place === undefined) return undefined;
    const chunk = this.#chunkAt(place);
    const entry = chunk[place & (CHUNK - 1)];
    chunk[place & (CHUNK - 1)] = undefined;
    return entry?.[1];
  }

  /** The finished map. The draft must not be written to afterwards. */
  finish(): OrderedMap<K, V> {
    // Where more was taken away than is left, what is left moves together: that costs less than the taking did.
    return placesIn(this.#own) > 2 * this.size + CHUNK
      ? OrderedMap.of(new Map(this))
      : new OrderedMap(this.places.finish(), this.#own);
  }

  #chunkAt(place: number): Array<[K, V] | undefined> {
    const index = place >>> CHUNK_BITS;
    const writable = this.#writable[index];
    if (writable !== undefined) return writable;
    const copy = this.#own[index]?.slice() ?? [];
    this.#own[index] = copy;
    this.#writable[index] = copy;
    return copy;
  }
}
