import type * as t from 'io-ts';
import type { RouteFace } from '../api/route';
import { structureOf } from '../codecs/structure';
import type { JsonSchema, Schemas } from './jsonSchema';

const header = (name: string, description: string, required = false): JsonSchema => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
});

const HEADERS = {
  idempotencyKey: header(
    'Idempotency-Key',
    'The same key again is the same act again: it changes nothing, and gives the first outcome. For 24 hours. ' +
      '1 to 64 of A-Z a-z 0-9 _ -.',
  ),
  issuedAt: header(
    'Keyturn-Issued-At',
    'When the first try was issued, milliseconds since 1970. One that is older than 24 hours is refused ' +
      '(`command-too-old`): by then its `Idempotency-Key` is forgotten, and it would act once more.',
  ),
  case: header('Keyturn-Case', 'The support case that this is done under: every event of the act has it.'),
  ifNoneMatch: header('If-None-Match', 'The `ETag` of an earlier answer: 304 where it is as it was.'),
} as const;

const IF_MATCH: { readonly [P in NonNullable<RouteFace['precondition']>]: JsonSchema } = {
  keyring: header(
    'If-Match',
    'The `ETag` of the keys that you looked at: 412 where keys or Defaults changed since. Weak tags are compared, too.',
  ),
  case: header('If-Match', 'The `ETag` of the case that you looked at: 412 where it changed since.'),
  rehearsal: header(
    'If-Match',
    'The `digest` of the rehearsal: 412 where the act would do something else by now. `*` for whatever it does.',
    true,
  ),
};

const pathParameters = ({ path, params }: RouteFace, schemas: Schemas): ReadonlyArray<JsonSchema> => {
  const structure = structureOf(params);
  const members =
    structure.kind === 'object' ? new Map(Object.entries(structure.required)) : new Map<string, t.Mixed>();
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const member = members.get(name);
    return {
      name,
      in: 'path',
      required: true,
      schema: member === undefined ? { type: 'string' } : schemas.of(member),
    };
  });
};

const queryParameters = ({ query }: RouteFace, schemas: Schemas): ReadonlyArray<JsonSchema> => {
  const structure = structureOf(query);
  if (structure.kind !== 'object') return [];
  return Object.entries({ ...structure.required, ...structure.optional }).map(([name, member]) => ({
    name,
    in: 'query',
    required: Object.hasOwn(structure.required, name),
    schema: schemas.of(member),
  }));
};

const headersOf = ({ isAct, isTagged, precondition, path }: RouteFace): ReadonlyArray<JsonSchema> => [
  ...(isAct ? [HEADERS.idempotencyKey, HEADERS.issuedAt] : []),
  ...(isAct || path.startsWith('/rehearsals/') ? [HEADERS.case] : []),
  ...(precondition === null ? [] : [IF_MATCH[precondition]]),
  ...(isTagged ? [HEADERS.ifNoneMatch] : []),
];

/** What a route may be answered with beside its answer. */
const problemsOf = ({
  scope,
  body,
  isAct,
  precondition,
  method,
  permission,
  path,
}: RouteFace): ReadonlyArray<number> => [
  ...(body === null ? [] : [400]),
  401,
  ...(permission === null && method === 'GET' ? [] : [403]),
  ...(path.includes('{') || scope === 'own' ? [404] : []),
  ...(method === 'GET' ? [] : [409]),
  ...(isAct && precondition !== null ? [412] : []),
  ...(body === null ? [] : [413, 415]),
  422,
  ...(precondition === 'rehearsal' ? [428] : []),
  429,
  500,
  503,
];

const answerHeaders = ({ isTagged, isPaged, status, path }: RouteFace): JsonSchema => {
  const text = (description: string): JsonSchema => ({ description, schema: { type: 'string' } });
  const headers = {
    ...(isTagged ? { ETag: text('Names what is answered, without what comes and goes with runs.') } : {}),
    ...(path.startsWith('/rehearsals/') ? { ETag: text('The digest, as `If-Match` takes it.') } : {}),
    ...(isPaged ? { Link: text('`rel="next"`: the next page. It is relative to this address.') } : {}),
    ...(status === 201 ? { Location: text('Where it can be asked for, relative to this address.') } : {}),
  };
  return Object.keys(headers).length === 0 ? {} : { headers };
};

const contentOf = ({ isStream, answer }: RouteFace, schemas: Schemas): JsonSchema => ({
  [isStream ? 'application/x-ndjson' : 'application/json']: { schema: schemas.of(answer) },
});

const requestBody = (body: t.Mixed, schemas: Schemas): JsonSchema => {
  const structure = structureOf(body);
  return {
    required: structure.kind !== 'object' || Object.keys(structure.required).length > 0,
    content: { 'application/json': { schema: schemas.of(body) } },
  };
};

/** The operation that a route is. */
export const operationOf = (face: RouteFace, schemas: Schemas): JsonSchema => {
  const parameters = [
    ...pathParameters(face, schemas),
    ...queryParameters(face, schemas),
    ...headersOf(face),
  ];
  return {
    operationId: face.id,
    summary: face.summary,
    ...(face.description === undefined ? {} : { description: face.description }),
    tags: [face.tag],
    ...(face.permission === null ? {} : { 'x-keyturn-permission': face.permission }),
    'x-keyturn-scope': face.scope,
    ...(face.isStepUp ? { 'x-keyturn-step-up': true } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(face.body === null ? {} : { requestBody: requestBody(face.body, schemas) }),
    responses: {
      [String(face.status)]: {
        description: face.isStream ? 'A line for each entry.' : 'Done.',
        ...answerHeaders(face),
        content: contentOf(face, schemas),
      },
      ...(face.isTagged ? { '304': { description: 'It is as it was.' } } : {}),
      ...Object.fromEntries(
        problemsOf(face).map((status) => [String(status), { $ref: '#/components/responses/Problem' }]),
      ),
    },
  };
};
