import type * as t from 'io-ts';
import { isRecord, structureOf } from './structure';

/** Where a value has members that its codec does not name, such as `data.scope.colour`. The value fits the codec. */
export const unknownMembers = (codec: t.Mixed, value: unknown, path: string): ReadonlyArray<string> => {
  const structure = structureOf(codec);
  if (structure.kind === 'union') {
    const fitting = structure.of.find((member) => member.is(value));
    return fitting === undefined ? [] : unknownMembers(fitting, value, path);
  }
  if (structure.kind === 'array' && Array.isArray(value)) {
    return value.flatMap((member, index) => unknownMembers(structure.of, member, `${path}[${index}]`));
  }
  if (structure.kind !== 'object' || !isRecord(value)) return [];
  const names = new Map(Object.entries({ ...structure.required, ...structure.optional }));
  return Object.entries(value).flatMap(([name, member]) => {
    const known = names.get(name);
    return known === undefined ? [`${path}.${name}`] : unknownMembers(known, member, `${path}.${name}`);
  });
};
