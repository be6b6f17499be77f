import * as t from 'io-ts';
import { nullable, WholeNumber } from './codecs/primitives';
import { Instant } from './instant';

/** Why the vendor is asked: a test call opens a secret without a run, so the log says for what. */
export const TestCallPurpose = t.keyof({
  add: null,
  validate: null,
  sweep: null,
  revalidate: null,
  'kill-check': null,
});
export type TestCallPurpose = t.TypeOf<typeof TestCallPurpose>;

/** Explicit answers that make a key unusable. */
export const FailureReason = t.keyof({
  unfunded: null,
  restricted: null,
  rejected: null,
  leaked: null,
  misdirected: null,
});
export type FailureReason = t.TypeOf<typeof FailureReason>;

/** Why a test call ended without a verdict. Never counted as invalid. */
export const InconclusiveReason = t.keyof({
  'vendor-error': null,
  overloaded: null,
  timeout: null,
  dns: null,
  tls: null,
  connection: null,
  proxy: null,
  'unrecognised-answer': null,
  'model-unavailable': null,
  region: null,
  'our-request': null,
});
export type InconclusiveReason = t.TypeOf<typeof InconclusiveReason>;

/**
 * What forbids a call, or what names another place than the key's, where the vendor's answer says it. Of a rejected
 * key: what else the answer may mean, since the vendor does not tell the two apart.
 */
export const FailureCause = t.keyof({
  scope: null,
  address: null,
  model: null,
  organisation: null,
  account: null,
  region: null,
  workspace: null,
  endpoint: null,
  deployment: null,
  'key-kind': null,
  credit: null,
});
export type FailureCause = t.TypeOf<typeof FailureCause>;

const Origin = t.refinement(t.string, (s) => /^https?:\/\/[\x21-\x7e]{1,256}$/.test(s), 'Origin');
const Token = t.refinement(t.string, (s) => /^[\x21-\x7e]{1,128}$/.test(s), 'Token');

/**
 * What is kept of a vendor's answer. Never its body or headers: vendors echo parts of keys. `code` is one of the codes
 * that the vendor's table names, `requestId` is dropped unless it has the shape of an id.
 */
export const Evidence = t.intersection([
  t.type({
    status: nullable(WholeNumber),
    code: nullable(Token),
    requestId: nullable(Token),
    latencyMs: WholeNumber,
  }),
  /**
   * `endpointOverride`: the origin that an operator had called in the vendor's place: what it answered is not the
   * vendor's word. `cause`: why a key failed, where the answer says it.
   */
  t.partial({ endpointOverride: Origin, cause: FailureCause }),
]);
export type Evidence = t.TypeOf<typeof Evidence>;

/**
 * The outcome of one test call. `callStartedAt` orders verdicts: one that began before the last recorded is dropped.
 */
export const ValidationOutcome = t.union([
  t.type({
    kind: t.literal('accepted'),
    condition: t.keyof({ completed: null, throttled: null }),
    callStartedAt: Instant,
    evidence: Evidence,
  }),
  t.type({ kind: t.literal('failed'), reason: FailureReason, callStartedAt: Instant, evidence: Evidence }),
  t.type({
    kind: t.literal('inconclusive'),
    reason: InconclusiveReason,
    callStartedAt: Instant,
    evidence: Evidence,
  }),
]);
export type ValidationOutcome = t.TypeOf<typeof ValidationOutcome>;
