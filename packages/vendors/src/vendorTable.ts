import * as t from 'io-ts';

/** `codec`, but only where `holds`; `name` says in words what does, for the message of a refused table. */
const where = <A>(codec: t.Type<A>, holds: (value: A) => boolean, name: string): t.Type<A> =>
  new t.Type<A>(
    name,
    (input): input is A => codec.is(input) && holds(input),
    (input, context) =>
      codec.is(input) && holds(input) ? t.success(input) : t.failure(input, context, `not ${name}`),
    (value) => value,
  );

const matching = (pattern: RegExp, name: string): t.Type<string> =>
  where(t.string, (text) => pattern.test(text), name);

const Text = matching(/\S/, 'text that is not blank');
const Slug = matching(/^[a-z0-9][a-z0-9-]{0,31}$/, 'a vendor slug');
const Page = matching(/^https:\/\/\S+$/, 'an https address');
const HeaderName = matching(/^[a-z0-9-]+$/, 'a header name in lower case');
const Code = matching(/^[A-Za-z0-9_.-]{1,64}$/, 'a code of the vendor');
const CodeMatch = matching(/^\*?[A-Za-z0-9_.-]{1,64}$/, 'a code of the vendor, or * and its end');
/** Where a value stands in a JSON body, such as `error.details.error_code`. */
const JsonPath = matching(/^[A-Za-z_]+(\.[A-Za-z_]+)*$/, 'a dotted path');
const Status = where(
  t.number,
  (n) => Number.isInteger(n) && n >= 200 && n <= 599,
  'an HTTP status from 200 to 599',
);

type Json = string | number | boolean | null | ReadonlyArray<Json> | { readonly [name: string]: Json };
const Json: t.Type<Json> = t.recursion('Json', () =>
  t.union([t.string, t.number, t.boolean, t.null, t.readonlyArray(Json), t.record(t.string, Json)]),
);

/** What must hold of one place in the body for the answer to be the vendor's success. */
export const SuccessCondition = t.union([
  t.strict({ path: JsonPath, oneOf: t.readonlyArray(t.string) }),
  t.strict({ path: JsonPath, kind: t.keyof({ array: null, object: null, string: null }) }),
  t.strict({ path: JsonPath, absent: t.literal(true) }),
]);
export type SuccessCondition = t.TypeOf<typeof SuccessCondition>;

/** What one answer means. `throttled` proves that the key authenticates; the last two decide nothing. */
export const AnswerMeaning = t.keyof({
  throttled: null,
  unfunded: null,
  restricted: null,
  rejected: null,
  leaked: null,
  misdirected: null,
  overloaded: null,
  'vendor-error': null,
});
export type AnswerMeaning = t.TypeOf<typeof AnswerMeaning>;

/**
 * One rule about answers that are no success. The first rule that matches wins. Every member is required: a misspelt
 * one would otherwise make a rule match more than its author meant.
 */
export const AnswerRule = t.strict({
  status: t.union([Status, t.literal('5xx')]),
  /** One of the answer's codes is one of these, or ends as `*_end` says; null: whatever its codes. */
  codes: t.union([t.readonlyArray(CodeMatch), t.null]),
  /** Stands in the error's message, upper and lower case alike; null: whatever the message. */
  phrase: t.union([Text, t.null]),
  /** `error`: only when the body has the vendor's own error shape. `any`: gateways before the vendor count too. */
  body: t.keyof({ error: null, any: null }),
  means: AnswerMeaning,
});
export type AnswerRule = t.TypeOf<typeof AnswerRule>;

const Shape = t.strict({
  vendor: Slug,
  displayName: Text,
  /** The day on which the facts of this table were last checked. */
  version: matching(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-05'),
  /** Pages that the facts were taken from. */
  sources: t.readonlyArray(Page),
  method: t.literal('POST'),
  /** `https://…`, with `{model}` in the path or `{region}` in the host where needed; or `{endpoint}/…`. */
  url: Text,
  /** Values may have `{secret}`: exactly one does. */
  headers: t.record(HeaderName, Text),
  /** JSON; a string that is exactly `{model}` is replaced. */
  body: Json,
  /** The cheapest model that the probe may call. An operator can name another. */
  model: matching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, 'a model id'),
  success: t.strict({ status: Status, conditions: t.readonlyArray(SuccessCondition) }),
  error: t.strict({
    message: JsonPath,
    /** Where codes stand, the most telling first. */
    codes: t.readonlyArray(JsonPath),
  }),
  /** The codes that may be kept as evidence. Any other is dropped: a vendor could put anything there. */
  knownCodes: t.readonlyArray(Code),
  rules: t.readonlyArray(AnswerRule),
  requestIdHeader: HeaderName,
  /** The vendor's own form of that id, whole. Any other is dropped: a vendor could put anything there. */
  requestIdPattern: matching(/^\^[^|]+\$$/, 'a regular expression from ^ to $, without |'),
  key: t.strict({
    /** What keys look like today. Only ever a warning. */
    pattern: Text,
    patternInWords: Text,
    /** Keys that administer an organisation: refused. */
    adminPrefixes: t.readonlyArray(Text),
  }),
  pages: t.strict({ revocation: Page, console: Page }),
});
type Shape = t.TypeOf<typeof Shape>;

const URL_FORM =
  /^(https:\/\/[a-z0-9.-]*(\{region\})?[a-z0-9.-]+|\{endpoint\})(\/([A-Za-z0-9._~:-]|\{model\})*)+$/;

/** What a table says twice must agree, and its secret goes to one place. Empty when nothing is wrong. */
const contradictions = (table: Shape): ReadonlyArray<string> => {
  const headerValues = Object.values(table.headers);
  const body = JSON.stringify(table.body);
  const unknown = table.rules
    .flatMap((rule) => rule.codes ?? [])
    .filter((code) => !code.startsWith('*') && !table.knownCodes.includes(code));
  return [
    headerValues.join('\n').split('{secret}').length === 2
      ? null
      : 'exactly one header must have {secret}, once',
    table.url.includes('{secret}') || body.includes('{secret}') ? 'only a header may have {secret}' : null,
    URL_FORM.test(table.url)
      ? null
      : 'url must be https://host/path or {endpoint}/path, without port, user or query',
    table.url.includes('{model}') || body.includes('"{model}"') ? null : 'neither url nor body names {model}',
    table.success.conditions.length > 0 ? null : 'success needs at least one condition on the body',
    unknown.length === 0 ? null : `rules name codes that knownCodes lacks: ${unknown.join(', ')}`,
    compiles(table.key.pattern) ? null : 'key.pattern is no regular expression',
    compiles(table.requestIdPattern) ? null : 'requestIdPattern is no regular expression',
  ].filter((problem) => problem !== null);
};

const compiles = (pattern: string): boolean => {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
};

/**
 * Everything that is particular to one vendor, as data: how it is asked, what its answers mean, what its keys look
 * like. Adding a vendor is adding one of these and its recorded answers.
 */
export const VendorTable = new t.Type<Shape, t.OutputOf<typeof Shape>, unknown>(
  'VendorTable',
  Shape.is,
  (input, context) => {
    const shape = Shape.validate(input, context);
    if (shape._tag === 'Left') return shape;
    const [problem] = contradictions(shape.right);
    return problem === undefined ? shape : t.failure(input, context, problem);
  },
  Shape.encode,
);
export type VendorTable = t.TypeOf<typeof VendorTable>;
