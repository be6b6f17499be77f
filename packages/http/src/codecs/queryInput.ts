import type * as t from 'io-ts';
import { invalidInput } from '../problems/problem';
import type { Codec } from './codec';
import { decodeInput } from './decodeInput';
import { structureOf } from './structure';

/** What a parameter's text stands for, by what its codec takes. What it can't be stays a text, and is refused. */
const valueOf = (codec: t.Mixed, text: string): unknown => {
  const structure = structureOf(codec);
  switch (structure.kind) {
    case 'refinement':
      return valueOf(structure.of, text);
    case 'number':
      return /^-?\d{1,16}$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    default:
      return text;
  }
};

/**
 * The parameters of an address as their codec has them: a list takes each of a name, everything else one.
 *
 * @throws ProblemError `invalid-input`
 */
export const queryInput = <A>(codec: Codec<A>, parameters: URLSearchParams): A => {
  const structure = structureOf(codec);
  const members =
    structure.kind === 'object'
      ? new Map(Object.entries({ ...structure.required, ...structure.optional }))
      : new Map<string, t.Mixed>();
  const values: Record<string, unknown> = {};
  for (const name of new Set(parameters.keys())) {
    const member = members.get(name);
    if (member === undefined) throw invalidInput('query', 'without parameters that are not documented');
    const texts = parameters.getAll(name);
    const inside = structureOf(member);
    if (inside.kind === 'list') values[name] = texts.map((text) => valueOf(inside.of, text));
    else if (texts.length > 1) throw invalidInput(name, 'given once');
    else values[name] = valueOf(member, texts[0] ?? '');
  }
  return decodeInput(codec, values, 'query');
};
