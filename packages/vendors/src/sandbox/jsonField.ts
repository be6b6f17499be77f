const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null;

/** A member of a JSON object, or undefined. */
export const field = (json: unknown, name: string): unknown =>
  isRecord(json) && Object.hasOwn(json, name) ? json[name] : undefined;
