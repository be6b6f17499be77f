export interface StartRunInput {
  /** Your own name for the run. 1 to 64 of `A-Z a-z 0-9 _ -`. */
  readonly runId: string;
  readonly projectId?: string;
  /** Left out: the project's Default when it has one, else the workspace's. */
  readonly choice?:
    | { readonly kind: 'default' }
    | { readonly kind: 'vendor'; readonly vendor: string }
    | { readonly kind: 'key'; readonly keyId: string };
  /** Whole seconds that the pin is held without a sign of the run; 24 hours when left out. */
  readonly leaseSeconds?: number;
}

export interface ResumeRunInput {
  readonly runId: string;
  /** May lengthen the lease, never shorten it. */
  readonly leaseSeconds?: number;
}

export interface FinishRunInput {
  readonly runId: string;
  /** `succeeded` when left out. */
  readonly outcome?: 'succeeded' | 'failed' | 'cancelled';
  /**
   * How many requests the run sent to the vendor with its key. After a leak what the vendor counted is laid beside it:
   * more than that is a finding. Left out where it is not known.
   */
  readonly vendorRequests?: number;
}
