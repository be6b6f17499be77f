import * as t from 'io-ts';
import { isRecord, membersOf } from './members';

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
  const members = membersOf(codec);
  if (members === null || !isRecord(value)) return [];
  const names = { ...members.required, ...members.optional };
  return Object.entries(value).flatMap(([name, member]) => {
    const known = Object.hasOwn(names, name) ? names[name] : undefined;
    return known === undefined ? [`${path}.${name}`] : unknownMembers(known, member, `${path}.${name}`);
  });
};
