import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import type { EventData } from '../eventStore';
import { chainAfter, type StreamHead } from './chainValue';
import { withLink, type Seal } from './link';

/** Events with their links, and where the stream ends once they are appended. */
export interface LinkedAppend {
  readonly events: NonEmptyArray<EventData>;
  /** The chain's value at each event. */
  readonly chains: ReadonlyArray<Uint8Array>;
  readonly head: StreamHead;
}

/**
 * Links events to a stream's head, for one append to it: each has its chain value, the last a seal. Two calls with the
 * same events behind the same head give the same bytes, if the log key is the same.
 */
export const linkEvents = (
  stream: string,
  before: StreamHead,
  [...events]: NonEmptyArray<EventData>,
  sealChain: (chain: Uint8Array) => Seal,
): LinkedAppend => {
  let { revision, chain } = before;
  const chains: Uint8Array[] = [];
  // Member by member: to spread an event takes as long as to hash it.
  const linked = events.map(({ id, type, data, metadata: rest }, index): EventData => {
    revision += 1;
    chain = chainAfter(chain, { stream, revision, id, type, data, rest });
    chains.push(chain);
    const seal = index === events.length - 1 ? sealChain(chain) : null;
    return { id, type, data, metadata: withLink({ rest, chain, seal }) };
  });
  const [first, ...rest] = linked;
  if (first === undefined) throw new RangeError('an append has an event');
  return { events: [first, ...rest], chains, head: { revision, chain } };
};
