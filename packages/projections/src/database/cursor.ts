import { ProjectionFault } from '../faults';

/** Where a page ended, and of which list: opaque to whoever holds it. */
export const writeCursor = (list: string, place: number | string): string =>
  Buffer.from(`${list}:${place}`, 'latin1').toString('base64url');

/** The parts of the place that a cursor of this list holds. Throws `invalid-query` for any other text. */
export const readPlace = (list: string, cursor: string, shape: RegExp): ReadonlyArray<string> => {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const place = text.startsWith(`${list}:`) ? shape.exec(text.slice(list.length + 1)) : null;
  if (place === null || writeCursor(list, place[0]) !== cursor) {
    throw new ProjectionFault(
      'invalid-query',
      'The cursor does not belong to this list: pass one that the same query gave in the same order, ' +
        'or none to begin anew.',
    );
  }
  return place;
};

/** The number that a cursor of this list holds. Throws `invalid-query` for any other text. */
export const readCursor = (list: string, cursor: string): number =>
  Number(readPlace(list, cursor, /^(?:0|[1-9]\d{0,14})$/)[0]);

const LARGEST_PAGE = 1_000;

/** A page size, checked. Throws `invalid-query` outside 1 to 1,000. */
export const pageSize = (limit: number): number => {
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) {
    throw new ProjectionFault('invalid-query', `A page has 1 to ${LARGEST_PAGE} lines, not ${limit}.`);
  }
  return limit;
};
