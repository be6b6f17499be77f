import * as t from 'io-ts';

/** `codec`, but only where `holds`; `name` says in words what does, for the message of a refused table. */
export const where = <A>(codec: t.Type<A>, holds: (value: A) => boolean, name: string): t.Type<A> =>
  new t.Type<A>(
    name,
    (input): input is A => codec.is(input) && holds(input),
    (input, context) =>
      codec.is(input) && holds(input) ? t.success(input) : t.failure(input, context, `not ${name}`),
    (value) => value,
  );

export const matching = (pattern: RegExp, name: string): t.Type<string> =>
  where(t.string, (text) => pattern.test(text), name);

export const Text = matching(/\S/, 'text that is not blank');
export const Page = matching(/^https:\/\/\S+$/, 'an https address');
export const Pattern = matching(/^\^.+\$$/, 'a regular expression from ^ to $');
export const HeaderName = matching(/^[a-z0-9-]+$/, 'a header name in lower case');
export const Code = matching(/^[A-Za-z0-9_.:-]{1,64}$/, 'a code of the vendor');
/** Where values stand in a JSON body, such as `error.details.*.reason`: `*` is every element of an array. */
export const JsonPath = matching(/^(?:[A-Za-z_]+|\*)(?:\.(?:[A-Za-z_]+|\*))*$/, 'a dotted path');
export const Status = where(
  t.number,
  (n) => Number.isInteger(n) && n >= 200 && n <= 599,
  'an HTTP status from 200 to 599',
);

export type Json = string | number | boolean | null | ReadonlyArray<Json> | { readonly [name: string]: Json };
export const Json: t.Type<Json> = t.recursion('Json', () =>
  t.union([t.string, t.number, t.boolean, t.null, t.readonlyArray(Json), t.record(t.string, Json)]),
);

export const Count = where(t.number, (n) => Number.isInteger(n) && n > 0, 'a whole number above 0');
