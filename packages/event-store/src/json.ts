const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The root prototype is known by having none: `Object.prototype` of another realm is a plain object's as well.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const isJson = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
  if (value === null) return true;
  // `every` skips the holes of an array, which JSON would turn into null.
  if (Array.isArray(value)) return Array.from<unknown>(value).every(isJson);
  return (
    isPlainObject(value) && Object.values(value).every((member) => member === undefined || isJson(member))
  );
};

/**
 * The JSON text of a value, or null if reading that text would give another value than this: NaN, a date, a class
 * instance, a function, a cycle. An object's undefined member counts as left out; -0 is written as 0.
 */
export const jsonText = (value: unknown): string | null => {
  try {
    return isJson(value) ? JSON.stringify(value) : null;
  } catch {
    // Nested so deeply, or in a circle, that the stack ends.
    return null;
  }
};
