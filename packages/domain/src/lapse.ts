import * as t from 'io-ts';
import { RunId } from './ids';
import { Instant } from './instant';

/** A lease that was seen to be over: of this run, and until this time. Renewed, it is another one. */
const SeenOverdue = t.type({
  runId: RunId,
  leaseUntil: Instant,
  /** Seen for the grace time more: a retired key may go with it. */
  graceIsOver: t.boolean,
});

/**
 * Why leases that are over by a clock may lapse: one look at one clock is not enough. What is observed was looked at
 * again by a clock that only goes forward. What is told is a person's word.
 */
export const Lapse = t.union([
  t.type({ kind: t.literal('observed'), leases: t.array(SeenOverdue) }),
  /** Of runs on a retired key, those alone whose lease is over for `graceMs`. */
  t.type({ kind: t.literal('told'), graceMs: t.number }),
]);
export type Lapse = t.TypeOf<typeof Lapse>;
