/** Values by workspace and an id in it. Two maps, since joining two strings for each look-up costs more than both. */
export class ByWorkspace<V> {
  private readonly entries = new Map<string, Map<string, V>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  get(workspaceId: string, id: string): V | undefined {
    return this.entries.get(workspaceId)?.get(id);
  }

  set(workspaceId: string, id: string, value: V): void {
    let ofWorkspace = this.entries.get(workspaceId);
    if (ofWorkspace === undefined) {
      ofWorkspace = new Map();
      this.entries.set(workspaceId, ofWorkspace);
    }
    const before = ofWorkspace.size;
    ofWorkspace.set(id, value);
    this.count += ofWorkspace.size - before;
  }
}
