import { ByWorkspace } from './byWorkspace';

/**
 * Remembers what was used lately: what a projection looks up again and again. Holds between `limit` and twice as many
 * entries, and forgets the half that was not used since the last forgetting.
 */
export class BoundedCache<V> {
  private recent = new ByWorkspace<V>();
  private older = new ByWorkspace<V>();

  constructor(private readonly limit: number) {}

  get(workspaceId: string, id: string): V | undefined {
    const value = this.recent.get(workspaceId, id);
    if (value !== undefined) return value;
    const kept = this.older.get(workspaceId, id);
    if (kept !== undefined) this.set(workspaceId, id, kept);
    return kept;
  }

  set(workspaceId: string, id: string, value: V): void {
    if (this.recent.size >= this.limit) {
      this.older = this.recent;
      this.recent = new ByWorkspace();
    }
    this.recent.set(workspaceId, id, value);
  }
}
