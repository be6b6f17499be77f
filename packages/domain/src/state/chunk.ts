const CHUNK_BITS = 8;
/** Places in a chunk: what one write copies, next to the list of chunks. */
export const CHUNK = 1 << CHUNK_BITS;

export const chunkOf = (place: number): number => place >>> CHUNK_BITS;
export const placeInChunk = (place: number): number => place & (CHUNK - 1);

/** Entries that lie together, in order; undefined where one was taken away. Never changes once its map is finished. */
export type Chunk<K, V> = ReadonlyArray<[K, V] | undefined>;

/** How a full chunk is read later: as many of each as it has places, in the same order. */
export interface ChunkReading<K, V> {
  /** What stands for each key, where a key itself takes long to make. */
  readonly names: () => ReadonlyArray<string>;
  readonly nameOf: (key: K) => string;
  readonly keys: () => ReadonlyArray<K>;
  readonly entries: () => Chunk<K, V>;
}

/** A full chunk whose entries are read when one of them is asked for, and kept then. What reading throws is thrown. */
export class DeferredChunk<K, V> {
  readonly reading: ChunkReading<K, V>;
  #entries: Chunk<K, V> | null = null;

  constructor(reading: ChunkReading<K, V>) {
    this.reading = reading;
  }

  read(): Chunk<K, V> {
    this.#entries ??= this.reading.entries();
    return this.#entries;
  }
}

export type AnyChunk<K, V> = Chunk<K, V> | DeferredChunk<K, V>;

export const isDeferred = <K, V>(chunk: AnyChunk<K, V>): chunk is DeferredChunk<K, V> =>
  chunk instanceof DeferredChunk;

type Deferred<K> = readonly [index: number, chunk: Pick<DeferredChunk<K, unknown>, 'reading'>];

/** The places of keys that lie in deferred chunks. They are listed once a key is asked for that lies nowhere else. */
export class DeferredPlaces<K> {
  readonly #chunks: ReadonlyArray<Deferred<K>>;
  #places: Map<string, number> | null = null;

  constructor(chunks: ReadonlyArray<Deferred<K>> = []) {
    this.#chunks = chunks;
  }

  get size(): number {
    return this.#chunks.length * CHUNK;
  }

  get(key: K): number | undefined {
    const [first] = this.#chunks;
    if (first === undefined) return undefined;
    this.#places ??= this.#list();
    return this.#places.get(first[1].reading.nameOf(key));
  }

  with(index: number, chunk: DeferredChunk<K, unknown>): DeferredPlaces<K> {
    return new DeferredPlaces([...this.#chunks, [index, chunk]]);
  }

  *[Symbol.iterator](): Generator<readonly [K, number]> {
    for (const [index, { reading }] of this.#chunks) {
      for (const [i, key] of reading.keys().entries()) yield [key, index * CHUNK + i];
    }
  }

  #list(): Map<string, number> {
    const places = new Map<string, number>();
    for (const [index, { reading }] of this.#chunks) {
      let place = index * CHUNK;
      for (const name of reading.names()) places.set(name, place++);
    }
    return places;
  }
}
