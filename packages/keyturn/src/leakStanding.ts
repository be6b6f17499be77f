import type { LeakOutcome, LeakStep } from '@keyturn/domain';
import type { LeakCaseKeyNow } from '@keyturn/service';

/** A step of a leak review for one key. */
export interface LeakStepStanding {
  readonly step: LeakStep;
  readonly done: boolean;
  /** When and by whom, and by which event; null while it is open, or where no event shows it. */
  readonly mark: {
    /** Milliseconds since 1970. */
    readonly at: number;
    readonly actor: { readonly kind: string; readonly id: string };
    readonly event: string;
  } | null;
  /** The text of a mail to the customer, in English: what is done, or what they are asked to do. No secret is in it. */
  readonly mail: string;
}

/** How a case stands for one key. */
export interface LeakCaseKeyStanding {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly vendor: string;
  readonly last4: string;
  readonly label: string | null;
  readonly status: LeakCaseKeyNow['status'];
  readonly suspended: boolean;
  /** Runs that have the key now: at the vendor they fail once it is revoked. */
  readonly openRuns: ReadonlyArray<string>;
  /** All nine, in their order. */
  readonly steps: ReadonlyArray<LeakStepStanding>;
  /** The first that is open; null where nothing is, and once the case is closed, whatever it left open. */
  readonly next: LeakStep | null;
  readonly outcome: LeakOutcome;
  /** A check could not be made, since nobody had the bytes. */
  readonly notCheckable: boolean;
  /** From the report on, whole minutes; null until then. Negative where it was done before the report. */
  readonly minutesToRevoked: number | null;
  readonly minutesToDead: number | null;
}

/** How a case stands. */
export interface LeakStatus {
  readonly caseId: string;
  /** By workspace; empty where no key was reported under the case. */
  readonly keys: ReadonlyArray<LeakCaseKeyStanding>;
  /** Nothing is left to be done of any key that is shown. */
  readonly closed: boolean;
  /** Workspaces of the case whose history the hook keeps from the caller. */
  readonly hiddenWorkspaces: number;
}
