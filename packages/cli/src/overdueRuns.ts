import type { ActContext, Keyturn } from 'keyturn';

const NAMED_AT_MOST = 5;

/**
 * What a person should know of runs that hold a retired key and have a lease that is over by this machine's clock. One
 * look at one clock ends no run, so this command does not.
 */
export const overdueHints = async (
  { runs }: Keyturn,
  context: ActContext,
  keyId: string,
): Promise<ReadonlyArray<string>> => {
  const now = Date.now();
  const { runs: open } = await runs.list(context, { keyId, openOnly: true, limit: 1_000 });
  const overdue = open.filter(({ leaseUntil }) => leaseUntil <= now).map(({ runId }) => runId);
  if (overdue.length === 0) return [];
  const named = overdue.slice(0, NAMED_AT_MOST).join(', ');
  const more = overdue.length > NAMED_AT_MOST ? ` and ${overdue.length - NAMED_AT_MOST} more` : '';
  return [
    `By this clock the lease of ${named}${more} is over. A service that runs ends that; ` +
      'where none does, look at the clock, then: keyturn sweep --expire',
  ];
};
