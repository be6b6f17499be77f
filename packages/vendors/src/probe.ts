import type { Either } from 'fp-ts/Either';
import type { Task } from 'fp-ts/Task';
import type { FailureCause } from './answerRules';
import type { KnownVendors } from './knownVendors';
import type { TargetProblem } from './targetProblem';

/** What forbids the call, or what names another place than the key's, where the vendor's answer says it. */
export type { FailureCause } from './answerRules';

/** What the vendor's answer means. The table in `docs/vendors.md` says which answer means what. */
export type ProbeVerdict =
  | { readonly kind: 'accepted'; readonly condition: 'completed' | 'throttled' }
  | {
      readonly kind: 'failed';
      readonly reason: 'unfunded' | 'restricted' | 'rejected' | 'leaked' | 'misdirected';
    }
  | {
      readonly kind: 'inconclusive';
      readonly reason:
        | 'vendor-error'
        | 'overloaded'
        | 'timeout'
        | 'dns'
        | 'tls'
        | 'connection'
        /** The operator's proxy did not connect the call. */
        | 'proxy'
        | 'unrecognised-answer'
        /** The vendor has neither of the two models that the test call asks for. */
        | 'model-unavailable'
        /** The vendor does not serve where this machine stands. */
        | 'region'
        /** The vendor finds fault with the request, and says nothing of the key. */
        | 'our-request';
    };

/** What is kept of an answer. Never its body, never its headers. */
export interface ProbeEvidence {
  readonly status: number | null;
  /** One of the codes that the vendor's table names; null for any other. */
  readonly code: string | null;
  /** Null unless it has the form of this vendor's ids and tells nothing of the key. */
  readonly requestId: string | null;
  /** Why a key failed, where the answer says it; left out where it does not. */
  readonly cause?: FailureCause;
  /** The origin that was called in place of the vendor's, on an operator's word; left out where it was the vendor's. */
  readonly endpointOverride?: string;
  /** Of the last attempt, whole milliseconds. */
  readonly latencyMs: number;
}

export interface ProbeResult {
  readonly verdict: ProbeVerdict;
  /** When the last attempt began, milliseconds since 1970. */
  readonly callStartedAt: number;
  readonly attempts: number;
  readonly evidence: ProbeEvidence;
}

export interface ProbeTarget {
  readonly vendor: string;
  /** Only for vendors whose table says that the endpoint is part of the credential. */
  readonly endpoint: string | null;
  readonly region: string | null;
  /** Only for vendors whose table has no models: the model, or deployment, that the test call asks for. */
  readonly model?: string | null;
}

/** Test-calls keys. Never fails: what goes wrong on the way is an inconclusive verdict. */
export interface Prober extends KillChecker {
  /** What is known of the vendors that it calls, by the tables that it calls by. */
  readonly vendors: KnownVendors;
  /**
   * The target, with its endpoint as it is written in one way alone: two that lead to the same place are equal. Or what
   * is wrong with it. To be asked before a key is added: once it is there, a probe of such a target sends nothing and
   * stays inconclusive. Of a vendor without a table nothing is known.
   *
   * @example
   * const prober = makeProber();
   * prober.readTarget({ vendor: 'openai', endpoint: null, region: 'mars' });
   * // left: { field: 'region', problem: 'eu or us for a key of OpenAI, or left out' }
   */
  readonly readTarget: (given: ProbeTarget) => Either<TargetProblem, ProbeTarget>;
  /** `secret` is read, never kept and never wiped: it stays the caller's. */
  readonly probe: (target: ProbeTarget, secret: Uint8Array, signal?: AbortSignal) => Task<ProbeResult>;
}

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

/** Asks vendors whether keys still live. Never fails: what goes wrong on the way can't tell. */
export interface KillChecker {
  /** One call, free where the vendor has such a one. It never validates a key, which has to be able to generate. */
  readonly killCheck: (
    target: ProbeTarget,
    secret: Uint8Array,
    signal?: AbortSignal,
  ) => Task<KillCheckResult>;
}
