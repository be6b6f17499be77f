import * as t from 'io-ts';
import { AdminApi } from './admin/adminApi';
import { ErrorAnswers, OwnAnswer } from './answerRules';
import { contradictionIn } from './contradictions';
import { Count, HeaderName, Json, matching, Page, Pattern, Text, where } from './tableCodecs';

/** No test call costs more, in US dollars. */
const MOST_USD = 0.001;

const Slug = matching(/^[a-z0-9][a-z0-9-]{0,31}$/, 'a vendor slug');
const Model = matching(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/, 'a model id');
const Host = matching(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])$/, 'a host name');

const Shape = t.strict({
  vendor: Slug,
  displayName: Text,
  /** The day on which the facts of this table were last checked. */
  version: matching(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-05'),
  /** Pages that the facts were taken from. */
  sources: t.readonlyArray(Page),
  method: t.literal('POST'),
  /**
   * `https://…`, with `{model}` in the path or `{region}` in the host where needed. Where the endpoint comes with the
   * key: `{endpoint}/…` for an origin, `{baseUrl}/…` for an address that may have a path.
   */
  url: Text,
  /** Hosts that take the place of the url's for keys of a region; empty where there are none. */
  regions: t.record(matching(/^[a-z0-9-]{1,63}$/, 'a region'), Host),
  /** Values may have `{secret}`: exactly one does. */
  headers: t.record(HeaderName, Text),
  /** JSON; a string that is exactly `{model}` is replaced. */
  body: Json,
  /** What the test call asks for, in words, such as `max_tokens: 1`. */
  smallest: Text,
  /**
   * The cheapest two models that the test call may ask for: where the vendor has the first no more, the second is asked
   * for. An operator can name another. Empty only where the model comes with the key.
   */
  models: t.readonlyArray(Model),
  /** What one test call costs at most, and how that comes about. */
  cost: t.strict({
    usd: where(t.number, (usd) => usd >= 0 && usd <= MOST_USD, `a price up to $${MOST_USD}`),
    inWords: Text,
  }),
  success: OwnAnswer,
  errors: ErrorAnswers,
  /**
   * A free call that tells whether a key still lives, with its own success; it never validates a key, which has to be
   * able to generate. Null where the vendor has none: then the test call is made.
   */
  killCheck: t.union([
    t.strict({
      method: t.union([t.literal('GET'), t.literal('POST')]),
      url: Text,
      /** JSON; null for none. */
      body: Json,
      success: OwnAnswer,
      /** How it says that a key is not valid, beside its errors; empty where those alone say so. */
      refusals: t.readonlyArray(OwnAnswer),
    }),
    t.null,
  ]),
  /** How a customer's own admin credential lists and revokes keys there; null where the vendor has no such calls. */
  admin: t.union([AdminApi, t.null]),
  /** Null where the vendor's form of ids is not known: then none is kept. */
  requestId: t.union([
    t.strict({
      header: HeaderName,
      /** The vendor's own form, whole. Any other is dropped: a vendor could put anything there. */
      pattern: matching(/^\^[^|]+\$$/, 'a regular expression from ^ to $, without |'),
    }),
    t.null,
  ]),
  key: t.strict({
    /** How keys begin that can be no other vendor's; empty where they begin as any text does. */
    prefixes: t.readonlyArray(Text),
    /**
     * Stands inside keys that can be no other vendor's. With the letters and digits before and behind it, where their
     * number never differs: where a key begins can't be told without.
     */
    mark: t.union([Text, t.strict({ text: Text, before: Count, after: Count }), t.null]),
    /** The characters that keys consist of, as in a class of a regular expression; null where that is not known. */
    alphabet: t.union([matching(/^[A-Za-z0-9_.+/=-]+$/, 'characters and ranges'), t.null]),
    /** What keys look like today; null where nothing is known. Only ever a warning. */
    pattern: t.union([Pattern, t.null]),
    patternInWords: Text,
    /** Keys that administer an organisation: refused. */
    adminPrefixes: t.readonlyArray(Text),
  }),
  /** Null where there is none that all keys have in common. */
  pages: t.strict({
    revocation: t.union([Page, t.null]),
    console: t.union([Page, t.null]),
    status: t.union([Page, t.null]),
  }),
  /** What a person does on those pages who has never been there, one step each. */
  steps: t.strict({ make: t.readonlyArray(Text), revoke: t.readonlyArray(Text) }),
});
type Shape = t.TypeOf<typeof Shape>;

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
    const problem = contradictionIn(shape.right);
    return problem === null ? shape : t.failure(input, context, problem);
  },
  Shape.encode,
);
export type VendorTable = t.TypeOf<typeof VendorTable>;

/** A table with one of its calls: the test call, or the one that tells whether a key lives. */
export type CalledTable = Omit<VendorTable, 'method'> & {
  readonly method: 'GET' | 'POST';
  /** Of a test call there are none: it refuses a key by an error. */
  readonly refusals?: ReadonlyArray<OwnAnswer>;
};
