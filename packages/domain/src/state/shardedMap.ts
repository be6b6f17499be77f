/** A power of two: a write to a map of 10,000 entries then copies about 40 of them. */
const SHARDS = 256;
const TAIL = 8;

/** Ids differ most at their end. A bad spread costs time only. */
const shardOf = (key: string): number => {
  let hash = key.length;
  for (let i = Math.max(0, key.length - TAIL); i < key.length; i++) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
  }
  return (hash ^ (hash >>> 8)) & (SHARDS - 1);
};

type Shards<K, V> = ReadonlyArray<ReadonlyMap<K, V> | undefined>;

abstract class Sharded<K extends string, V> implements ReadonlyMap<K, V> {
  abstract readonly size: number;
  protected abstract readonly shards: Shards<K, V>;

  get(key: K): V | undefined {
    return this.shards[shardOf(key)]?.get(key);
  }

  has(key: K): boolean {
    return this.shards[shardOf(key)]?.has(key) ?? false;
  }

  forEach(callback: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) callback(value, key, this);
  }

  *entries(): MapIterator<[K, V]> {
    if (this.size === 0) return;
    for (const shard of this.shards) if (shard !== undefined) yield* shard;
  }

  *keys(): MapIterator<K> {
    for (const [key] of this) yield key;
  }

  *values(): MapIterator<V> {
    if (this.size === 0) return;
    for (const shard of this.shards) if (shard !== undefined) yield* shard.values();
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
}

/**
 * An immutable map whose copy with one more entry costs a small part of a whole copy, so that a command on a keyring
 * with 10,000 open pins does not copy them all. Iterates in no particular order.
 */
export class ShardedMap<K extends string, V> extends Sharded<K, V> {
  constructor(
    protected readonly shards: Shards<K, V> = [],
    readonly size: number = 0,
  ) {
    super();
  }

  /** A private copy to write to. This map stays as it is. */
  draft(): ShardedMapDraft<K, V> {
    return new ShardedMapDraft(this.shards, this.size);
  }
}

/** A map under construction: copies a shard on its first write. */
export class ShardedMapDraft<K extends string, V> extends Sharded<K, V> {
  protected readonly shards: Array<ReadonlyMap<K, V> | undefined>;
  private readonly owned: Array<Map<K, V> | undefined> = new Array<undefined>(SHARDS).fill(undefined);

  constructor(
    shards: Shards<K, V>,
    public size: number,
  ) {
    super();
    this.shards =
      shards.length === SHARDS
        ? shards.slice()
        : new Array<ReadonlyMap<K, V> | undefined>(SHARDS).fill(undefined);
  }

  set(key: K, value: V): void {
    const shard = this.writable(shardOf(key));
    const before = shard.size;
    shard.set(key, value);
    this.size += shard.size - before;
  }

  /** Removes the entry and returns its value. */
  take(key: K): V | undefined {
    const index = shardOf(key);
    const value = this.shards[index]?.get(key);
    if (value === undefined) return undefined;
    this.writable(index).delete(key);
    this.size -= 1;
    return value;
  }

  /** The finished map. The draft must not be written to afterwards. */
  finish(): ShardedMap<K, V> {
    if (this.size === 0) return new ShardedMap();
    this.owned.forEach((shard, index) => {
      if (shard?.size === 0) this.shards[index] = undefined;
    });
    return new ShardedMap(this.shards, this.size);
  }

  private writable(index: number): Map<K, V> {
    const owned = this.owned[index];
    if (owned !== undefined) return owned;
    const copy = new Map(this.shards[index]);
    this.owned[index] = copy;
    this.shards[index] = copy;
    return copy;
  }
}
