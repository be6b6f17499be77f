import type { ExpectedRevision } from './eventStore';
import type { AppendConflict } from './faults';

type Demand = AppendConflict['expected'];

const holds = (expected: Demand, actual: AppendConflict['actual']): boolean =>
  expected === 'stream-exists' ? actual !== 'no-stream' : expected === actual;

/** The conflict of an append with a stream that ends at `actual`; null when the append may go ahead. */
export const conflictOf = (
  stream: string,
  expected: ExpectedRevision,
  actual: AppendConflict['actual'],
): AppendConflict | null =>
  expected === 'any' || holds(expected, actual) ? null : { _tag: 'AppendConflict', stream, expected, actual };

/**
 * Revision that the first event of an append has, or had when it was first sent; null where the expectation does not
 * say. An append whose ids already stand from there on is a repetition.
 */
export const firstRevision = (expected: ExpectedRevision): number | null => {
  if (expected === 'no-stream') return 0;
  return typeof expected === 'number' ? expected + 1 : null;
};
