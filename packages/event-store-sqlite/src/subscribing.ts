import type { AllPage, ReadAllOptions, SubscribeOptions, SubscriptionMessage } from '@keyturn/event-store';
import type { Changes } from './changes';

const BATCH = 512;

/** Pages through what is there, says so, then waits for more. Nothing is read ahead of its reader. */
export const subscription = async function* (
  readAll: (options: ReadAllOptions) => AllPage,
  changes: Changes,
  options: SubscribeOptions,
): AsyncGenerator<SubscriptionMessage, void, undefined> {
  const { streamPrefix, signal, batchSize = BATCH } = options;
  let after = options.after;
  let announced = false;
  while (!signal.aborted) {
    const mark = changes.mark();
    const page = readAll({
      limit: batchSize,
      ...(after === undefined ? {} : { after }),
      ...(streamPrefix === undefined ? {} : { streamPrefix }),
    });
    const moved = page.readTo !== null && page.readTo !== after;
    if (moved) {
      after = page.readTo ?? after;
      announced = false;
      if (page.events.length > 0) yield { kind: 'events', events: page.events };
      else if (page.readTo !== null) yield { kind: 'checkpoint', position: page.readTo };
    }
    if (!page.end) continue;
    if (!announced && !signal.aborted) {
      announced = true;
      yield { kind: 'caught-up' };
    }
    await changes.next(mark, signal);
  }
};
