import type { BodyCondition } from './answerRules';

/** Every value that stands at a path: none, one, or many where it goes through arrays. */
export const valuesAt = (json: unknown, path: string): ReadonlyArray<unknown> =>
  path.split('.').reduce<ReadonlyArray<unknown>>(
    (values, name) =>
      values.flatMap((value): ReadonlyArray<unknown> => {
        if (name === '*') return Array.isArray(value) ? value : [];
        return isRecord(value) && Object.hasOwn(value, name) ? [value[name]] : [];
      }),
    [json],
  );

/** Whether a body has what a condition asks for. */
export const holds = (json: unknown, condition: BodyCondition): boolean => {
  const values = valuesAt(json, condition.path);
  if ('absent' in condition) return values.every((value) => value === undefined || value === null);
  return values.some((value) => {
    if ('oneOf' in condition) return condition.oneOf.some((wanted) => wanted === value);
    if (condition.kind === 'array') return Array.isArray(value);
    return typeof value === condition.kind && value !== null && !Array.isArray(value);
  });
};

/** A text as JSON; undefined where it is none. */
export const parseJson = (body: string | null): unknown => {
  try {
    const json: unknown = body === null ? undefined : JSON.parse(body);
    return json;
  } catch {
    return undefined;
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
