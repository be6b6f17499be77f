import type { Actor } from './actor';
import type { DestructionReceipt, Fingerprint, HardDeleteReason } from './events';
import type { LeakCommandBody } from './leak/leakCommands';
import type { CaseId, CommandId, CorrelationId, KeyId, ProjectId, RunId, Vendor, WorkspaceId } from './ids';
import type { Instant } from './instant';
import type { Lapse } from './lapse';
import type { RunChoice, RunOutcome } from './run';
import type { Scope } from './scope';
import type { TestCallPurpose, ValidationOutcome } from './validation';

/** What a caller wants done, without who and when. */
export type CommandBody =
  | {
      readonly type: 'AddKey';
      readonly keyId: KeyId;
      readonly vendor: Vendor;
      readonly endpoint: string | null;
      readonly region: string | null;
      /** The model, or deployment, of a vendor whose keys come with one. */
      readonly model?: string;
      readonly label: string | null;
      readonly last4: string;
      readonly fingerprint: Fingerprint;
      readonly expiresAt: Instant | null;
    }
  | { readonly type: 'RelabelKey'; readonly keyId: KeyId; readonly label: string | null }
  | { readonly type: 'SetKeyExpiry'; readonly keyId: KeyId; readonly expiresAt: Instant | null }
  /** Burns the key id of an add that never reached the stream, before its sealed row is removed. */
  | { readonly type: 'AbandonAdd'; readonly keyId: KeyId }
  | { readonly type: 'StartTestCall'; readonly keyId: KeyId; readonly purpose: TestCallPurpose }
  | { readonly type: 'RecordValidation'; readonly keyId: KeyId; readonly outcome: ValidationOutcome }
  | {
      readonly type: 'SetDefault';
      readonly keyId: KeyId;
      readonly scope: Scope;
      /** Projects whose own Default is the key that the workspace's Default was before come along. */
      readonly projects?: 'follow';
    }
  | { readonly type: 'ClearProjectDefault'; readonly projectId: ProjectId }
  | {
      readonly type: 'DeleteKey';
      readonly keyId: KeyId;
      readonly successor: KeyId | null;
      /** The caller's word that the workspace may be left without any key. */
      readonly leaveEmpty: boolean;
    }
  | {
      readonly type: 'HardDeleteKey';
      readonly keyId: KeyId;
      readonly successor: KeyId | null;
      readonly caseId: CaseId;
      readonly reason: HardDeleteReason;
    }
  | LeakCommandBody
  | {
      readonly type: 'StartRun';
      readonly runId: RunId;
      readonly projectId: ProjectId | null;
      readonly choice: RunChoice;
      /** Whole seconds; null for the policy's usual lease. */
      readonly leaseSeconds: number | null;
    }
  | {
      readonly type: 'ResumeRun';
      readonly runId: RunId;
      readonly leaseSeconds: number | null;
      /** The lease alone is renewed: the secret is not handed over again. */
      readonly renewal?: true;
    }
  | {
      readonly type: 'FinishRun';
      readonly runId: RunId;
      readonly outcome: RunOutcome;
      /** How many requests the run sent to the vendor with its key; left out where that is not known. */
      readonly vendorRequests?: number;
    }
  | {
      readonly type: 'ExpireRuns';
      readonly now: Instant;
      /** The event store's own clock: an expiry by a clock that departs from it is refused. */
      readonly storeTime: Instant;
      readonly lapse: Lapse;
    }
  | { readonly type: 'ConfirmDestruction'; readonly keyId: KeyId; readonly receipt: DestructionReceipt }
  /** The log goes over to another of the vault's numbered keys: the append of this is sealed by it. */
  | { readonly type: 'RenewLogKey'; readonly number: number }
  | {
      readonly type: 'AcceptLog';
      /** The revision that the stream was known to reach; -1 for none. */
      readonly known: number;
      /** The revision that is left of it; -1 for none. */
      readonly left: number;
      /** Keys that the vault has and no event names. */
      readonly lostKeys: ReadonlyArray<KeyId>;
      /** Hard deletes and leaks that the vault remembers. */
      readonly removals: ReadonlyArray<RememberedRemoval>;
      /** Becomes Default wherever a key was that goes. */
      readonly successor: KeyId | null;
    }
  /** Events at the end of the stream that nobody sealed count for nothing: see EventsDisowned. */
  | { readonly type: 'DisownEvents'; readonly from: number; readonly to: number; readonly digest: string }
  | { readonly type: 'CloseWorkspace'; readonly caseId: CaseId }
  /** Hard-deletes keys of a closed workspace, some at a time: issue it again while it emits anything. */
  | { readonly type: 'DestroyWorkspaceKeys' };

/** A hard delete or a leak that the vault remembers. */
export interface RememberedRemoval {
  readonly keyId: KeyId;
  readonly fingerprint: Fingerprint;
  readonly hardDeleted: boolean;
  readonly leaked: boolean;
}

export type CommandType = CommandBody['type'];

/** A command: a body with who issued it, when, and under which ids. */
export interface Command {
  readonly workspaceId: WorkspaceId;
  readonly commandId: CommandId;
  readonly issuedAt: Instant;
  /**
   * Up to which revision its sender knows that it was not handled, whenever it was issued; `Infinity` for an id that
   * was made for it and that nobody was told yet. So a command does not grow too old while it waits.
   */
  readonly unhandledUpTo?: number;
  /** When the service handles it: becomes the events' time. */
  readonly time: Instant;
  readonly actor: Actor;
  readonly correlationId: CorrelationId;
  readonly causationId: string;
  /** The support case that it is sent under: every event that it emits carries it. */
  readonly caseId?: CaseId;
  /** When given, the command is refused unless the keyring is at exactly this revision. */
  readonly expectedRevision?: number;
  readonly body: CommandBody;
}
