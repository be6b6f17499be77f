import * as t from 'io-ts';

type Props = Readonly<Record<string, t.Mixed>>;

/** What a codec is made of, as far as codecs here are: io-ts itself tells it by classes without their types. */
export type Structure =
  /** The members that it requires, and those that may be absent. */
  | { readonly kind: 'object'; readonly required: Props; readonly optional: Props }
  | { readonly kind: 'union'; readonly of: ReadonlyArray<t.Mixed> }
  | { readonly kind: 'array'; readonly of: t.Mixed }
  | { readonly kind: 'refinement'; readonly of: t.Mixed; readonly holds: (value: unknown) => boolean }
  | { readonly kind: 'string' | 'number' }
  /** One or a few given values, the same in memory and as JSON. */
  | { readonly kind: 'constant'; readonly values: ReadonlyArray<unknown> }
  | { readonly kind: 'other' };

const merged = (parts: ReadonlyArray<Structure>): Structure => {
  let required: Props = {};
  let optional: Props = {};
  for (const part of parts) {
    if (part.kind !== 'object') return { kind: 'other' };
    required = { ...required, ...part.required };
    optional = { ...optional, ...part.optional };
  }
  return { kind: 'object', required, optional };
};

/** Takes a codec apart by one level; an intersection of object types is one object type. */
export const structureOf = (codec: t.Mixed): Structure => {
  if (codec instanceof t.InterfaceType)
    return { kind: 'object', required: codec.props as Props, optional: {} };
  if (codec instanceof t.PartialType) return { kind: 'object', required: {}, optional: codec.props as Props };
  if (codec instanceof t.IntersectionType)
    return merged((codec.types as ReadonlyArray<t.Mixed>).map(structureOf));
  if (codec instanceof t.UnionType) return { kind: 'union', of: codec.types as ReadonlyArray<t.Mixed> };
  if (codec instanceof t.ReadonlyArrayType || codec instanceof t.ArrayType) {
    return { kind: 'array', of: codec.type as t.Mixed };
  }
  if (codec instanceof t.RefinementType) {
    return { kind: 'refinement', of: codec.type as t.Mixed, holds: (value) => codec.predicate(value) };
  }
  if (codec instanceof t.StringType) return { kind: 'string' };
  if (codec instanceof t.NumberType) return { kind: 'number' };
  if (codec instanceof t.KeyofType) return { kind: 'constant', values: Object.keys(codec.keys as object) };
  if (codec instanceof t.LiteralType) return { kind: 'constant', values: [codec.value as unknown] };
  if (codec instanceof t.NullType) return { kind: 'constant', values: [null] };
  if (codec instanceof t.BooleanType) return { kind: 'constant', values: [true, false] };
  return { kind: 'other' };
};

export const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u);
