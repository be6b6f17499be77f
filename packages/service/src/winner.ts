import { setTimeout as delay } from 'node:timers/promises';
import * as E from 'fp-ts/Either';

/** How long an event that the store refused an append for may take until it can be read. */
const WAIT_MS = 5_000;
const PAUSE_MS = 20;

/**
 * Asks again with pauses while the answer is null: a store may refuse an append before the event can be read that it
 * refuses for. Gives null when that lasted too long; a fault ends it.
 */
export const untilReadable = async <L, A>(
  ask: () => Promise<E.Either<L, A | null>>,
): Promise<E.Either<L, A | null>> => {
  for (let waited = 0; ; waited += PAUSE_MS) {
    const answer = await ask();
    if (E.isLeft(answer) || answer.right !== null || waited >= WAIT_MS) return answer;
    await delay(PAUSE_MS);
  }
};
