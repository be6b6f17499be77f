import * as E from 'fp-ts/Either';
import type { RecordedEvent } from '../eventStore';
import type { StreamHead } from './chainValue';
import { disownedBy, disownedIn, type DisownedRanges } from './disowned';
import { followChain } from './following';
import { linkOf } from './link';

/**
 * Looks for what the events of a stream disown, from an event on that did not fit, to the end: those that disown stand
 * behind what they disown. Such an event is believed where it bears a good seal, or where a good seal in its place lies
 * behind it: a log key that is gone may have sealed it.
 */
export class DisownedSearch {
  private readonly disowning: Array<{ readonly event: RecordedEvent; readonly isSealed: boolean }> = [];
  /** So many of them lie under a good seal. */
  private vouched = 0;
  private before: StreamHead | null = null;

  /** @param isGood - whether the seal that the event bears is a good one for the chain value that it bears */
  take(event: RecordedEvent, isGood: boolean): void {
    if (disownedBy(event) !== null) this.disowning.push({ event, isSealed: isGood });
    if (isGood && this.before !== null && E.isRight(followChain(this.before, event))) {
      this.vouched = this.disowning.length;
    }
    const link = linkOf(event.metadata);
    this.before = link === null ? null : { revision: event.revision, chain: link.chain };
  }

  found(): DisownedRanges {
    const believed = this.disowning.filter(({ isSealed }, index) => isSealed || index < this.vouched);
    return disownedIn(believed.map(({ event }) => event));
  }
}
