import { resolved, type Schema } from './operations';

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;
const schemasIn = (value: unknown): ReadonlyArray<Schema> =>
  Array.isArray(value) ? value.filter(isSchema) : [];
const textsIn = (value: unknown): ReadonlyArray<string> =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

const propertiesOf = (schema: Schema): ReadonlyArray<readonly [string, Schema]> =>
  Object.entries(isSchema(schema['properties']) ? schema['properties'] : {}).flatMap(([name, member]) =>
    isSchema(member) ? [[name, member] as const] : [],
  );

/** The smallest value that a schema takes; texts are the one that is given. */
export const sampleOf = (given: Schema, text: string): unknown => {
  const schema = resolved(given);
  const [first] = schemasIn(schema['anyOf']);
  if (first !== undefined) return sampleOf(first, text);
  if (Object.hasOwn(schema, 'const')) return schema['const'];
  const [word] = textsIn(schema['enum']);
  if (word !== undefined) return word;
  switch (schema['type']) {
    case 'string':
      return text;
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object': {
      const required = textsIn(schema['required']);
      const named = propertiesOf(schema).filter(([name]) => required.includes(name));
      return Object.fromEntries(named.map(([name, member]) => [name, sampleOf(member, text)]));
    }
    default:
      return null;
  }
};

/** A place in a value, and the smallest value that has something there. */
interface Place {
  /** Names of members, the innermost last. */
  readonly names: ReadonlyArray<string>;
  /** What the schema says of what stands there. */
  readonly schema: Schema;
  readonly valueWith: (there: unknown) => unknown;
}

/** Every place of a value that a schema takes, the whole first, also of members that may be left out. */
export const placesIn = (given: Schema, text: string): ReadonlyArray<Place> => {
  const schema = resolved(given);
  const whole: Place = { names: [], schema, valueWith: (there) => there };
  const members = propertiesOf(schema).flatMap(([name, member]) =>
    placesIn(member, text).map((inner): Place => ({
      names: [name, ...inner.names],
      schema: inner.schema,
      valueWith: (there) => ({
        ...Object.fromEntries(Object.entries(sampleOf(schema, text) ?? {})),
        [name]: inner.valueWith(there),
      }),
    })),
  );
  const items = isSchema(schema['items'])
    ? placesIn(schema['items'], text).map((inner): Place => ({
        ...inner,
        valueWith: (there) => [inner.valueWith(there)],
      }))
    : [];
  const alternatives = schemasIn(schema['anyOf']).flatMap((each) => placesIn(each, text));
  return [whole, ...members, ...items, ...alternatives];
};

/** Whether any text may stand there. */
export const takesText = ({ schema }: Pick<Place, 'schema'>): boolean =>
  schema['type'] === 'string' && !Object.hasOwn(schema, 'enum') && !Object.hasOwn(schema, 'const');

/** What does not fit a place of most kinds, and what lies just beyond a bound. */
const wrongFor = ({ maxLength, minimum, maximum }: Schema): ReadonlyArray<unknown> => [
  null,
  true,
  'a text that is none of the words',
  -1.5,
  [['deep']],
  { $ne: null },
  ...(typeof maxLength === 'number' ? ['x'.repeat(maxLength + 1)] : []),
  ...(typeof minimum === 'number' ? [minimum - 1] : []),
  ...(typeof maximum === 'number' ? [maximum + 1] : []),
];

/** Bodies that are close to what a schema takes, and that it mostly does not take. */
export const mutationsOf = (schema: Schema, text: string): ReadonlyArray<unknown> => {
  const sample = sampleOf(schema, text);
  const members = Object.entries(sample ?? {});
  return [
    ...placesIn(schema, text).flatMap((place) => wrongFor(place.schema).map(place.valueWith)),
    ...members.map(([left]) => Object.fromEntries(members.filter(([name]) => name !== left))),
    { ...Object.fromEntries(members), unknown: 1 },
    [sample],
  ];
};
