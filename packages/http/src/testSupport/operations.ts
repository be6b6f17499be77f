import { openApiDocument } from '../openapi/document';

/** A schema of the document, whose references lead into it. */
export type Schema = Readonly<Record<string, unknown>>;

/** A parameter of an operation, wherever it goes. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

/** An operation, with all that the document says of it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly permission: string | null;
  readonly scope: string;
  readonly isStepUp: boolean;
  readonly parameters: ReadonlyArray<Parameter>;
  /** Null where no body is taken. */
  readonly body: Schema | null;
  readonly answersLines: boolean;
}

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** What stands in the document under some names; an empty object where nothing does. */
const within = (value: unknown, ...names: ReadonlyArray<string>): Schema =>
  names.reduce<Schema>(
    (found, name) => {
      const member = found[name];
      return isObject(member) ? member : {};
    },
    isObject(value) ? value : {},
  );

// As whoever reads the file has it.
const DOCUMENT: unknown = JSON.parse(JSON.stringify(openApiDocument()));

/** A schema itself, where another one only refers to it. */
export const resolved = (schema: Schema): Schema => {
  const { $ref } = schema;
  return typeof $ref === 'string' ? within(DOCUMENT, ...$ref.split('/').slice(1)) : schema;
};

const parametersOf = (operation: Schema): ReadonlyArray<Parameter> =>
  Object.values(within(operation, 'parameters')).flatMap((each) => {
    const { name, in: place, required } = within(each);
    if (typeof name !== 'string' || (place !== 'path' && place !== 'query' && place !== 'header')) return [];
    return [{ name, in: place, required: required === true, schema: within(each, 'schema') }];
  });

const textOr = <O>(value: unknown, otherwise: O): string | O =>
  typeof value === 'string' ? value : otherwise;

/** Every operation of the document. */
export const OPERATIONS: ReadonlyArray<Operation> = Object.entries(within(DOCUMENT, 'paths')).flatMap(
  ([path, methods]) =>
    Object.entries(within(methods)).map(([method, value]) => {
      const operation = within(value);
      const body = within(operation, 'requestBody', 'content', 'application/json', 'schema');
      return {
        id: textOr(operation['operationId'], ''),
        method: method.toUpperCase(),
        path,
        permission: textOr(operation['x-keyturn-permission'], null),
        scope: textOr(operation['x-keyturn-scope'], ''),
        isStepUp: operation['x-keyturn-step-up'] === true,
        parameters: parametersOf(operation),
        body: Object.keys(body).length === 0 ? null : body,
        answersLines: Object.hasOwn(within(operation, 'responses', '200', 'content'), 'application/x-ndjson'),
      };
    }),
);
