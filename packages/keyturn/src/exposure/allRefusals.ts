import type { RefusalStore } from '../refusals/refusalStore';
import type { RefusalFilter, RefusalLine } from '../refusals/refusedAttempt';

const AT_ONCE = 1_000;

/** Every line that matches, oldest first: how many are kept is bounded by the store. */
export const allRefusals = (
  store: Pick<RefusalStore, 'lines'>,
  filter: RefusalFilter,
): ReadonlyArray<RefusalLine> => {
  const all: RefusalLine[] = [];
  for (let more = true; more;) {
    const found = store.lines(filter, { limit: AT_ONCE, after: all.at(-1)?.sequence });
    all.push(...found.slice(0, AT_ONCE));
    more = found.length > AT_ONCE;
  }
  return all.reverse();
};
