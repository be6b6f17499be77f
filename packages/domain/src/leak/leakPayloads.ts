import * as t from 'io-ts';
import { nullable, WholeNumber } from '../codecs/primitives';
import { CaseId, KeyId } from '../ids';
import { Instant } from '../instant';
import { Evidence } from '../validation';
import { ControlCall, KillCheckSays, Known, LeakOutcome, LeavableStep, RevokedHow } from './leakWords';
import { Remark } from './remark';

const ofCase = { keyId: KeyId, caseId: CaseId };

/** The name of a rule of the exposure report, such as `first-actor`. */
const FindingName = t.refinement(t.string, (s) => /^[a-z][a-z0-9-]{0,39}$/.test(s), 'FindingName');
const Findings = t.refinement(t.readonlyArray(FindingName), (names) => names.length <= 100, 'Findings');

/** A step that a case is closed without. */
export const LeftOpen = t.type({ step: LeavableStep, reason: Remark });
export type LeftOpen = t.TypeOf<typeof LeftOpen>;

/** One check, as whoever made it tells of it. */
export const KillCheck = t.type({
  ...ofCase,
  says: KillCheckSays,
  /** `vendor-list`: not a call with the key, but what the vendor's own list of keys has of it. */
  via: t.keyof({ call: null, 'vendor-list': null }),
  checkedAt: Instant,
  /** Calls that it took. */
  attempts: WholeNumber,
  control: ControlCall,
  evidence: nullable(Evidence),
});

/** The payloads of what is said and done when a key leaks. */
export const leakPayloads = {
  /** `reportedBy`: where that is another than the actor. `stranger`: whether one uses the key, as far as is known. */
  KeyReportedLeaked: t.type({
    ...ofCase,
    reportedBy: nullable(Remark),
    /** Null: it is not known since when. */
    suspectedSince: nullable(Instant),
    source: nullable(Remark),
    usedElsewhere: Known,
    stranger: Known,
  }),
  /** Of the wrong key, or under the wrong case. */
  KeyLeakReportWithdrawn: t.type({ ...ofCase, reason: Remark }),
  /** From here on nothing but a kill check gets its secret. Open runs go on with what they have. */
  KeySuspended: t.type({ ...ofCase, openRuns: WholeNumber }),
  KeyReinstated: t.type(ofCase),
  /** `counts`: it is one of the answers in a row that show the key dead. */
  KeyKillChecked: t.intersection([KillCheck, t.type({ counts: t.boolean })]),
  /** `undoUntil`: up to when it can be undone at the vendor; null where that is not known or has no end. */
  KeyRevocationRecorded: t.type({
    ...ofCase,
    how: RevokedHow,
    revokedBy: nullable(Remark),
    revokedAt: Instant,
    undo: Known,
    undoUntil: nullable(Instant),
  }),
  /** Who looked at which window is in the envelope and here; null for a window without a beginning. */
  LeakReviewed: t.type({
    ...ofCase,
    from: nullable(Instant),
    until: Instant,
    uses: WholeNumber,
    explained: Findings,
    unexplained: Findings,
    note: nullable(Remark),
  }),
  LeakCaseClosed: t.type({ ...ofCase, outcome: LeakOutcome, leftOpen: t.readonlyArray(LeftOpen) }),
} as const;
