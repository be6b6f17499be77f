import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Slots } from './slots';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('places for so many at a time', () => {
  test('never hold more, serve in turn, and forget who gave up', async () => {
    const action = fc.oneof(
      { weight: 3, arbitrary: fc.constant('come' as const) },
      { weight: 2, arbitrary: fc.constant('go' as const) },
      { weight: 1, arbitrary: fc.constant('give up' as const) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(action, { maxLength: 40 }),
        async (most, actions) => {
          const slots = new Slots(most);
          const inside: number[] = [];
          const waiting: { readonly n: number; readonly controller: AbortController }[] = [];
          let count = 0;
          for (const what of actions) {
            if (what === 'come') {
              const n = (count += 1);
              const controller = new AbortController();
              waiting.push({ n, controller });
              void slots.enter(controller.signal).then((entered) => entered && inside.push(n));
            } else if (what === 'go' && inside.shift() !== undefined) {
              slots.leave();
            } else if (what === 'give up') {
              waiting.pop()?.controller.abort();
            }
            await turn();
            for (let at = waiting.length - 1; at >= 0; at -= 1) {
              if (inside.includes(waiting[at]?.n ?? 0)) waiting.splice(at, 1);
            }
            expect(inside.length).toBeLessThanOrEqual(most);
            // Nobody waits while there is room, and who came first is inside first.
            if (waiting.length > 0) expect(inside).toHaveLength(most);
            expect(inside).toEqual([...inside].sort((a, b) => a - b));
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
