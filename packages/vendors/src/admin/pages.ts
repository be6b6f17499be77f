import { holds, valuesAt } from '../jsonPath';
import type { Listing, Paging } from './adminApi';
import type { AdminAnswer, AdminRequest, AdminSession } from './adminSession';

/** More pages than that are none that a person could look through. */
const MOST_PAGES = 100;

export type Pages<A> =
  { readonly kind: 'all'; readonly items: ReadonlyArray<A> } | Exclude<AdminAnswer, { kind: 'success' }>;

/** The parameters of the page behind one; null where that was the last. */
const nextPage = (
  paging: Paging,
  json: unknown,
  items: number,
  pages: number,
): Readonly<Record<string, string>> | null => {
  if (paging === null) return null;
  if (paging.by === 'offset') {
    return items < paging.size ? null : { [paging.parameter]: String(pages * paging.size) };
  }
  if (paging.more !== null && !holds(json, { path: paging.more, oneOf: [true] })) return null;
  const [cursor] = valuesAt(json, paging.next);
  return typeof cursor === 'string' && cursor !== '' ? { [paging.parameter]: cursor } : null;
};

/**
 * Asks for page after page.
 *
 * @param read what of a page is wanted; null where it has not the vendor's form
 */
export const allPages = async <A>(
  session: AdminSession,
  request: AdminRequest,
  paging: Paging,
  read: (json: unknown) => ReadonlyArray<A> | null,
): Promise<Pages<A>> => {
  const all: A[] = [];
  let page: Readonly<Record<string, string>> = {};
  const seen = new Set<string>();
  for (let pages = 1; pages <= MOST_PAGES; pages += 1) {
    const answer = await session.ask({ ...request, page });
    if (answer.kind !== 'success') return answer;
    const items = read(answer.json);
    if (items === null) return { kind: 'unavailable', reason: 'unrecognised-answer' };
    all.push(...items);
    const next = nextPage(paging, answer.json, items.length, pages);
    if (next === null) return { kind: 'all', items: all };
    const name = JSON.stringify(next);
    // A cursor that comes again leads in a circle.
    if (seen.has(name)) return { kind: 'unavailable', reason: 'unrecognised-answer' };
    seen.add(name);
    page = next;
  }
  return { kind: 'unavailable', reason: 'too-many-pages' };
};

/** All items of a list. */
export const listed = (
  session: AdminSession,
  { call, items, paging }: Listing,
  place: string | null,
): Promise<Pages<unknown>> =>
  allPages(session, { call, filling: place === null ? {} : { place } }, paging, (json) =>
    valuesAt(json, items),
  );
