import type * as t from 'io-ts';
import { Instant, parseInstant } from '../instant';
import { isRecord, structureOf, type Structure } from './structure';

/** What a compiled codec gives instead of a value. Says nothing of why: ask the codec itself for that. */
export const INVALID: unique symbol = Symbol('invalid');

/** Decodes or encodes one value, without keeping track of where it is. */
type Convert = (input: unknown) => unknown;

/** What differs between decoding and encoding. */
interface Conversion {
  /** Decoding tolerates members that the codec does not name and drops them; encoding refuses them. */
  readonly exact: boolean;
  readonly instant: Convert;
  readonly other: (codec: t.Mixed) => Convert;
}

type ObjectStructure = Extract<Structure, { readonly kind: 'object' }>;

const objects = (conversion: Conversion, { required, optional }: ObjectStructure): Convert => {
  const names = Object.keys(required);
  const converts = Object.values(required).map((codec) => compile(conversion, codec));
  const optionals = Object.entries(optional).map(([name, codec]) => ({
    name,
    convert: compile(conversion, codec),
  }));
  return (input) => {
    if (!isRecord(input)) return INVALID;
    const output: Record<string, unknown> = {};
    let known = names.length;
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      const convert = converts[i];
      if (name === undefined || convert === undefined) return INVALID;
      const value = convert(input[name]);
      if (value === INVALID) return INVALID;
      output[name] = value;
    }
    for (const { name, convert } of optionals) {
      if (!Object.hasOwn(input, name)) continue;
      known += 1;
      const member = input[name];
      if (member === undefined) continue;
      const value = convert(member);
      if (value === INVALID) return INVALID;
      output[name] = value;
    }
    return conversion.exact && Object.keys(input).length !== known ? INVALID : output;
  };
};

const unions = (conversion: Conversion, codecs: ReadonlyArray<t.Mixed>): Convert => {
  const converts = codecs.map((codec) => compile(conversion, codec));
  return (input) => {
    for (const convert of converts) {
      const value = convert(input);
      if (value !== INVALID) return value;
    }
    return INVALID;
  };
};

const arrays = (conversion: Conversion, codec: t.Mixed): Convert => {
  const convert = compile(conversion, codec);
  return (input) => {
    if (!Array.isArray(input)) return INVALID;
    const output: unknown[] = [];
    for (const member of input) {
      const value = convert(member);
      if (value === INVALID) return INVALID;
      output.push(value);
    }
    return output;
  };
};

/** Refinements here are of strings and numbers, which are the same in memory and as JSON. */
const refinements = (conversion: Conversion, codec: t.Mixed, holds: (value: unknown) => boolean): Convert => {
  const convert = compile(conversion, codec);
  // One workspace's events repeat workspace, actor and key over and over: comparing is cheaper than matching, and with
  // one string for all of them a map need not hash each.
  let lastValid: unknown = INVALID;
  return (input) => {
    if (input === lastValid) return lastValid;
    const value = convert(input);
    if (value === INVALID || !holds(value)) return INVALID;
    lastValid = value;
    return value;
  };
};

const constants = (values: ReadonlyArray<unknown>): Convert => {
  const allowed = new Set(values);
  return (input) => (allowed.has(input) ? input : INVALID);
};

const compile = (conversion: Conversion, codec: t.Mixed): Convert => {
  if (codec === Instant) return conversion.instant;
  const structure = structureOf(codec);
  switch (structure.kind) {
    case 'object':
      return objects(conversion, structure);
    case 'union':
      return unions(conversion, structure.of);
    case 'array':
      return arrays(conversion, structure.of);
    case 'refinement':
      return refinements(conversion, structure.of, structure.holds);
    case 'string':
      return (input) => (typeof input === 'string' ? input : INVALID);
    case 'number':
      return (input) => (typeof input === 'number' ? input : INVALID);
    case 'constant':
      return constants(structure.values);
    case 'other':
      return conversion.other(codec);
  }
};

const decoding: Conversion = {
  exact: false,
  instant: (input) => (typeof input === 'string' ? (parseInstant(input) ?? INVALID) : INVALID),
  other: (codec) => (input) => {
    const decoded = codec.decode(input);
    return decoded._tag === 'Right' ? (decoded.right as unknown) : INVALID;
  },
};

const encoding: Conversion = {
  exact: true,
  instant: (input) => (Instant.is(input) ? Instant.encode(input) : INVALID),
  other: (codec) => (input) => (codec.is(input) ? (codec.encode(input) as unknown) : INVALID),
};

/**
 * Turns an io-ts codec into a decoder that costs a fraction of `codec.decode`, which builds a context for every member
 * of every value in case it has to explain a failure. Drops members that the codec does not name. A property holds it
 * equal to the codec.
 */
export const compileDecoder = (codec: t.Mixed): Convert => compile(decoding, codec);

/** Encodes, exactly: a value with a member that the codec does not name is invalid. */
export const compileEncoder = (codec: t.Mixed): Convert => compile(encoding, codec);
