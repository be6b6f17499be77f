import type { FailureCause } from './answerRules';
import type { ProbeEvidence, ProbeResult } from './probe';
import type { CalledTable, VendorTable } from './vendorTable';

/**
 * What the vendor says of a key that should be dead. `dead`: its own word that the key is not valid, which it says of
 * nothing else. `alive-unfunded`: it lives, and can't spend. `cannot-tell`: anything that does not decide.
 */
export type KillCheckAnswer = 'dead' | 'alive' | 'alive-unfunded' | 'cannot-tell';

export interface KillCheckResult {
  readonly says: KillCheckAnswer;
  /** When the last attempt began, milliseconds since 1970. */
  readonly callStartedAt: number;
  /** 0 when nothing was sent. */
  readonly attempts: number;
  readonly evidence: ProbeEvidence;
}

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
