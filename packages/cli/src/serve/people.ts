import type { Identity } from '@keyturn/http';
import { isLeft } from 'fp-ts/Either';
import * as t from 'io-ts';
import { ID_RULE, isId, looksLikeVendorKey, type Caller } from 'keyturn';
import { parseActor } from '../actor';
import { UsageError } from '../problems';
import { HEADER_NAME_RULE, isHeaderName } from './headerName';
import { readJsonFile } from './jsonFile';
import { PERMISSIONS } from './permissions';

const text = (rule: string, is: (given: string) => boolean): t.Type<string, unknown> =>
  new t.Type<string, unknown>(
    rule,
    t.string.is,
    (given, context) =>
      typeof given === 'string' && is(given) ? t.success(given) : t.failure(given, context),
    t.identity,
  );

type Members<P extends t.Props> = { readonly [K in keyof P]: t.TypeOf<P[K]> };

/** An object with these members and no other: what is not known may be one mistyped. */
const closed = <P extends t.Props>(members: P): t.Type<Members<P>, unknown> => {
  const known = t.type(members);
  const names = Object.keys(members);
  const rule = `an object with ${names.join(', ')}`;
  return new t.Type<Members<P>, unknown>(
    rule,
    known.is,
    (given, context) => {
      if (!t.UnknownRecord.is(given) || Array.isArray(given)) return t.failure(given, context);
      const foreign = Object.keys(given).find((name) => !names.includes(name));
      if (foreign !== undefined) {
        const at = t.appendContext(context, foreign, t.never);
        return t.failures([
          { value: null, context: at, message: `is not known here: it takes ${names.join(', ')}` },
        ]);
      }
      return known.validate(given, context);
    },
    t.identity,
  );
};

/** One word, or else what the codec takes. */
const wordOr = <W extends string, A>(word: W, codec: t.Type<A, unknown>): t.Type<W | A, unknown> =>
  new t.Type<W | A, unknown>(
    `"${word}", or ${codec.name}`,
    (given): given is W | A => given === word || codec.is(given),
    (given, context) => {
      if (given === word) return t.success(word);
      return typeof given === 'object' && given !== null
        ? codec.validate(given, context)
        : t.failure(given, context);
    },
    t.identity,
  );

const listOf = <A>(codec: t.Type<A, unknown>): t.Type<ReadonlyArray<A>, unknown> =>
  t.readonlyArray(codec, `a list, of which each is ${codec.name}`);

const ACTOR_RULE = 'user:ID, service:ID or support:ID';

const actor = new t.Type<Caller, unknown>(
  ACTOR_RULE,
  (given): given is Caller => typeof given === 'object',
  (given, context) => {
    try {
      return t.success(parseActor(typeof given === 'string' ? given : '', 'it'));
    } catch (error) {
      if (error instanceof UsageError) return t.failure(null, context);
      throw error;
    }
  },
  t.identity,
);

const workspaceId = text(ID_RULE, (given) => isId(given) && !looksLikeVendorKey(given));

/** As a header carries it: nothing that could be two of them, or end one. */
const identity = text(
  'what the identity header says of a person: printable ASCII without commas or outer blanks',
  (given) => /^[!-+\--~]([ -+\--~]{0,254}[!-+\--~])?$/.test(given),
);

const permission = new t.Type<keyof typeof PERMISSIONS, unknown>(
  'a permission (docs/http.md)',
  t.keyof(PERMISSIONS).is,
  t.keyof(PERMISSIONS).validate,
  t.identity,
);

const person = closed({
  identity,
  actor,
  workspaces: wordOr('all', listOf(workspaceId)),
  permissions: wordOr('all', listOf(permission)),
});

const MOST_SECONDS = 86_400;

const seconds = new t.Type<number, unknown>(
  `a whole number of seconds, 1 to ${MOST_SECONDS}`,
  t.number.is,
  (given, context) =>
    typeof given === 'number' && Number.isInteger(given) && given >= 1 && given <= MOST_SECONDS
      ? t.success(given)
      : t.failure(given, context),
  t.identity,
);

const file = closed({
  freshLogin: wordOr('not-asked', closed({ header: text(HEADER_NAME_RULE, isHeaderName), seconds })),
  people: listOf(person),
});

type File = t.TypeOf<typeof file>;

/** Who is who at the identity provider, as the operator wrote it down. */
export interface People {
  /** By what the identity header says. */
  readonly byIdentity: ReadonlyMap<string, Omit<Identity, 'sessionId'>>;
  readonly freshLogin: File['freshLogin'];
}

const uniquePeople: t.Type<File, unknown> = new t.Type<File, unknown>(
  file.name,
  file.is,
  (given, context) => {
    const decoded = file.validate(given, context);
    if (isLeft(decoded)) return decoded;
    const { people } = decoded.right;
    const at = people.findIndex(({ identity: one }, index) =>
      people.slice(0, index).some(({ identity: other }) => other === one),
    );
    if (at < 0) return decoded;
    const place = ['people', String(at), 'identity'].reduce(
      (path, key) => t.appendContext(path, key, t.never),
      context,
    );
    return t.failures([
      { value: null, context: place, message: 'is that of somebody above. Leave one of them' },
    ]);
  },
  t.identity,
);

/** @throws UsageError that names file, line and member */
export const readPeople = (option: string, path: string): People => {
  const { people, freshLogin } = readJsonFile(option, path, uniquePeople);
  return {
    freshLogin,
    byIdentity: new Map(people.map(({ identity: said, ...who }) => [said, who])),
  };
};
