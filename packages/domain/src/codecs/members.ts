import * as t from 'io-ts';

type Props = Readonly<Record<string, t.Mixed>>;

/** What an object codec names: the members that it requires and those that may be absent. */
export interface Members {
  readonly required: Props;
  readonly optional: Props;
}

/** The members of an object codec, also of an intersection of them; null for a codec of anything else. */
export const membersOf = (codec: t.Mixed): Members | null => {
  if (codec instanceof t.InterfaceType) return { required: codec.props, optional: {} };
  if (codec instanceof t.PartialType) return { required: {}, optional: codec.props };
  if (!(codec instanceof t.IntersectionType)) return null;
  let required: Props = {};
  let optional: Props = {};
  for (const part of codec.types) {
    const found = membersOf(part);
    if (found === null) return null;
    required = { ...required, ...found.required };
    optional = { ...optional, ...found.optional };
  }
  return { required, optional };
};

export const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u);
