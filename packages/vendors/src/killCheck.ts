import type { FailureCause } from './answerRules';
import type { KillCheckAnswer, KillCheckResult, ProbeEvidence, ProbeResult } from './probe';
import type { CalledTable, VendorTable } from './vendorTable';

/** The vendor's free call that tells whether a key lives, as a table by itself; the test call where there is none. */
export const killCheckTable = (table: VendorTable): CalledTable =>
  table.killCheck === null ? table : { ...table, ...table.killCheck };

/** What authenticated, and was forbidden for a reason of the key's own. */
const OF_A_LIVE_KEY: ReadonlyArray<FailureCause | undefined> = ['scope', 'model'];

/** What one call says. Whether the key counts as dead is for the caller: vendors have answered on and off. */
export const killCheckResult = ({
  verdict,
  evidence,
  callStartedAt,
  attempts,
}: ProbeResult): KillCheckResult => ({
  says: saysOf(verdict, evidence),
  callStartedAt,
  attempts,
  evidence,
});

const saysOf = (verdict: ProbeResult['verdict'], { cause }: ProbeEvidence): KillCheckAnswer => {
  if (verdict.kind === 'accepted') return 'alive';
  if (verdict.kind === 'inconclusive') return 'cannot-tell';
  switch (verdict.reason) {
    // With a cause the same answer is given of other things, too, such as a wrong region.
    case 'rejected':
      return cause === undefined ? 'dead' : 'cannot-tell';
    case 'unfunded':
      return 'alive-unfunded';
    case 'restricted':
      return OF_A_LIVE_KEY.includes(cause) ? 'alive' : 'cannot-tell';
    case 'leaked':
    case 'misdirected':
      return 'cannot-tell';
  }
};
