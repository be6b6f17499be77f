import { holds, valuesAt } from '../jsonPath';
import type { Listing, Paging } from './adminApi';
import type { AdminAnswer, AdminRequest, AdminSession } from './adminSession';

/** More pages than that are none that a person could look through. */
const MOST_PAGES = 100;

export type Pages<A> =
  { readonly kind: 'all'; readonly items: ReadonlyArray<A> } | Exclude<AdminAnswer, { kind: 'success' }>;

/** The parameters of the page behind one; `last` where there is none, `unclear` where the answer does not say. */
const nextPage = (
  paging: Paging,
  json: unknown,
  items: number,
  pages: number,
): Readonly<Record<string, string>> | 'last' | 'unclear' => {
  if (paging === null) return 'last';
  if (paging.by === 'offset') {
    return items < paging.size ? 'last' : { [paging.parameter]: String(pages * paging.size) };
  }
  const { more, next, parameter } = paging;
  if (more !== null && holds(json, { path: more, oneOf: [false] })) return 'last';
  const [cursor] = valuesAt(json, next);
  const isCursor = typeof cursor === 'string' && cursor !== '';
  if (more === null) return isCursor ? { [parameter]: cursor } : 'last';
  // A list that is cut off here would show a key as gone that is on its next page.
  return isCursor && holds(json, { path: more, oneOf: [true] }) ? { [parameter]: cursor } : 'unclear';
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
    if (next === 'last') return { kind: 'all', items: all };
    if (next === 'unclear') return { kind: 'unavailable', reason: 'unrecognised-answer' };
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
