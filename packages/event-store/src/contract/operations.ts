import * as fc from 'fast-check';
import type { Direction } from '../eventStore';

/** Expected revision of a generated append: `current` is where the model's stream ends. */
export type GeneratedExpectation = 'any' | 'no-stream' | 'stream-exists' | 'current' | number;

/**
 * A step of a generated history. Streams and events are named by number, so that a step still makes sense in a shorter
 * history.
 */
export type Operation =
  | {
      readonly kind: 'append';
      readonly stream: number;
      readonly expected: GeneratedExpectation;
      readonly count: number;
    }
  /** An earlier append again: all of it, its first event alone, or with an event more. */
  | { readonly kind: 'retry'; readonly append: number; readonly what: 'all' | 'first' | 'more' }
  | {
      readonly kind: 'readStream';
      readonly stream: number;
      readonly direction: Direction;
      readonly from: number | null;
      readonly limit: number;
    }
  /** Reads on after the event of that number in the order of the log, or from the start. */
  | { readonly kind: 'readAll'; readonly after: number | null; readonly limit: number }
  | { readonly kind: 'saveSnapshot'; readonly stream: number; readonly revision: number }
  | { readonly kind: 'loadSnapshot'; readonly stream: number }
  /** What follows is done on the other handle. */
  | { readonly kind: 'changeHandle' };

const stream = fc.integer({ min: 0, max: 2 });
const revision = fc.integer({ min: 0, max: 8 });
const limit = fc.integer({ min: 1, max: 6 });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      stream,
      expected: fc.oneof(
        fc.constantFrom('any' as const, 'no-stream' as const, 'stream-exists' as const),
        { weight: 2, arbitrary: fc.constant('current' as const) },
        revision,
      ),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('retry' as const),
      append: fc.nat(20),
      what: fc.constantFrom('all' as const, 'all' as const, 'first' as const, 'more' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('readStream' as const),
      stream,
      direction: fc.constantFrom('forwards' as const, 'backwards' as const),
      from: fc.option(revision),
      limit,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('readAll' as const), after: fc.option(fc.nat(20)), limit }),
  },
  fc.record({ kind: fc.constant('saveSnapshot' as const), stream, revision }),
  fc.record({ kind: fc.constant('loadSnapshot' as const), stream }),
  fc.record({ kind: fc.constant('changeHandle' as const) }),
);

/** A history of any length, shrinking towards few and plain steps. */
export const history: fc.Arbitrary<ReadonlyArray<Operation>> = fc.array(operation, { maxLength: 30 });
