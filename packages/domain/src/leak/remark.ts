import * as t from 'io-ts';

const MOST_UNITS = 500;

/** What the codec of remarks accepts, in words. */
export const REMARK_RULE = `1 to ${MOST_UNITS} characters on one line, without control characters`;

/** What a person says of a leak in words of their own. It is kept and shown: a secret has no place in it. */
export const Remark = t.refinement(
  t.string,
  (s) => s.length >= 1 && s.length <= MOST_UNITS && s.trim() !== '' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(s),
  'Remark',
);
