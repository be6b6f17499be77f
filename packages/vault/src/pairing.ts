/** Which event store the vault belongs to, and how far that was seen to reach. */
export interface Pairing {
  readonly storeId: string;
  /** The highest position seen of that store; null while it had no event. */
  readonly highWater: bigint | null;
}
