import * as t from 'io-ts';
import { nullable, WholeNumber } from '../codecs/primitives';
import { DefaultCause, HardDeleteCause, HardDeleteReason, payloads, type KeyringEventType } from '../events';
import { RunId } from '../ids';
import { Instant } from '../instant';
import { leakFacts } from './leakFacts';
import { ChoiceMade, ReleaseOutcome } from '../run';
import { FailureReason, InconclusiveReason, TestCallPurpose } from '../validation';

const nothing = t.type({});

const shapes = {
  KeyAdded: t.partial({ expiresAt: Instant }),
  KeyRelabelled: t.type({ previousLabel: payloads.KeyRelabelled.props.previousLabel }),
  KeyExpiryChanged: t.type({
    expiresAt: payloads.KeyExpiryChanged.props.expiresAt,
    previousExpiresAt: payloads.KeyExpiryChanged.props.previousExpiresAt,
  }),
  KeyAddAbandoned: nothing,
  KeyTestCallStarted: t.type({ purpose: TestCallPurpose }),
  KeyValidated: t.type({ condition: payloads.KeyValidated.props.condition }),
  KeyValidationFailed: t.type({ reason: FailureReason, disables: t.boolean }),
  KeyValidationInconclusive: t.type({ reason: InconclusiveReason }),
  DefaultChanged: t.type({ cause: DefaultCause }),
  KeyRetired: t.type({ openRuns: WholeNumber }),
  KeyHardDeleted: t.type({
    cause: HardDeleteCause,
    reason: nullable(HardDeleteReason),
    interruptedRuns: WholeNumber,
    /** The first few of them. */
    interrupted: t.readonlyArray(RunId),
  }),
  ...leakFacts,
  /** Left out where all was erased. */
  KeySecretDestroyed: t.partial({ proof: t.literal('row') }),
  RunKeyPinned: t.type({ choice: ChoiceMade }),
  RunKeyResumed: t.intersection([t.type({ leaseUntil: Instant }), t.partial({ renewal: t.literal(true) })]),
  RunKeyReleased: t.intersection([
    t.type({ outcome: ReleaseOutcome }),
    t.partial({ vendorRequests: WholeNumber }),
  ]),
  LogKeyRenewed: payloads.LogKeyRenewed,
  LogRestored: t.type({
    from: payloads.LogRestored.props.from,
    to: payloads.LogRestored.props.to,
    lostKeys: WholeNumber,
    removals: WholeNumber,
  }),
  EventsDisowned: t.type({
    from: payloads.EventsDisowned.props.from,
    to: payloads.EventsDisowned.props.to,
  }),
  WorkspaceClosed: t.type({
    keys: payloads.WorkspaceClosed.props.keys,
    openRuns: payloads.WorkspaceClosed.props.openRuns,
  }),
} as const satisfies { readonly [T in KeyringEventType]: t.Mixed };

export type AuditFactsOf<T extends KeyringEventType> = Readonly<t.TypeOf<(typeof shapes)[T]>>;

/**
 * What the sentence about an event says beside who did it, and to which key, run, project and case. A read model keeps
 * these facts; the sentence is made when it is read. No fact holds more of a secret than its last 4.
 */
export const auditFacts: {
  readonly [T in KeyringEventType]: t.Type<AuditFactsOf<T>, unknown>;
} = shapes;
