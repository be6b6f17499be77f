import type { Keyturn as Service } from '@keyturn/service';
import { makeAct, type Act, type ActParts } from './act';
import type { AtVendor } from './atVendor';
import type { CheckCertificate } from './certificate/checkCertificate';
import type { Certify } from './certificate/readCertificate';
import type { CheckLeak, CheckLeakUntilDead } from './leakCheck';
import type { Exposure } from './exposure/exposure';
import type { FindKeys } from './finding/find';
import type { ReadLeakStatus } from './leakStatus';
import type { LeakCaseClosing, LeakRecorded } from './results';
import type {
  CloseLeakCaseInput,
  OfLeakCase,
  RecordLeakReviewInput,
  RecordRevocationInput,
  ReportLeakInput,
  WithdrawLeakReportInput,
} from './supportInputs';

/** What support does for a customer who fears that a key leaked, in the order of `docs/leak-review.md`. */
export interface Support {
  /**
   * The keys that are meant: by the key itself, by its last 4 (a list, since many share them), or by its id; of one
   * workspace, or of all of them where `workspaceId` is left out. Destroyed keys are found, too. The hook is asked for
   * `FindKeys`. A pasted key is only recognised: nothing of it is sent, stored or told.
   *
   * Refuses `paste-too-long`, `paste-not-text`, `invalid-input`.
   *
   * @example
   * const { keys } = await keyturn.support.find({ actor }, { pasted });
   */
  readonly find: FindKeys;
  /**
   * What a key was used for in a window, and what of that is anomalous: by named rules with their evidence, never a
   * score. The hook is asked for `ReadAudit` of the key.
   *
   * Refuses `unknown-key`. Faults: `invalid-query` for a window in which nothing can lie.
   *
   * @example
   * const { rules } = await keyturn.support.exposure(ctx, { keyId, since: Date.UTC(2026, 10, 1) });
   * for (const { rule, evidence } of rules.filter(({ state }) => state === 'found')) console.log(rule, evidence);
   */
  readonly exposure: Exposure;
  /**
   * That a key's secret was destroyed in the vault: what the log says of it, with places and chain values, what the
   * vault searched, and what it does not cover. `text` is the same as one file. The hook is asked for `ReadAudit` of
   * the key.
   *
   * Refuses `unknown-key`, `key-not-hard-deleted`. Faults: `shred-incomplete` while it is not proven yet.
   *
   * @example
   * const { destroyed } = await keyturn.support.certificate(ctx, { keyId });
   */
  readonly certificate: Certify;
  /**
   * Whether each line of a certificate is what the log says now, and whether the workspace's log, its seals and its
   * keys in the vault are as they have to be. It holds where neither list has a finding. The hook is asked for
   * `ReadAudit` of the key, and for `Verify`.
   *
   * Refuses `invalid-input` for what is no certificate.
   *
   * @example
   * const { text } = await keyturn.support.certificate(ctx, { keyId });
   * const { findings } = await keyturn.support.checkCertificate({ actor }, { text });
   * for (const { line, says, log } of findings) console.log(line, says, log);
   */
  readonly checkCertificate: CheckCertificate;
  /**
   * How a case stands: which of the nine steps is done of each key, when and by whom, and which is next; of one
   * workspace, or of all of them where `workspaceId` is left out. Steps that were done elsewhere, or before the report,
   * are recognised. The hook is asked for `ReadAudit`, then for `ReadHistory` of each workspace of the case.
   *
   * @example
   * const { keys } = await keyturn.support.status({ actor }, { caseId: 'SEC/1042' });
   * for (const { last4, next } of keys) console.log(last4, next ?? 'nothing left to do');
   */
  readonly status: ReadLeakStatus;
  /**
   * Marks the secret of any key ever added, deleted ones too, as leaked: it does not come back on file. The same report
   * again records nothing. Refuses `unknown-key`, `too-many-leak-cases`, `text-contains-secret`.
   *
   * @example
   * await keyturn.support.report(ctx, { keyId, caseId: 'SEC/1042', stranger: 'yes', source: 'a public repository' });
   */
  readonly report: Act<ReportLeakInput, LeakRecorded>;
  /**
   * Takes a report back: it was about another key, or under another case. With the last one go the ban of the secret
   * and its suspension. Refuses `leak-not-reported`, and `leak-report-final` for a key that is hard-deleted.
   */
  readonly withdraw: Act<WithdrawLeakReportInput, LeakRecorded>;
  /**
   * From here on nothing but a kill check gets the secret. Open runs go on with what they have; a Default stays
   * Default, and starts no run. Refuses `leak-not-reported`, `key-not-on-file`.
   */
  readonly suspend: Act<OfLeakCase, LeakRecorded>;
  /** The key serves again as before; its report stays. Refuses `unknown-key`, `key-not-on-file`. */
  readonly reinstate: Act<OfLeakCase, LeakRecorded>;
  /** Records that the key was revoked at the vendor, and on whose word. Refuses `leak-not-reported`. */
  readonly recordRevocation: Act<RecordRevocationInput, LeakRecorded>;
  /**
   * Asks the vendor once whether the key still works, and records what it says. A key on file is opened for that. Of a
   * destroyed one hand over the key itself: its fingerprint has to match, and nothing of it is stored. Without it the
   * answer is `not-checkable`. The hook is asked for `RecordKillCheck`. Bytes stay yours to wipe.
   *
   * Refuses `unknown-key`, `invalid-input`, `rate-limited`.
   *
   * @example
   * const { says, dead } = await keyturn.support.check(ctx, { keyId, caseId: 'SEC/1042' });
   */
  readonly check: CheckLeak;
  /**
   * The same again and again, until the vendor has shown the key dead or the time is over: after a minute, after five,
   * and every five minutes then. Each check is recorded as it is made.
   *
   * @example
   * const watched = await keyturn.support.checkUntilDead(
   *   ctx,
   *   { keyId, caseId: 'SEC/1042' },
   *   { forMs: 15 * 60_000, onChecked: ({ says }) => console.log(says) },
   * );
   * if (watched.ended !== 'dead') console.log('The vendor has not shown it dead yet.');
   */
  readonly checkUntilDead: CheckLeakUntilDead;
  /** Revokes a key, and asks for its usage, by its vendor's own calls, with the customer's own admin credential. */
  readonly atVendor: AtVendor;
  /** Records who looked at what was done with the key, and what came of it. Refuses `leak-not-reported`. */
  readonly reviewed: Act<RecordLeakReviewInput, LeakRecorded>;
  /**
   * Closes the case for all keys of the workspace that were reported under it. What it came to is what the vendor
   * showed: `contained` is nobody's to say. Refuses `unknown-leak-case`, and `leak-steps-open` unless each open step is
   * named with a reason.
   */
  readonly close: Act<CloseLeakCaseInput, LeakCaseClosing>;
}

export const makeSupport = (
  service: Service,
  parts: ActParts,
  reading: Pick<
    Support,
    | 'find'
    | 'exposure'
    | 'certificate'
    | 'checkCertificate'
    | 'status'
    | 'check'
    | 'checkUntilDead'
    | 'atVendor'
  >,
): Support => {
  const act = makeAct(parts);
  const { foresee } = service;
  return {
    ...reading,
    report: act(service.reportLeak, foresee.reportLeak, (reported) => reported),
    withdraw: act(service.withdrawLeakReport, foresee.withdrawLeakReport, (withdrawn) => withdrawn),
    suspend: act(service.suspendKey, foresee.suspendKey, (suspended) => suspended),
    reinstate: act(service.reinstateKey, foresee.reinstateKey, (reinstated) => reinstated),
    recordRevocation: act(service.recordRevocation, foresee.recordRevocation, (recorded) => recorded),
    reviewed: act(service.recordLeakReview, foresee.recordLeakReview, (recorded) => recorded),
    close: act(service.closeLeakCase, foresee.closeLeakCase, (closed) => closed),
  };
};
