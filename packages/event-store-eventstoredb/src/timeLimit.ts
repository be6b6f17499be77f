import { StoreFault } from '@keyturn/event-store';

export const late = (ms: number): StoreFault =>
  new StoreFault(
    'unavailable',
    `The event store did not answer within ${ms / 1_000} s, and nothing was sent to it yet. ` +
      'See how it does, then try again.',
  );

/** Gives the result of the work if it comes in time. Else it rejects, and nobody waits for the work any more. */
export const inTime = async <A>(work: Promise<A>, ms: number): Promise<A> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late(ms)), ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
};
