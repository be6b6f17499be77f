import type * as t from 'io-ts';

type Members = Readonly<Record<string, t.Mixed>>;

/** What a codec is made of, by one level. */
export type Structure =
  | { readonly kind: 'object'; readonly required: Members; readonly optional: Members }
  | { readonly kind: 'union'; readonly of: ReadonlyArray<t.Mixed> }
  | { readonly kind: 'list'; readonly of: t.Mixed }
  | { readonly kind: 'record'; readonly of: t.Mixed }
  | { readonly kind: 'refinement'; readonly of: t.Mixed }
  | { readonly kind: 'words'; readonly of: ReadonlyArray<string> }
  | { readonly kind: 'constant'; readonly value: unknown }
  | { readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'anything' | 'nothing' };

/** The codecs of io-ts that codecs here are made of, as it tags them. */
type Tagged =
  | {
      readonly _tag:
        'StringType' | 'NumberType' | 'BooleanType' | 'NullType' | 'UnknownType' | 'UndefinedType';
    }
  | { readonly _tag: 'LiteralType'; readonly value: unknown }
  | { readonly _tag: 'KeyofType'; readonly keys: Readonly<Record<string, unknown>> }
  | { readonly _tag: 'InterfaceType' | 'PartialType'; readonly props: Members }
  | { readonly _tag: 'IntersectionType' | 'UnionType'; readonly types: ReadonlyArray<t.Mixed> }
  | { readonly _tag: 'ReadonlyArrayType' | 'ExactType' | 'RefinementType'; readonly type: t.Mixed }
  | { readonly _tag: 'DictionaryType'; readonly codomain: t.Mixed };

/** A row for each tag, so that none is forgotten. */
const TAGS: { readonly [T in Tagged['_tag']]: true } = {
  StringType: true,
  NumberType: true,
  BooleanType: true,
  NullType: true,
  UnknownType: true,
  UndefinedType: true,
  LiteralType: true,
  KeyofType: true,
  InterfaceType: true,
  PartialType: true,
  IntersectionType: true,
  UnionType: true,
  ReadonlyArrayType: true,
  ExactType: true,
  RefinementType: true,
  DictionaryType: true,
};

const tagged = (codec: t.Mixed): Tagged => {
  const tag: unknown = Reflect.get(codec, '_tag');
  if (typeof tag !== 'string' || !Object.hasOwn(TAGS, tag)) {
    throw new TypeError(`No schema is known for codecs such as ${codec.name}.`);
  }
  return codec as unknown as Tagged;
};

const merged = (parts: ReadonlyArray<Structure>): Structure => {
  let required: Members = {};
  let optional: Members = {};
  for (const part of parts) {
    if (part.kind !== 'object') throw new TypeError('Only objects are put together.');
    required = { ...required, ...part.required };
    optional = { ...optional, ...part.optional };
  }
  return { kind: 'object', required, optional };
};

/** Takes a codec apart by one level. @throws TypeError for one that is made of anything else */
export const structureOf = (codec: t.Mixed): Structure => {
  const known = tagged(codec);
  switch (known._tag) {
    case 'StringType':
      return { kind: 'string' };
    case 'NumberType':
      return { kind: 'number' };
    case 'BooleanType':
      return { kind: 'boolean' };
    case 'NullType':
      return { kind: 'null' };
    case 'UnknownType':
      return { kind: 'anything' };
    case 'UndefinedType':
      return { kind: 'nothing' };
    case 'LiteralType':
      return { kind: 'constant', value: known.value };
    case 'KeyofType':
      return { kind: 'words', of: Object.keys(known.keys) };
    case 'InterfaceType':
      return { kind: 'object', required: known.props, optional: {} };
    case 'PartialType':
      return { kind: 'object', required: {}, optional: known.props };
    case 'IntersectionType':
      return merged(known.types.map(structureOf));
    case 'UnionType':
      return { kind: 'union', of: known.types };
    case 'ReadonlyArrayType':
      return { kind: 'list', of: known.type };
    case 'ExactType':
      return structureOf(known.type);
    case 'RefinementType':
      return { kind: 'refinement', of: known.type };
    case 'DictionaryType':
      return { kind: 'record', of: known.codomain };
  }
};
