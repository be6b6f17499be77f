import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { Filter } from '../log/readingAll';
import { invalidArgument, noneIsInvalid, unhandled } from '../wire/rpcError';

export interface FilterOptions {
  readonly filter: Filter;
  /** How many records may be looked at before one that matches is found. */
  readonly window: number;
  /** How many records are looked at between two checkpoints. */
  readonly checkpointInterval: number;
}

/** Records in one page of the real server's own reading. */
export const PAGE_SIZE = 32;

const matcher = (expression: ReadReq.Options.FilterOptions.Expression): ((text: string) => boolean) => {
  const regex = expression.getRegex();
  if (regex === '') {
    const prefixes = expression.getPrefixList();
    return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  }
  try {
    const pattern = new RegExp(regex, 'u');
    return (text) => pattern.test(text);
  } catch {
    throw unhandled(); // the real server lets the exception of its pattern compiler out
  }
};

/** Reads the filter of a read of `$all`. */
export const readFilter = (
  options: ReadReq.Options.FilterOptions,
  { isSubscription }: { readonly isSubscription: boolean },
): FilterOptions => {
  const byStream = options.getStreamIdentifier();
  const byType = options.getEventType();
  const multiplier = options.getCheckpointintervalmultiplier();
  if (!options.hasMax() && !options.hasCount())
    throw noneIsInvalid('ReadReq+Types+Options+Types+FilterOptions+WindowOneofCase');
  if (multiplier === 0 && isSubscription) throw unhandled(); // so too its check of this argument
  const window = options.hasMax() ? options.getMax() : PAGE_SIZE;
  // The real server reads the same empty page for ever.
  if (window === 0) throw invalidArgument('A window of 0 finds nothing.');
  const limits = { window, checkpointInterval: window * multiplier };
  if (byStream !== undefined) {
    const matches = matcher(byStream);
    return { ...limits, filter: ({ stream }) => matches(stream) };
  }
  if (byType !== undefined) {
    const matches = matcher(byType);
    return { ...limits, filter: ({ type }) => matches(type) };
  }
  throw noneIsInvalid('ReadReq+Types+Options+Types+FilterOptions+FilterOneofCase');
};
