import type { ActorKind } from '../actor';
import type { KeyringEventType } from '../events';
import type { FaultFound } from '../fault';
import type { Finding } from '../paste/findings';
import type { KeyStatus } from '../state/keyEntry';
import type { FailureReason, ValidationOutcome } from '../validation';
import type { AuditFactsOf } from './auditFacts';

/** What a label is made of. A row of a read model has it as well as a keyring. */
export interface LabelInput {
  readonly status: KeyStatus;
  readonly failureReason: FailureReason | null;
  /** It is the workspace Default; a project's Default does not show here. */
  readonly isDefault: boolean;
  /** It was the workspace Default, and another took its place. */
  readonly wasDefault: boolean;
  readonly openRuns: number;
  /** Nothing but a kill check gets its secret. */
  readonly suspended: boolean;
}

/** A key as a sentence names it. All but its id is null for a key that was never on file. */
export interface NamedKey {
  readonly keyId: string;
  readonly last4: string | null;
  /** The vendor's name as people write it. */
  readonly vendorName: string | null;
  readonly label: string | null;
}

/** What an audit entry is about. Names and ids only: they are the same in every language. */
export interface AuditSubject {
  readonly actor: { readonly kind: ActorKind; readonly id: string };
  readonly key: NamedKey | null;
  /** The key that a Default moved away from. */
  readonly previousKey: NamedKey | null;
  readonly runId: string | null;
  readonly projectId: string | null;
  readonly caseId: string | null;
}

/** What is said of a test call that was not accepted is made of this. Null where nothing is configured. */
export interface FaultInput extends FaultFound {
  readonly vendorName: string;
  readonly statusUrl: string | null;
  readonly supportAddress: string | null;
}

/**
 * Every word that people read about keys and events, in one language. Each member gives a whole label or sentence,
 * so that a language may order and inflect as it needs. Refusals have a table of their own.
 *
 * @see {@link english}, the one language there is so far.
 * @example
 * import { type Catalogue } from '@keyturn/domain';
 * const shouted: Catalogue = { ...english, failure: (reason) => english.failure(reason).toUpperCase() };
 */
export interface Catalogue {
  /** BCP 47, such as `en`. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** Why a key failed, such as "credit exhausted". */
  readonly failure: (reason: FailureReason) => string;
  /** The state of a key, such as "Active (previous)". */
  readonly keyStatus: (key: LabelInput) => string;
  /** A key's line on the list, such as "…AbCd · Active (previous)". */
  readonly keyLine: (key: LabelInput & { readonly last4: string }) => string;
  /** What a test call came to, such as "Test call: Anthropic accepted the key (HTTP 200)." */
  readonly testCall: (vendorName: string, outcome: ValidationOutcome) => string;
  /** What was found in a paste, such as "one space after the last character". Reads after "The pasted key has". */
  readonly pasteFinding: (finding: Finding) => string;
  /** That it is more likely the platform's problem than the key's, and where to turn; null for `this-key`. */
  readonly fault: (input: FaultInput) => string | null;
  /** An event as one plain sentence, such as "ada set …AbCd (Anthropic) as Default in place of …9xQz". */
  readonly audit: <T extends KeyringEventType>(
    type: T,
    subject: AuditSubject,
    facts: AuditFactsOf<T>,
  ) => string;
  /** An event of a type that this release does not know: a newer one wrote the entry. */
  readonly unknownEvent: (subject: AuditSubject, type: string) => string;
}
