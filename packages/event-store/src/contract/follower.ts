import { expect } from '@jest/globals';
import type {
  EventStore,
  Position,
  RecordedEvent,
  SubscribeOptions,
  SubscriptionMessage,
} from '../eventStore';

/** Reads a subscription message by message, and checks on the way that nothing comes twice or out of order. */
export interface Follower {
  readonly messages: ReadonlyArray<SubscriptionMessage>;
  readonly events: ReadonlyArray<RecordedEvent>;
  /** Everything up to here was delivered. */
  readonly position: () => Position | undefined;
  /** Reads on until the condition holds; it is looked at before the first message too. */
  readonly until: (condition: (follower: Follower) => boolean) => Promise<void>;
  readonly untilEvents: (count: number) => Promise<void>;
  readonly untilCaughtUp: () => Promise<void>;
  /** Aborts, and reads on to the end of the iteration. */
  readonly stop: () => Promise<void>;
}

export const follow = (store: EventStore, options: Omit<SubscribeOptions, 'signal'>): Follower => {
  const controller = new AbortController();
  const iterator = store.subscribe({ ...options, signal: controller.signal })[Symbol.asyncIterator]();
  const messages: SubscriptionMessage[] = [];
  const events: RecordedEvent[] = [];
  let position = options.after;

  const moveTo = (next: Position): void => {
    if (position !== undefined) expect(next > position).toBe(true);
    position = next;
  };
  const receive = async (): Promise<boolean> => {
    const next = await iterator.next();
    if (next.done === true) return false;
    messages.push(next.value);
    if (next.value.kind === 'checkpoint') moveTo(next.value.position);
    if (next.value.kind === 'events') {
      expect(next.value.events.length).toBeGreaterThan(0);
      if (options.batchSize !== undefined) {
        expect(next.value.events.length).toBeLessThanOrEqual(options.batchSize);
      }
      for (const event of next.value.events) moveTo(event.position);
      events.push(...next.value.events);
    }
    return true;
  };

  const follower: Follower = {
    messages,
    events,
    position: () => position,
    until: async (condition) => {
      while (!condition(follower)) {
        if (!(await receive())) throw new Error('the subscription ended early');
      }
    },
    untilEvents: (count) => follower.until(() => events.length >= count),
    untilCaughtUp: () => follower.until(() => messages[messages.length - 1]?.kind === 'caught-up'),
    stop: async () => {
      controller.abort();
      while (await receive());
    },
  };
  return follower;
};
