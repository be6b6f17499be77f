import { expect, test } from '@jest/globals';
import { describeEventStoreContract } from './contract';
import { event, wholeStream } from './contract/events';
import { right } from './contract/results';
import { makeInMemoryEventStore } from './memoryEventStore';

describeEventStoreContract('in memory', async () => ({
  store: makeInMemoryEventStore(),
  dispose: async () => {},
}));

test('takes its time from the clock it is given', async () => {
  const store = makeInMemoryEventStore({ now: () => 1_234 });
  await right(store.append('a', 'any', [event()]));
  expect((await wholeStream(store, 'a'))[0]?.recordedAt).toBe(1_234);
  expect(await right(store.clock)).toBe(1_234);
});

test('two stores have nothing in common', async () => {
  const [one, another] = [makeInMemoryEventStore(), makeInMemoryEventStore()];
  await right(one.append('a', 'any', [event()]));
  expect(await right(another.head)).toBeNull();
  expect(await right(one.storeId)).not.toBe(await right(another.storeId));
});
