import type * as t from 'io-ts';

/**
 * Says where a value does not fit its codec and what was expected there. The value itself is left out: what is stored
 * in the wrong place may be anything, a secret as well.
 */
export const explain = (errors: t.Errors): string =>
  [
    ...new Set(
      errors.map(({ context }) => {
        const path = context
          .map(({ key }) => key)
          .filter((key) => key !== '' && !/^\d+$/.test(key))
          .join('.');
        const expected = context.at(-1)?.type.name ?? 'something else';
        return `${path === '' ? 'the value' : path} is not ${expected}`;
      }),
    ),
  ]
    .slice(0, 3)
    .join('; ');
