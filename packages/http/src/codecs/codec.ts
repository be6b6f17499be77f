import * as t from 'io-ts';

/** Decodes and encodes JSON values. That of a door's type is held to it by the compiler, in both directions. */
export type Codec<A> = t.Type<A, unknown>;

/** What a codec says of itself beside its structure. */
export interface Note {
  /** Names its schema among the document's components. */
  readonly component?: string;
  readonly description?: string;
  /** What it has to be, in words that read after "It has to be". */
  readonly rule?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  /** It is a secret: a document says that it is never given back. */
  readonly writeOnly?: true;
}

const NOTES = new WeakMap<t.Mixed, Note>();

/** Says something of a codec, and gives it back. */
export const noted = <C extends t.Mixed>(codec: C, note: Note): C => {
  NOTES.set(codec, { ...NOTES.get(codec), ...note });
  return codec;
};

export const noteOf = (codec: t.Mixed): Note => NOTES.get(codec) ?? {};

type Members = Readonly<Record<string, t.Mixed>>;
type Required<R extends Members> = { readonly [K in keyof R]: t.TypeOf<R[K]> };
type Optional<O extends Members> = { readonly [K in keyof O]?: t.TypeOf<O[K]> };

/** An object with these members and no other. It is a component of the document under its name. */
export const object = <R extends Members>(component: string, required: R): Codec<Required<R>> =>
  noted(t.exact(t.type({ ...required })), { component });

/** The same with members that may be left out. */
export const objectWith = <R extends Members, O extends Members>(
  component: string,
  required: R,
  optional: O,
): Codec<Required<R> & Optional<O>> =>
  noted(t.exact(t.intersection([t.type({ ...required }), t.partial({ ...optional })])), {
    component,
  });

/** Parameters: an object without a name of its own. */
export const parameters = <R extends Members, O extends Members>(
  required: R,
  optional: O,
): Codec<Required<R> & Optional<O>> =>
  t.exact(t.intersection([t.type({ ...required }), t.partial({ ...optional })]));

export const nullable = <A>(codec: Codec<A>): Codec<A | null> => t.union([codec as t.Mixed, t.null]);

export const list = <A>(codec: Codec<A>): Codec<ReadonlyArray<A>> => t.readonlyArray(codec);

/** One of a few words: all that the type has, as the compiler sees to. */
export const word = <A extends string>(words: { readonly [K in A]: null }): Codec<A> =>
  noted(t.keyof({ ...words }), {
    rule: `one of ${Object.keys(words).join(', ')}`,
  });

/** One of the words of a list that is known only when the program runs. */
export const wordOf = <A extends string>(words: ReadonlyArray<A>): Codec<A> =>
  word(Object.fromEntries(words.map((each) => [each, null])) as { readonly [K in A]: null });

/** A text of a pattern, which is the pattern of its schema as well. */
export const pattern = (source: string, rule: string): Codec<string> => {
  const expression = new RegExp(source);
  return noted(
    t.refinement(t.string, (text) => expression.test(text), rule),
    { pattern: source, rule },
  );
};

/** A text of at most so many characters. */
export const upTo = (maxLength: number): Codec<string> =>
  noted(
    t.refinement(t.string, (text) => text.length <= maxLength, `up to ${maxLength} characters`),
    { maxLength, rule: `a text of at most ${maxLength} characters` },
  );

/** A whole number from one to another. */
export const wholeNumber = (minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): Codec<number> =>
  noted(
    t.refinement(t.number, (n) => Number.isSafeInteger(n) && n >= minimum && n <= maximum, 'whole number'),
    { minimum, maximum, rule: `a whole number, ${minimum} to ${maximum}` },
  );

/** Parameters where there are none. */
export const nothing = parameters({}, {});

/** A body where there is none. */
export const noBody: Codec<undefined> = t.undefined;

/** Whether a codec is that of no body. */
export const isNothing = (codec: t.Mixed): boolean => codec === (noBody as t.Mixed);
