const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null;

const FORGOTTEN = "(the caller's own)";

const replaced = (holder: object, name: PropertyKey, value: unknown): void => {
  Object.defineProperty(holder, name, { value, configurable: true, writable: true, enumerable: false });
};

/**
 * Takes out of a result what the caller himself had thrown or returned, wherever it is passed through *as it was*: the
 * thing itself, as the result or as the cause of an error. The rule is that Keyturn passes it through so and in no
 * other way: whatever is left afterwards with its content is a copy that Keyturn made.
 */
export const withoutOwn = (result: unknown, own: unknown): unknown => {
  if (result === own) return FORGOTTEN;
  for (let at: unknown = result, depth = 0; isObject(at) && depth < 20; depth += 1) {
    for (const name of ['left', 'right', 'cause'] as const) {
      if (Object.hasOwn(at, name) && at[name] === own) replaced(at, name, FORGOTTEN);
    }
    at = at['left'] ?? at['cause'];
  }
  return result;
};
