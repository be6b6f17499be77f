/** Shards at first, a power of two. */
const SHARDS = 64;
/** With more entries for each of its shards a map gets twice as many: so a write copies few, however large it is. */
const LARGEST_SHARD = 16;
const TAIL = 8;

/** Ids differ most at their end. A bad spread costs time only. */
const shardOf = (key: string, { length }: ArrayLike<unknown>): number => {
  let hash = key.length;
  for (let i = Math.max(0, key.length - TAIL); i < key.length; i++) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
  }
  return (hash ^ (hash >>> 8)) & (length - 1);
};

type Shards<K, V> = ReadonlyArray<ReadonlyMap<K, V> | undefined>;

abstract class Sharded<K extends string, V> implements ReadonlyMap<K, V> {
  abstract readonly size: number;
  protected abstract readonly shards: Shards<K, V>;

  get(key: K): V | undefined {
    return this.shards[shardOf(key, this.shards)]?.get(key);
  }

  has(key: K): boolean {
    return this.shards[shardOf(key, this.shards)]?.has(key) ?? false;
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

  /** A private copy to write to, perhaps one that is soon to be large. This map stays as it is. */
  draft(expected = 0): ShardedMapDraft<K, V> {
    return new ShardedMapDraft(this.shards, this.size, expected);
  }
}

const noShards = (count: number): Array<undefined> => new Array<undefined>(count).fill(undefined);

/** A map under construction: copies the list of shards, and each shard, on its first write. */
export class ShardedMapDraft<K extends string, V> extends Sharded<K, V> {
  private ownShards: Array<ReadonlyMap<K, V> | undefined> | null = null;
  private readonly owned = new Map<number, Map<K, V>>();

  constructor(
    protected shards: Shards<K, V>,
    public size: number,
    expected: number,
  ) {
    super();
    if (shards.length > 0) return;
    let count = SHARDS;
    while (count * LARGEST_SHARD < expected) count *= 2;
    this.shards = noShards(count);
  }

  set(key: K, value: V): void {
    if (this.size >= LARGEST_SHARD * this.shards.length) this.grow();
    const shard = this.writable(shardOf(key, this.shards));
    const before = shard.size;
    shard.set(key, value);
    this.size += shard.size - before;
  }

  /** Removes the entry and returns its value. */
  take(key: K): V | undefined {
    const index = shardOf(key, this.shards);
    const value = this.shards[index]?.get(key);
    if (value === undefined) return undefined;
    this.writable(index).delete(key);
    this.size -= 1;
    return value;
  }

  /** The finished map. The draft must not be written to afterwards. */
  finish(): ShardedMap<K, V> {
    if (this.size === 0) return new ShardedMap();
    for (const [index, shard] of this.owned) if (shard.size === 0) this.listed()[index] = undefined;
    return new ShardedMap(this.shards, this.size);
  }

  private listed(): Array<ReadonlyMap<K, V> | undefined> {
    this.ownShards ??= this.shards.slice();
    this.shards = this.ownShards;
    return this.ownShards;
  }

  private writable(index: number): Map<K, V> {
    const owned = this.owned.get(index);
    if (owned !== undefined) return owned;
    const copy = new Map(this.shards[index]);
    this.owned.set(index, copy);
    this.listed()[index] = copy;
    return copy;
  }

  private grow(): void {
    const before = this.shards;
    this.ownShards = noShards(2 * before.length);
    this.shards = this.ownShards;
    this.owned.clear();
    for (const shard of before) {
      for (const [key, value] of shard ?? []) this.writable(shardOf(key, this.shards)).set(key, value);
    }
  }
}
