/** What can be known of a row without opening it. */
export interface VaultRow {
  readonly keyId: string;
  /**
   * `data-key-only`: its secret was never stored, or is destroyed already. `without-data-key`: its secret was stored,
   * and nothing opens it any more.
   */
  readonly state: 'live' | 'frozen' | 'data-key-only' | 'without-data-key';
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Since when it is frozen, milliseconds since 1970; else null. */
  readonly frozenAt: number | null;
  /** Whether the event log was seen to name the key. */
  readonly named: boolean;
}
