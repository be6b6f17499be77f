/**
 * Remembers what was used lately: what a projection looks up again and again. Holds between `limit` and twice as many
 * entries, and forgets the half that was not used since the last forgetting.
 */
export class BoundedCache<V> {
  private recent = new Map<string, V>();
  private older: ReadonlyMap<string, V> = new Map();

  constructor(private readonly limit: number) {}

  get(key: string): V | undefined {
    const value = this.recent.get(key);
    if (value !== undefined) return value;
    const kept = this.older.get(key);
    if (kept !== undefined) this.set(key, kept);
    return kept;
  }

  set(key: string, value: V): void {
    if (this.recent.size >= this.limit) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(key, value);
  }
}
