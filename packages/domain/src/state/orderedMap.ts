import {
  type AnyChunk,
  type Chunk,
  CHUNK,
  chunkOf,
  type DeferredChunk,
  DeferredPlaces,
  isDeferred,
  placeInChunk,
} from './chunk';
import { ShardedMap, type ShardedMapDraft } from './shardedMap';

const sizeOf = <K, V>(chunk: AnyChunk<K, V>): number => (isDeferred(chunk) ? CHUNK : chunk.length);

const placesIn = <K, V>(chunks: ReadonlyArray<AnyChunk<K, V>>): number => {
  const last = chunks.at(-1);
  return last === undefined ? 0 : (chunks.length - 1) * CHUNK + sizeOf(last);
};

const entriesOf = <K, V>(chunk: AnyChunk<K, V>): Chunk<K, V> => (isDeferred(chunk) ? chunk.read() : chunk);

// What it consists of is private to the very object, so that two maps are compared by their entries alone.
abstract class Ordered<K extends string, V, Places extends ReadonlyMap<K, number>> implements ReadonlyMap<
  K,
  V
> {
  readonly #places: Places;
  readonly #chunks: ReadonlyArray<AnyChunk<K, V>>;

  constructor(places: Places, chunks: ReadonlyArray<AnyChunk<K, V>>) {
    this.#places = places;
    this.#chunks = chunks;
  }

  /** Of what lies in deferred chunks. */
  protected abstract readonly deferred: DeferredPlaces<K>;

  protected get places(): Places {
    return this.#places;
  }

  /** The entries as they lie: a chunk that is the same object has the same entries. */
  get chunks(): ReadonlyArray<AnyChunk<K, V>> {
    return this.#chunks;
  }

  get size(): number {
    return this.#places.size + this.deferred.size;
  }

  get(key: K): V | undefined {
    const place = this.placeOf(key);
    const chunk = place === undefined ? undefined : this.#chunks[chunkOf(place)];
    return chunk === undefined || place === undefined
      ? undefined
      : entriesOf(chunk)[placeInChunk(place)]?.[1];
  }

  has(key: K): boolean {
    return this.placeOf(key) !== undefined;
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  *entries(): MapIterator<[K, V]> {
    for (const chunk of this.#chunks) {
      for (const entry of entriesOf(chunk)) if (entry !== undefined) yield entry;
    }
  }

  *keys(): MapIterator<K> {
    for (const chunk of this.#chunks) {
      if (isDeferred(chunk)) yield* chunk.reading.keys();
      else for (const entry of chunk) if (entry !== undefined) yield entry[0];
    }
  }

  *values(): MapIterator<V> {
    for (const [, value] of this) yield value;
  }

  /** The values, in order, but for those of deferred chunks. */
  *undeferred(): MapIterator<V> {
    for (const chunk of this.#chunks) {
      if (isDeferred(chunk)) continue;
      for (const entry of chunk) if (entry !== undefined) yield entry[1];
    }
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  protected placeOf(key: K): number | undefined {
    return this.#places.get(key) ?? this.deferred.get(key);
  }
}

/**
 * An immutable map that iterates in the order in which its keys were first set. Its copy with one more entry costs a
 * small part of a whole copy, so that a command on a keyring with 10,000 open pins does not copy them all; and what a
 * copy left alone is still the same chunk.
 */
export class OrderedMap<K extends string, V> extends Ordered<K, V, ShardedMap<K, number>> {
  readonly #deferred: DeferredPlaces<K>;

  constructor(
    places: ShardedMap<K, number> = new ShardedMap(),
    chunks: ReadonlyArray<AnyChunk<K, V>> = [],
    deferred: DeferredPlaces<K> = new DeferredPlaces(),
  ) {
    super(places, chunks);
    this.#deferred = deferred;
  }

  protected get deferred(): DeferredPlaces<K> {
    return this.#deferred;
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
    return new OrderedMapDraft(this.places.draft(expected), this.chunks.slice(), this.#deferred);
  }
}

/** A map under construction: copies a chunk on its first write. */
export class OrderedMapDraft<K extends string, V> extends Ordered<K, V, ShardedMapDraft<K, number>> {
  readonly #own: Array<AnyChunk<K, V>>;
  readonly #writable: Array<Array<[K, V] | undefined> | undefined> = [];
  #deferred: DeferredPlaces<K>;

  constructor(
    places: ShardedMapDraft<K, number>,
    chunks: Array<AnyChunk<K, V>>,
    deferred: DeferredPlaces<K>,
  ) {
    super(places, chunks);
    this.#own = chunks;
    this.#deferred = deferred;
  }

  protected get deferred(): DeferredPlaces<K> {
    return this.#deferred;
  }

  set(key: K, value: V): void {
    const place = this.placeOf(key);
    if (place === undefined) this.append(key, value);
    else this.#chunkAt(place)[placeInChunk(place)] = [key, value];
  }

  /** Adds a key that the map does not have. */
  append(key: K, value: V): void {
    const place = placesIn(this.#own);
    this.places.set(key, place);
    this.#chunkAt(place)[placeInChunk(place)] = [key, value];
  }

  /** Adds a chunk of keys that the map does not have. False, and nothing is added, where the last chunk is not full. */
  defer(chunk: DeferredChunk<K, V>): boolean {
    if (placeInChunk(placesIn(this.#own)) > 0) return false;
    this.#deferred = this.#deferred.with(this.#own.length, chunk);
    this.#own.push(chunk);
    return true;
  }

  /** Removes the entry and returns its value. */
  take(key: K): V | undefined {
    if (this.#deferred.get(key) !== undefined) this.#placeDeferred();
    const place = this.places.take(key);
    if (place === undefined) return undefined;
    const chunk = this.#chunkAt(place);
    const entry = chunk[placeInChunk(place)];
    chunk[placeInChunk(place)] = undefined;
    return entry?.[1];
  }

  /** The finished map. The draft must not be written to afterwards. */
  finish(): OrderedMap<K, V> {
    // Where more was taken away than is left, what is left moves together: that costs less than the taking did.
    return placesIn(this.#own) > 2 * this.size + CHUNK
      ? OrderedMap.of(new Map(this))
      : new OrderedMap(this.places.finish(), this.#own, this.#deferred);
  }

  #chunkAt(place: number): Array<[K, V] | undefined> {
    const index = chunkOf(place);
    const writable = this.#writable[index];
    if (writable !== undefined) return writable;
    const own = this.#own[index];
    const copy = own === undefined ? [] : entriesOf(own).slice();
    this.#own[index] = copy;
    this.#writable[index] = copy;
    return copy;
  }

  /** Of a deferred chunk no key goes by itself. */
  #placeDeferred(): void {
    for (const [key, place] of this.#deferred) this.places.set(key, place);
    this.#deferred = new DeferredPlaces();
  }
}
