import type { Sent } from './atWork';
import type { Operation, Parameter } from './operations';
import { sampleOf } from './schemaSamples';

/** What is sent to an operation; what is left out is the smallest that it takes. */
interface Wanted {
  readonly workspaceId: string;
  /** Stands wherever any text may. */
  readonly text?: string;
  /** By name, beside or instead of what has to be there. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A request as it is sent, under `/api/v1`. */
export interface OperationRequest {
  readonly method: string;
  readonly path: string;
  readonly sent: Sent;
}

const USUAL_TEXT = 'x1x1x1';

/** A request that an operation takes. */
export const requestOf = (
  { method, path, parameters, body }: Pick<Operation, 'method' | 'path' | 'parameters' | 'body'>,
  { workspaceId, text = USUAL_TEXT, ...wanted }: Wanted,
): OperationRequest => {
  const required = (place: Parameter['in']): Readonly<Record<string, string>> =>
    Object.fromEntries(
      parameters
        .filter((each) => each.in === place && each.required)
        .map(({ name, schema }) => [name, String(sampleOf(schema, text))]),
    );
  const inPath = { ...required('path'), workspaceId, ...wanted.path };
  const query = new URLSearchParams({ ...required('query'), ...wanted.query }).toString();
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(new Map(Object.entries(inPath)).get(name) ?? ''),
  );
  const sample = body === null ? undefined : sampleOf(body, text);
  const given = Object.hasOwn(wanted, 'body') ? wanted.body : sample;
  return {
    method,
    path: `${filled.slice('/api/v1'.length)}${query === '' ? '' : `?${query}`}`,
    sent: {
      headers: { ...required('header'), ...wanted.headers },
      ...(given === undefined ? {} : { body: given }),
    },
  };
};
