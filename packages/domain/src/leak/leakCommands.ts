import type * as t from 'io-ts';
import type { CaseId, KeyId } from '../ids';
import type { KillCheck, leakPayloads, LeftOpen } from './leakPayloads';

type Said<T extends keyof typeof leakPayloads> = Readonly<t.TypeOf<(typeof leakPayloads)[T]>>;

interface OfCase {
  readonly keyId: KeyId;
  readonly caseId: CaseId;
}

/** What is said and done of a leak under a support case. Each is about one key, but for the close of the case. */
export type LeakCommandBody =
  /** Of any key that was ever on file. Its secret does not come back in this workspace. */
  | (Said<'KeyReportedLeaked'> & { readonly type: 'ReportLeak' })
  | (Said<'KeyLeakReportWithdrawn'> & { readonly type: 'WithdrawLeakReport' })
  | (OfCase & { readonly type: 'SuspendKey' })
  | (OfCase & { readonly type: 'ReinstateKey' })
  | (Readonly<t.TypeOf<typeof KillCheck>> & { readonly type: 'RecordKillCheck' })
  | (Said<'KeyRevocationRecorded'> & { readonly type: 'RecordRevocation' })
  | (Said<'LeakReviewed'> & { readonly type: 'RecordLeakReview' })
  /** Closes the case for every key of this keyring. */
  | {
      readonly type: 'CloseLeakCase';
      readonly caseId: CaseId;
      /** Steps that are left open, and why. */
      readonly leftOpen: ReadonlyArray<LeftOpen>;
    };
