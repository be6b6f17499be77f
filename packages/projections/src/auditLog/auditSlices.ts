import { setImmediate as turn } from 'node:timers/promises';
import { ProjectionFault } from '../faults';
import type { LogOrder, Span } from './auditWindow';

const FIRST_SLICE = 16_384;
/** A slice holds up the process for so long, about. */
const SLICE_MS = 10;

/** How long a query may take. */
export interface TimeLimit {
  readonly timeLimitMs: number;
}

interface Slicing extends TimeLimit {
  readonly order: LogOrder;
  /** The number of the last entry. */
  readonly last: number;
}

const tooLong = (timeLimitMs: number, last: number, { from, before }: Span): ProjectionFault =>
  new ProjectionFault(
    'query-too-long',
    `This question was given up after ${timeLimitMs / 1_000} s, with entries ${from} to ${before - 1} of ` +
      `${last} still to be gone through: no index finds all that it names. Ask for a shorter time, or name a ` +
      'workspace, a key, a run or a case as well.',
  );

/**
 * Cuts the parts of the log that a query goes through into slices, so that others get their turn between two of them.
 * What passes quickly is followed by more at once: a slice takes about as long whatever lies in it.
 *
 * @throws ProjectionFault `query-too-long` where there is more to be gone through after the time limit
 */
export async function* slicesOf(
  spans: AsyncIterable<Span>,
  { order, last, timeLimitMs }: Slicing,
): AsyncGenerator<Span> {
  const deadline = performance.now() + timeLimitMs;
  let size = FIRST_SLICE;
  let isFirst = true;
  for await (const span of spans) {
    let { from, before } = span;
    while (from < before) {
      const slice =
        order === 'oldest-first'
          ? { from, before: Math.min(before, from + size) }
          : { from: Math.max(from, before - size), before };
      if (isFirst) isFirst = false;
      else if (performance.now() >= deadline) throw tooLong(timeLimitMs, last, { from, before });
      else await turn();
      const begun = performance.now();
      yield slice;
      if (order === 'oldest-first') from = slice.before;
      else before = slice.from;
      if (performance.now() - begun < SLICE_MS) size *= 2;
      else size = Math.max(FIRST_SLICE, Math.floor(size / 2));
    }
  }
}
