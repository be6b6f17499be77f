/** What a server says of itself. */
export interface ServerFeatures {
  /** Whether it takes many appends over one call, as all do since version 21.10. */
  readonly takesBatches: boolean;
  /** Such as `23.10.8`; null where it does not say. */
  readonly version: string | null;
}

/** The first whose subscriptions look at the place that they go on from. */
const FIRST_THAT_LOOKS = [24, 2] as const;

/**
 * Whether a subscription that goes on from a place loses nothing where a scavenge took that place's own event. Servers
 * before 24.2 read one event from the place on, and take it for the one that was there.
 *
 * Source: Grpc/Enumerators.AllSubscriptionFiltered.cs of 23.10, Transport/Enumerators of 24.2 on.
 */
export const goesOnFromAnyPlace = ({ version }: ServerFeatures): boolean => {
  const match = /^(?<major>\d+)\.(?<minor>\d+)/.exec(version ?? '');
  const [major, minor] = [Number(match?.groups?.['major'] ?? 0), Number(match?.groups?.['minor'] ?? 0)];
  const [firstMajor, firstMinor] = FIRST_THAT_LOOKS;
  return major > firstMajor || (major === firstMajor && minor >= firstMinor);
};
