import type { SchemaObject } from './schemaObjects';

const onTable = ({ type, name, table }: SchemaObject): string =>
  `the ${type} ${name}${table === name ? '' : ` on ${table}`}`;

const keyOf = ({ type, name, table }: SchemaObject): string => JSON.stringify([type, table, name]);

const byKey = (objects: ReadonlyArray<SchemaObject>): ReadonlyMap<string, SchemaObject> =>
  new Map(objects.map((object) => [keyOf(object), object]));

/** What may stand in a file. */
export interface KnownSchema {
  readonly required: ReadonlyArray<SchemaObject>;
  /** What need not be there. */
  readonly optional?: ReadonlyArray<SchemaObject>;
}

/**
 * How a file's schema departs from the known one, statement by statement: nothing when it is that. Each is words that
 * name the object, such as `the trigger keep on data_keys is not ours`.
 *
 * @example
 * alterations(schemaOf(connection), { required: schemaMadeBy(TABLES) });
 */
export const alterations = (
  present: ReadonlyArray<SchemaObject>,
  { required, optional = [] }: KnownSchema,
): ReadonlyArray<string> => {
  const known = byKey([...required, ...optional]);
  const there = byKey(present);
  const strange = present.flatMap((object) => {
    const ours = known.get(keyOf(object));
    if (ours === undefined) return [`${onTable(object)} is not ours`];
    return ours.sql === object.sql ? [] : [`${onTable(object)} was altered`];
  });
  const missing = required.filter((object) => !there.has(keyOf(object)));
  return [...strange, ...missing.map((object) => `${onTable(object)} is missing`)];
};
