import type {
  ControlCall,
  FailureReason,
  HardDeleteReason,
  KillCheckSays,
  Known,
  LeavableStep,
  RevokedHow,
  RunOutcome,
  TestCallPurpose,
} from '@keyturn/domain';

/**
 * A command before it is known what it is about: keys are numbered in the order they were added, so that a sequence
 * that is cut shorter, as shrinking does, is still about keys that are there. Prints as a readable counterexample.
 */
export type AbstractCommand =
  /** `id`: null for one that was never used. */
  | { readonly do: 'add'; readonly vendor: number; readonly secret: number; readonly id: number | null }
  | { readonly do: 'relabel'; readonly key: number; readonly label: number | null }
  /** `days` from now. */
  | { readonly do: 'set-expiry'; readonly key: number; readonly days: number | null }
  | { readonly do: 'abandon'; readonly key: number | null }
  | { readonly do: 'test-call'; readonly key: number; readonly purpose: TestCallPurpose }
  /** `lag`: seconds between the beginning of the call and its record. */
  | { readonly do: 'accept'; readonly key: number; readonly lag: number }
  | { readonly do: 'fail'; readonly key: number; readonly reason: FailureReason; readonly lag: number }
  | { readonly do: 'shrug'; readonly key: number }
  | {
      readonly do: 'set-default';
      readonly key: number;
      readonly project: number | null;
      readonly follow: boolean;
    }
  | { readonly do: 'clear-default'; readonly project: number }
  | {
      readonly do: 'delete';
      readonly key: number;
      readonly successor: number | null;
      readonly leaveEmpty: boolean;
    }
  | {
      readonly do: 'hard-delete';
      readonly key: number;
      readonly successor: number | null;
      readonly reason: HardDeleteReason;
    }
  | { readonly do: 'report-leak'; readonly key: number; readonly case: number; readonly stranger: Known }
  | { readonly do: 'withdraw-report'; readonly key: number; readonly case: number }
  | { readonly do: 'suspend'; readonly key: number; readonly case: number }
  | { readonly do: 'reinstate'; readonly key: number; readonly case: number }
  /** `lag`: seconds between the check and its record. */
  | {
      readonly do: 'kill-check';
      readonly key: number;
      readonly case: number;
      readonly says: KillCheckSays;
      readonly via: 'call' | 'vendor-list';
      readonly control: ControlCall;
      readonly lag: number;
    }
  | { readonly do: 'revoke'; readonly key: number; readonly case: number; readonly how: RevokedHow }
  | { readonly do: 'review'; readonly key: number; readonly case: number }
  | { readonly do: 'close-case'; readonly case: number; readonly leave: ReadonlyArray<LeavableStep> }
  | {
      readonly do: 'start';
      readonly run: number;
      readonly project: number | null;
      readonly choice: AbstractChoice;
      readonly lease: number | null;
    }
  | {
      readonly do: 'resume';
      readonly run: number;
      readonly lease: number | null;
      readonly renewal: boolean;
    }
  | { readonly do: 'finish'; readonly run: number; readonly outcome: RunOutcome }
  /** `skew`: seconds that the clock departs from the store's. */
  | { readonly do: 'expire'; readonly skew: number }
  | { readonly do: 'confirm-destruction'; readonly key: number }
  | { readonly do: 'renew-log-key'; readonly number: number }
  /** Of a log that lost its end: the vault remembers that this key was hard-deleted. */
  | {
      readonly do: 'accept-log';
      /** Those that the vault remembers to be gone. */
      readonly keys: ReadonlyArray<number>;
      readonly successor: number | null;
      readonly leaked: boolean;
    }
  /** So many events, and one more, stand unsealed at the end of the log. */
  | { readonly do: 'disown'; readonly more: number }
  | { readonly do: 'close' }
  | { readonly do: 'destroy-keys' };

export type AbstractChoice = 'default' | { readonly vendor: number } | { readonly key: number };

/** How a command comes: how much later than the last one, and under which command id. */
export interface AbstractStep {
  readonly command: AbstractCommand;
  /** Seconds since the step before; clocks go back at times. */
  readonly after: number;
  /** `again`: the n-th command before is sent once more; `reused`: this one is sent under that one's id. */
  readonly id: 'new' | { readonly again: number } | { readonly reused: number };
  /** Expects the keyring this many revisions behind where it is; null for none. */
  readonly behind: number | null;
}
