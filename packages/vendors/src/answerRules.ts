import * as t from 'io-ts';
import { Code, JsonPath, matching, Status, Text } from './tableCodecs';

/** What must hold of one place in the body. */
export const BodyCondition = t.union([
  t.strict({ path: JsonPath, oneOf: t.readonlyArray(t.union([t.string, t.number, t.boolean])) }),
  t.strict({ path: JsonPath, kind: t.keyof({ array: null, number: null, object: null, string: null }) }),
  t.strict({ path: JsonPath, absent: t.literal(true) }),
]);
export type BodyCondition = t.TypeOf<typeof BodyCondition>;

/** One of the vendor's own answers, and no other. */
export const OwnAnswer = t.strict({ status: Status, conditions: t.readonlyArray(BodyCondition) });
export type OwnAnswer = t.TypeOf<typeof OwnAnswer>;

/** The answer carries a request id in the vendor's own form: what tells the vendor where its body is like anyone's. */
const IdCondition = t.strict({ requestId: t.literal('in-its-own-form') });

/** What must hold of an answer that tells of an error. */
export const ErrorCondition = t.union([BodyCondition, IdCondition]);
export type ErrorCondition = t.TypeOf<typeof ErrorCondition>;

/**
 * One form in which the vendor tells of an error. An answer has it where every condition holds and one of its codes is
 * known: who answered is told by the whole form, since a proxy's 403 in JSON says nothing about a key.
 */
export const ErrorShape = t.strict({
  conditions: t.readonlyArray(ErrorCondition),
  message: JsonPath,
  /** Where codes stand, the most telling first. Empty for a form without any: then its conditions alone tell. */
  codes: t.readonlyArray(JsonPath),
});
export type ErrorShape = t.TypeOf<typeof ErrorShape>;

/** Meanings that count against the key. */
const FailedMeaning = t.keyof({
  unfunded: null,
  restricted: null,
  rejected: null,
  leaked: null,
  misdirected: null,
});

/** Meanings that decide nothing. The last three are this side's to mend: nothing is tried again for them. */
const UndecidedMeaning = t.keyof({
  overloaded: null,
  'vendor-error': null,
  'model-unavailable': null,
  region: null,
  'our-request': null,
});

/**
 * What one answer means. `throttled` proves that the key authenticates; `completed`, that the model ran, though the
 * vendor tells of it as an error: one token is too few for a model that thinks first.
 */
export const AnswerMeaning = t.union([
  t.literal('throttled'),
  t.literal('completed'),
  FailedMeaning,
  UndecidedMeaning,
]);
export type AnswerMeaning = t.TypeOf<typeof AnswerMeaning>;

/**
 * What forbids the call, or what names another place than the key's, where the vendor's answer says it. Of a rejected
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

const CodeMatch = matching(/^\*?[A-Za-z0-9_.:-]{1,64}$/, 'a code of the vendor, or * and its end');

/**
 * Which answers a rule is about. No answer may be claimed by two: `unless` keeps them apart. Every member is required:
 * a misspelt one would otherwise make a rule match more than its author meant.
 */
export const CLAIM = {
  /** `5xx` is every one from 500 to 599 but 529. */
  status: t.union([Status, t.literal('5xx')]),
  /** One of the answer's codes is one of these, or ends as `*_end` says; null: whatever its codes. */
  codes: t.union([t.readonlyArray(CodeMatch), t.null]),
  /** One of these stands in the error's message, upper and lower case alike; null: whatever the message. */
  phrases: t.union([t.readonlyArray(Text), t.null]),
  /** Codes and phrases of answers that are another rule's. */
  unless: t.readonlyArray(Text),
  /** `error`: only when the body has one of the vendor's error shapes. `any`: gateways before the vendor count too. */
  body: t.keyof({ error: null, any: null }),
};

/** One rule about answers that are no success. */
export const AnswerRule = t.strict({
  ...CLAIM,
  means: AnswerMeaning,
  cause: t.union([FailureCause, t.null]),
});
export type AnswerRule = t.TypeOf<typeof AnswerRule>;

/** How the vendor tells of errors. */
export const ERROR_FORMS = {
  shapes: t.readonlyArray(ErrorShape),
  /** A header that has a code, up to a colon; null where there is none. */
  codeHeader: t.union([matching(/^[a-z0-9-]+$/, 'a header name in lower case'), t.null]),
  /** The codes that may be kept as evidence. Any other is dropped: a vendor could put anything there. */
  knownCodes: t.readonlyArray(Code),
};

/** How the vendor tells of errors, and what each means. */
export const ErrorAnswers = t.strict({ ...ERROR_FORMS, rules: t.readonlyArray(AnswerRule) });
export type ErrorAnswers = t.TypeOf<typeof ErrorAnswers>;
