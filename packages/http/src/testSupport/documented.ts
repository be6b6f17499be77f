import Ajv from 'ajv/dist/2020';
import type * as t from 'io-ts';
import { openApiDocument } from '../openapi/document';
import { makeSchemas } from '../openapi/jsonSchema';

const memberOf = (value: unknown, ...names: ReadonlyArray<string>): unknown =>
  names.reduce(
    (found, name) => Object.entries(found ?? {}).find(([each]) => each === name)?.[1] as unknown,
    value,
  );

const document = openApiDocument();
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(document, 'keyturn');

/** What is wrong with a value by a schema of the OpenAPI document; nothing where it fits. */
const faultsBy = (pointer: string, value: unknown): ReadonlyArray<string> => {
  const validate = ajv.getSchema(`keyturn#${pointer}`);
  if (validate === undefined) return [`there is no ${pointer}`];
  void validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
};

/** Whether a value fits the schema of a codec. */
export const schemaFits = (codec: t.Mixed): ((value: unknown) => boolean) => {
  const schemas = makeSchemas();
  const schema = schemas.of(codec);
  const validate = new Ajv({ strict: false, validateFormats: false }).compile({
    ...schema,
    components: { schemas: schemas.components() },
  });
  return (value) => validate(value);
};

/** What tells whether a value fits a schema of the document, whose references lead into it. */
export const documentFits = (schema: object): ((value: unknown) => boolean) => {
  const inDocument = JSON.parse(
    JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"keyturn#/'),
  ) as object;
  return ajv.compile(inDocument);
};

const escaped = (text: string): string =>
  encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));

/** What is wrong with an answer by the document, whoever reads it. */
export const documentedFaults = (
  { method, path }: { readonly method: string; readonly path: string },
  status: number,
  value: unknown,
): ReadonlyArray<string> => {
  const operation = memberOf(document, 'paths', `/api/v1${path}`, method.toLowerCase());
  const response = memberOf(operation, 'responses', String(status));
  if (response === undefined) return [`no ${status} is documented`];
  if (status >= 400) return faultsBy('/components/schemas/Problem', value);
  const [type] = Object.keys(memberOf(response, 'content') ?? {});
  const place = [
    'paths',
    `/api/v1${path}`,
    method.toLowerCase(),
    'responses',
    String(status),
    'content',
    type ?? '',
  ];
  return faultsBy(`/${[...place, 'schema'].map(escaped).join('/')}`, value);
};
