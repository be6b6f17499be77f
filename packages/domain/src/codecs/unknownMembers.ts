import * as t from 'io-ts';

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u);

/** The names that an object codec knows; null for codecs of other values. */
const namesOf = (codec: t.Mixed): Readonly<Record<string, t.Mixed>> | null => {
  if (codec instanceof t.InterfaceType || codec instanceof t.PartialType) return codec.props;
  if (!(codec instanceof t.IntersectionType)) return null;
  let names: Readonly<Record<string, t.Mixed>> = {};
  for (const part of codec.types) names = { ...names, ...namesOf(part) };
  return names;
};

/** Where a value has members that its codec does not name, such as `data.scope.colour`. The value fits the codec. */
export const unknownMembers = (codec: t.Mixed, value: unknown, path: string): ReadonlyArray<string> => {
  if (codec instanceof t.UnionType) {
    const fitting = codec.types.find((member: t.Mixed) => member.is(value));
    return fitting === undefined ? [] : unknownMembers(fitting, value, path);
  }
  if (codec instanceof t.ReadonlyArrayType || codec instanceof t.ArrayType) {
    return Array.isArray(value)
      ? value.flatMap((member, index) => unknownMembers(codec.type, member, `${path}[${index}]`))
      : [];
  }
  const names = namesOf(codec);
  if (names === null || !isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const known = Object.hasOwn(names, name) ? names[name] : undefined;
    return known === undefined ? [`${path}.${name}`] : unknownMembers(known, member, `${path}.${name}`);
  });
};
