/** Told where a text is not the JSON that this package writes; no JSON value is one. */
export const NOT_OUR_JSON: unique symbol = Symbol('not our JSON');

/** JSON text escapes half a surrogate pair, and nothing else so; a backslash before it is a character of its own. */
const ESCAPED_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/** Whether a text of `JSON.stringify` has half a surrogate pair. */
export const hasHalfSurrogate = (text: string): boolean => ESCAPED_SURROGATE.test(text);

/**
 * The value of a JSON text as `JSON.stringify` writes it. Any other text is refused: one with a member twice, of which
 * another reader would see the other, or with half a surrogate pair, which has no bytes of its own.
 */
export const parseOurJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text && !hasHalfSurrogate(text) ? value : NOT_OUR_JSON;
  } catch {
    return NOT_OUR_JSON;
  }
};
