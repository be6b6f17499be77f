import type * as t from 'io-ts';
import { noteOf } from '../codecs/codec';
import { structureOf, type Structure } from '../codecs/structure';

/** A schema of JSON Schema 2020-12, as OpenAPI 3.1 has it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Makes schemas of codecs, and keeps those that have names. */
export interface Schemas {
  readonly of: (codec: t.Mixed) => JsonSchema;
  /** By name, in the order of their names. */
  readonly components: () => Readonly<Record<string, JsonSchema>>;
}

/** Inputs take no member that is not named; to answers members may be added. */
const isClosed = (component: string | undefined): boolean => component?.endsWith('Input') === true;

const said = (codec: t.Mixed): JsonSchema => {
  const { description, pattern, minimum, maximum, maxLength, writeOnly } = noteOf(codec);
  return {
    ...(description === undefined ? {} : { description }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(writeOnly === undefined ? {} : { writeOnly, format: 'password' }),
  };
};

export const makeSchemas = (): Schemas => {
  const named = new Map<string, { readonly codec: t.Mixed; readonly schema: JsonSchema }>();

  const object = (
    { required, optional }: Extract<Structure, { readonly kind: 'object' }>,
    component: string | undefined,
  ): JsonSchema => {
    const names = Object.keys(required);
    return {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries({ ...required, ...optional }).map(([name, member]) => [name, of(member)]),
      ),
      ...(names.length === 0 ? {} : { required: names }),
      ...(isClosed(component) ? { additionalProperties: false } : {}),
    };
  };

  const plain = (codec: t.Mixed): JsonSchema => {
    const structure = structureOf(codec);
    switch (structure.kind) {
      case 'object':
        return object(structure, noteOf(codec).component);
      case 'union':
        return { anyOf: structure.of.map(of) };
      case 'list':
        return { type: 'array', items: of(structure.of) };
      case 'record':
        return { type: 'object', additionalProperties: of(structure.of) };
      case 'refinement':
        return { ...of(structure.of), ...(isWhole(codec) ? { type: 'integer' } : {}) };
      case 'words':
        return { type: 'string', enum: structure.of };
      case 'constant':
        return { type: typeof structure.value, const: structure.value };
      case 'string':
      case 'number':
      case 'boolean':
      case 'null':
        return { type: structure.kind };
      case 'anything':
        return {};
      case 'nothing':
        throw new TypeError('What is left out has no schema.');
    }
  };

  const of = (codec: t.Mixed): JsonSchema => {
    const { component } = noteOf(codec);
    if (component === undefined) return { ...plain(codec), ...said(codec) };
    const known = named.get(component);
    if (known !== undefined && known.codec !== codec) {
      throw new TypeError(`Two codecs are called ${component}.`);
    }
    if (known === undefined) {
      named.set(component, { codec, schema: {} });
      named.set(component, { codec, schema: plain(codec) });
    }
    return { $ref: `#/components/schemas/${component}` };
  };

  return {
    of,
    components: () =>
      Object.fromEntries(
        [...named]
          .sort(([one], [other]) => (one < other ? -1 : 1))
          .map(([name, { schema }]) => [name, schema]),
      ),
  };
};

/** Refinements of numbers are of whole ones here. */
const isWhole = (codec: t.Mixed): boolean => {
  const structure = structureOf(codec);
  return structure.kind === 'refinement' && structureOf(structure.of).kind === 'number';
};
