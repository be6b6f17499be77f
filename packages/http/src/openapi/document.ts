import type { RouteFace } from '../api/route';
import { list, objectWith, wordOf } from '../codecs/codec';
import { anyMembers, flag, number, text } from '../codecs/words';
import { refusalCodes } from '../problems/refusalStatus';
import { REQUEST_PROBLEMS } from '../problems/requestProblems';
import { ROUTES } from '../routes/table';
import { makeSchemas, type JsonSchema } from './jsonSchema';
import { operationOf } from './operation';

const TAGS: { readonly [T in RouteFace['tag']]: string } = {
  Keys: "A workspace's keys and Defaults.",
  Runs: 'Runs, each pinned to one key from its start to its end.',
  'Audit log': 'What happened, what was refused, and the keyring as it stood at a time.',
  'Leak review': 'A leak case, from its report to its close.',
  Workspaces: 'The workspaces themselves.',
  Vendors: 'The vendors whose keys are taken.',
  Deployment: 'For those who run the deployment.',
};

/** Every code that `type` of a problem may have. */
const problemCodes: ReadonlyArray<string> = [
  ...new Set([...refusalCodes, ...Object.keys(REQUEST_PROBLEMS)]),
].sort();

const Problem = objectWith(
  'Problem',
  { type: wordOf(problemCodes), title: text, status: number, detail: text, retryable: flag },
  { facts: anyMembers, next: list(text) },
);

const pathsOf = (operation: (face: RouteFace) => JsonSchema): JsonSchema => {
  const paths = new Map<string, JsonSchema>();
  for (const { face } of ROUTES) {
    const path = `/api/v1${face.path}`;
    paths.set(path, { ...paths.get(path), [face.method.toLowerCase()]: operation(face) });
  }
  return Object.fromEntries(paths);
};

/**
 * The OpenAPI 3.1 document of the API, made of the table that the handler is made of. A plain JSON value.
 *
 * @example
 * const document = JSON.stringify(openApiDocument());
 */
export const openApiDocument = (): JsonSchema => {
  const schemas = makeSchemas();
  const paths = pathsOf((face) => operationOf(face, schemas));
  const problem = schemas.of(Problem);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Keyturn',
      version: '1',
      summary: 'Keeps the LLM vendor keys that customers bring.',
      description:
        'JSON alone, in UTF-8. Members and parameters that are not documented are refused. Times are milliseconds ' +
        'since 1970. A request that changes something comes from a page of the same origin, or with a bearer token.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'Where the handler is mounted: its `basePath`.' }],
    security: [{ session: [] }, { bearer: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: schemas.components(),
      responses: {
        Problem: {
          description: 'What went wrong, as RFC 9457 has it. `type` is a stable code.',
          headers: {
            'Retry-After': { description: 'Seconds, with 429 and 503.', schema: { type: 'integer' } },
          },
          content: { 'application/problem+json': { schema: problem } },
        },
      },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'session',
          description: 'The session of the service that mounts this, by whatever name its cookie has.',
        },
        bearer: { type: 'http', scheme: 'bearer', description: 'A token of the service that mounts this.' },
      },
    },
  };
};
