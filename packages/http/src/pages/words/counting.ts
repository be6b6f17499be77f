export { plural } from '@keyturn/pages';

/** `a, b and c`. */
export const listed = (names: ReadonlyArray<string>): string =>
  names.length < 2
    ? (names[0] ?? '')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`;
