const LONE_SURROGATE = /\p{Cs}/u;

/** The value of a JSON text; undefined, which no JSON text has, for any other text. */
export const fromJsonText = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Whether a text is JSON, and can be stored as UTF-8 without a change. */
export const isJsonText = (text: string): boolean =>
  typeof text === 'string' && !LONE_SURROGATE.test(text) && fromJsonText(text) !== undefined;
