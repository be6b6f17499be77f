import type { Expected } from '../log/writing';
import { noneIsInvalid } from '../wire/rpcError';

interface ExpectationOptions {
  readonly hasNoStream: () => boolean;
  readonly hasAny: () => boolean;
  readonly hasStreamExists: () => boolean;
}

/**
 * The expectation in the options of an append, a delete or a tombstone; `revision` is null when they have none, and
 * `oneof` is how .NET calls the choice.
 */
export const readExpected = (
  options: ExpectationOptions,
  revision: string | null,
  oneof: string,
): Expected => {
  if (revision !== null) return BigInt(revision);
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream-exists';
  throw noneIsInvalid(oneof);
};

/** Expectations as the real server's messages number them. */
export const expectedNumber = (expected: Expected): bigint =>
  expected === 'no-stream' ? -1n : expected === 'any' ? -2n : expected === 'stream-exists' ? -4n : expected;
