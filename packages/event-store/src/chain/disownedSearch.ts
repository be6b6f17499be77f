import * as E from 'fp-ts/Either';
import type { RecordedEvent } from '../eventStore';
import type { StreamHead } from './chainValue';
import { disownedBy, rangeWith, type DisownedRange } from './disowned';
import { followChain } from './following';
import { linkOf } from './link';

interface Candidate {
  readonly range: DisownedRange;
  readonly isSealed: boolean;
}

/**
 * Looks for what the events of a stream disown, from an event on that did not fit: those that disown stand behind what
 * they disown. Such an event is believed where it bears a good seal, or where a good seal lies behind it, and where no
 * later one disowns it.
 */
export class DisownedSearch {
  private candidates: ReadonlyArray<Candidate> = [];
  private before: StreamHead | null = null;

  /**
   * Takes the next event.
   *
   * @param isGood - whether the seal that the event bears is a good one for the chain value that it bears
   * @returns true where a good seal lies over this event and the one before it: nothing up to here is disowned by
   *   anything that comes
   */
  take(event: RecordedEvent, isGood: boolean): boolean {
    const range = disownedBy(event);
    if (range !== null) this.candidates = [...this.candidates, { range, isSealed: isGood }];
    const vouches = isGood && this.before !== null && E.isRight(followChain(this.before, event));
    // Also for what a log key sealed that is gone.
    if (vouches) this.candidates = this.candidates.map((one) => ({ ...one, isSealed: true }));
    const link = linkOf(event.metadata);
    this.before = link === null ? null : { revision: event.revision, chain: link.chain };
    return vouches;
  }

  /** The ranges, in their order. */
  found(): ReadonlyArray<DisownedRange> {
    let inForce: ReadonlyArray<DisownedRange> = [];
    for (const { range, isSealed } of [...this.candidates].reverse()) {
      if (isSealed && rangeWith(inForce, range.last + 1) === null) inForce = [range, ...inForce];
    }
    return inForce;
  }
}
