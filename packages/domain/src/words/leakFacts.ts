import * as t from 'io-ts';
import { WholeNumber } from '../codecs/primitives';
import { leakPayloads } from '../leak/leakPayloads';
import { Instant } from '../instant';
import { Known } from '../leak/leakWords';
import { Remark } from '../leak/remark';

const { KeyRevocationRecorded, LeakReviewed, LeakCaseClosed } = leakPayloads;

/** What the sentences of a leak review say besides who, which key and which case. */
export const leakFacts = {
  /** Left out what is not known. */
  KeyReportedLeaked: t.partial({
    reportedBy: Remark,
    suspectedSince: Instant,
    source: Remark,
    usedElsewhere: Known,
    stranger: Known,
  }),
  KeyLeakReportWithdrawn: t.type({ reason: Remark }),
  KeySuspended: t.type({ openRuns: WholeNumber }),
  KeyReinstated: t.type({}),
  KeyKillChecked: t.type({
    says: leakPayloads.KeyKillChecked.types[0].props.says,
    via: leakPayloads.KeyKillChecked.types[0].props.via,
    counts: t.boolean,
  }),
  KeyRevocationRecorded: t.type({
    how: KeyRevocationRecorded.props.how,
    revokedBy: KeyRevocationRecorded.props.revokedBy,
    revokedAt: Instant,
  }),
  LeakReviewed: t.type({
    from: LeakReviewed.props.from,
    until: Instant,
    uses: WholeNumber,
    explained: WholeNumber,
    unexplained: WholeNumber,
  }),
  LeakCaseClosed: t.type({ outcome: LeakCaseClosed.props.outcome, leftOpen: LeakCaseClosed.props.leftOpen }),
} as const;
