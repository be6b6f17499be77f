import { format, inspect, types } from 'node:util';
import { serialize } from 'node:v8';

/** One way in which an object was made to tell what it holds, and what it told. */
export interface Writing {
  readonly how: string;
  readonly content: string | Buffer;
}

/** What goes wrong on the way is shown to people as well. */
const attempt = (how: string, write: () => string | Buffer): Writing => {
  try {
    return { how, content: write() };
  } catch (error) {
    return { how: `${how}, which failed`, content: inspect(error, { depth: 4 }) };
  }
};

const unbounded = { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity } as const;

const numbersAsText = (_: string, member: unknown): unknown =>
  typeof member === 'bigint' ? `${member}` : member;

/** Everything that Node and JavaScript offer to write any value down. */
export const writingsOf = (value: unknown): ReadonlyArray<Writing> => [
  attempt('inspect', () => inspect(value)),
  attempt('inspect in full', () =>
    inspect(value, { ...unbounded, showHidden: true, getters: true, showProxy: true }),
  ),
  attempt('inspect as it is made', () =>
    inspect(value, { ...unbounded, showHidden: true, customInspect: false, colors: true }),
  ),
  attempt('format', () => format('%s %o %O %j %d %i %f', value, value, value, value, value, value, value)),
  attempt('JSON', () => JSON.stringify([value], numbersAsText, 1)),
  attempt('String', () => String(value)),
  attempt('joined with others', () => [value, value].join()),
  attempt('a copy of its members', () => inspect(Object.assign({}, value), unbounded)),
  attempt('its descriptors', () => inspect(Object.getOwnPropertyDescriptors(value), unbounded)),
  attempt('structuredClone', () => inspect(structuredClone(value), { ...unbounded, showHidden: true })),
  attempt('v8.serialize', () => serialize(value)),
  attempt('its stack', () => (types.isNativeError(value) ? String(value.stack) : '')),
  attempt('as an error’s cause', () => inspect(new Error('outer', { cause: value }), unbounded)),
  attempt('among several errors', () => inspect(new AggregateError([value], 'several'), unbounded)),
];
