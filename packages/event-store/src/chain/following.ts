import * as E from 'fp-ts/Either';
import type { RecordedEvent } from '../eventStore';
import { chainAfter, type StreamHead } from './chainValue';
import { linkOf, type Seal } from './link';

/** Where a stream is not what was appended to it. */
export interface ChainBreak {
  readonly _tag: 'ChainBreak';
  readonly stream: string;
  /** Of the first event that does not fit. */
  readonly revision: number;
  /**
   * `revision`: another one should come next, so events are missing, doubled or out of order. `link`: the event has no
   * chain value. `chain`: the event, or one before it, is not what was appended.
   */
  readonly differs: 'revision' | 'link' | 'chain';
  /** The revision that should come next. */
  readonly expected: number;
}

/** A stream's head one event further. */
export interface Followed {
  readonly head: StreamHead;
  /** The event's seal, not verified: it lies over everything up to here. Null where the event has none. */
  readonly seal: Seal | null;
}

/**
 * Follows the chain by one event. It finds accidents, such as a bad restore or an edited row. A forger can compute a
 * chain anew: him the seal finds, which needs the log key.
 */
export const followChain = (head: StreamHead, event: RecordedEvent): E.Either<ChainBreak, Followed> => {
  const { stream, revision, id, type, data } = event;
  const expected = head.revision + 1;
  const broken = (differs: ChainBreak['differs']): E.Either<ChainBreak, never> =>
    E.left({ _tag: 'ChainBreak', stream, revision, differs, expected });
  if (revision !== expected) return broken('revision');
  const link = linkOf(event.metadata);
  if (link === null) return broken('link');
  const chain = chainAfter(head.chain, { stream, revision, id, type, data, rest: link.rest });
  // Ids are under the chain in lower case, and stored so.
  const same = id === id.toLowerCase() && Buffer.compare(chain, link.chain) === 0;
  return same ? E.right({ head: { revision, chain }, seal: link.seal }) : broken('chain');
};
