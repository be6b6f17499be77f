/**
 * V8 keeps the text of the last match for `RegExp.input`, for as long as no other expression matches. Called once an
 * expression has met a paste, this puts an empty text there.
 */
export const forgetLastMatch = (): void => {
  /(?:)/.test('');
};
