/** Lets a workspace make so many test calls in any minute; a vendor must not be used to guess keys, nor flooded. */
export const makeRateLimit = (perMinute: number, clock: () => number): ((workspaceId: string) => number) => {
  const calls = new Map<string, number[]>();
  /** Milliseconds to wait; 0 lets this call through and counts it. */
  return (workspaceId) => {
    const now = clock();
    const recent = (calls.get(workspaceId) ?? []).filter((at) => at > now - 60_000 && at <= now);
    const oldest = recent[0];
    if (recent.length >= perMinute && oldest !== undefined) return oldest + 60_000 - now;
    calls.delete(workspaceId);
    calls.set(workspaceId, [...recent, now]);
    for (const [other, times] of calls) {
      if ((times[times.length - 1] ?? 0) > now - 60_000) break;
      calls.delete(other);
    }
    return 0;
  };
};
