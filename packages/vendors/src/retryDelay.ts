/** How often and how patiently an undecided or throttled call is tried again. */
export interface RetryPolicy {
  /** All attempts, the first included. Default 3. */
  readonly attempts: number;
  /** Upper bound of the first wait, doubled for each that follows. Milliseconds, default 500. */
  readonly baseDelayMs: number;
  /** No wait of our own is longer. Milliseconds, default 8,000. */
  readonly maxDelayMs: number;
  /** A `Retry-After` up to this is honoured; one beyond it ends the attempts. Milliseconds, default 10,000. */
  readonly maxRetryAfterMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 3,
  baseDelayMs: 500,
  maxDelayMs: 8_000,
  maxRetryAfterMs: 10_000,
};

/**
 * How long to wait after attempt `attempt` (1 is the first), or null when there is to be no further one. Exponential
 * with full jitter: many callers that failed together do not come back together.
 *
 * @param retryAfter the header as it came: seconds or an HTTP date (RFC 9110, 10.2.3); anything else is ignored
 * @param random 0 ≤ x < 1
 */
export const retryDelay = (
  policy: RetryPolicy,
  attempt: number,
  retryAfter: string | null,
  now: number,
  random: number,
): number | null => {
  if (attempt >= policy.attempts) return null;
  const asked = retryAfter === null ? 0 : retryAfterMs(retryAfter, now);
  if (asked > policy.maxRetryAfterMs) return null;
  const jitter = random * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1));
  return Math.max(asked, Math.round(jitter));
};

const retryAfterMs = (header: string, now: number): number => {
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const date = /^[A-Z][a-z]{2},/.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
};
