import { isLeft } from 'fp-ts/Either';
import * as t from 'io-ts';
import { invalidInput, misplacedSecret } from '../problems/problem';
import { isObject } from './isObject';
import { noteOf, type Codec } from './codec';
import { misplacedKey } from './misplacedKey';
import { structureOf } from './structure';

/** Where the first member is that a codec does not name; null where there is none. The name itself may be a secret. */
const foreignMember = (codec: t.Mixed, value: unknown, at: string): string | null => {
  const structure = structureOf(codec);
  switch (structure.kind) {
    case 'object': {
      if (!isObject(value)) return null;
      const members = { ...structure.required, ...structure.optional };
      for (const [name, inside] of Object.entries(value)) {
        const of = Object.hasOwn(members, name) ? members[name] : undefined;
        if (of === undefined) return at;
        const found = foreignMember(of, inside, at === 'body' ? name : `${at}.${name}`);
        if (found !== null) return found;
      }
      return null;
    }
    case 'list': {
      if (!Array.isArray(value)) return null;
      const found = value.map((each: unknown, index) => foreignMember(structure.of, each, `${at}[${index}]`));
      return found.find((each) => each !== null) ?? null;
    }
    case 'union': {
      const found = structure.of
        .filter((each) => each.is(value))
        .map((each) => foreignMember(each, value, at));
      return found.length === 0 || found.includes(null) ? null : at;
    }
    default:
      return null;
  }
};

const ruleOf = (codec: t.Mixed): string => {
  const { rule } = noteOf(codec);
  if (rule !== undefined) return rule;
  const structure = structureOf(codec);
  switch (structure.kind) {
    case 'object':
      return 'an object with the members that are documented';
    case 'list':
      return `a list, of which each is ${ruleOf(structure.of)}`;
    case 'union':
      return structure.of.map(ruleOf).join(', or ');
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'refinement':
      return ruleOf(structure.of);
    case 'constant':
      return JSON.stringify(structure.value);
    case 'words':
      return `one of ${structure.of.join(', ')}`;
    case 'nothing':
      return 'left out';
    case 'record':
    case 'anything':
      return 'something else';
  }
};

/** Where decoding failed, as deep as the members' names lead, and by what codec. */
const firstFailure = (errors: t.Errors): { readonly field: string; readonly codec: t.Mixed } | null => {
  const context = errors[0]?.context;
  if (context === undefined) return null;
  let field = '';
  let codec: t.Mixed | null = null;
  for (const { key, type } of context) {
    // Within an intersection or a union keys are places of their parts.
    const isName =
      codec !== null && ['object', 'list'].includes(structureOf(codec).kind) && !/^\d+$/.test(key);
    if ((isName || codec === null) && type instanceof t.Type) {
      field = [field, key].filter((part) => part !== '').join('.');
      codec = type;
    }
  }
  return codec === null ? null : { field, codec };
};

/**
 * An input as its codec has it. One with a member that the codec does not name is none: it may be a mistyped option.
 *
 * @param place - what it is called as a whole: `body`, `query`, `path`
 * @throws ProblemError `invalid-input`, `text-contains-secret`
 */
export const decodeInput = <A>(codec: Codec<A>, value: unknown, place: string): A => {
  const decoded = codec.decode(value);
  if (isLeft(decoded)) {
    const failure = firstFailure(decoded.left);
    throw invalidInput(
      failure === null || failure.field === '' ? place : failure.field,
      ruleOf(failure?.codec ?? codec),
    );
  }
  const foreign = foreignMember(codec, value, place);
  if (foreign !== null)
    throw invalidInput(foreign, 'without members, or parameters, that are not documented');
  const misplaced = misplacedKey(codec, value, '');
  if (misplaced !== null) throw misplacedSecret(misplaced);
  return decoded.right;
};
