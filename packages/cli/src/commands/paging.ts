import type { ValuesOf, pageFlags } from '../input/flags';
import { UsageError } from '../problems';

/** A page of whatever list. */
export interface Page<A> {
  readonly next: string | null;
  readonly more: boolean;
  readonly items: ReadonlyArray<A>;
}

type Ask<A> = (part: { readonly limit: number; readonly cursor?: string }) => Promise<Page<A>>;

type Given = ValuesOf<typeof pageFlags>;

const LARGEST_PAGE = 1_000;

/** How many are asked for, at most. @throws UsageError where both are said */
export const mostOf = ({ limit, all }: Given, usual: number): number => {
  if (all && limit !== undefined) throw new UsageError('--all and --limit: take one of them.');
  return all ? Number.POSITIVE_INFINITY : (limit ?? usual);
};

/** The pages that make up as many as are asked for: nothing is kept but the one that is being read. */
export async function* pagesOf<A>(
  ask: Ask<A>,
  most: number,
  after: string | undefined,
): AsyncGenerator<Page<A>> {
  let cursor = after;
  for (let left = most; left > 0;) {
    const from: { readonly cursor?: string } = cursor === undefined ? {} : { cursor };
    const page: Page<A> = await ask({ limit: Math.min(left, LARGEST_PAGE), ...from });
    yield page;
    if (!page.more || page.next === null) return;
    cursor = page.next;
    left -= page.items.length;
  }
}

/** The same as one page. */
export const gathered = async <A>(pages: AsyncIterable<Page<A>>): Promise<Page<A>> => {
  const items: A[] = [];
  let end: { readonly next: string | null; readonly more: boolean } = { next: null, more: false };
  for await (const page of pages) {
    items.push(...page.items);
    end = page;
  }
  return { next: end.next, more: end.more, items };
};

/** How to go on, where there is more. */
export const moreWords = ({ next, more }: Pick<Page<unknown>, 'next' | 'more'>): ReadonlyArray<string> =>
  more && next !== null ? [`There are more: --after ${next}, or --all`] : [];
