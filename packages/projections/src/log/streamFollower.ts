import {
  disownedBy,
  DisownedRanges,
  linkOf,
  type RecordedEvent,
  type StreamHead,
} from '@keyturn/event-store';
import type { StreamState } from '../database/streamStates';
import type { ProjectedEvent } from '../runtime/projector';
import type { Damage, Differs } from './damage';
import { passing, type FindDisowned } from './disownedEvents';
import { leadsTo, sameChain } from './earlierEvent';
import { type FittingEvent, isDamage, type ReadEvent } from './eventReading';
import type { CheckSeal, PlacedSeal } from './sealChecking';
import { isSealedBeyond } from './sealBeyond';
import type { ReadStretch } from './streamReading';

/** What a follower works with. */
export interface Following {
  readonly read: ReadEvent;
  readonly stretch: ReadStretch;
  readonly findDisowned: FindDisowned;
  /** Null where no vault is open. */
  readonly checkSeal: CheckSeal | null;
}

/** An event of a stream that may be a projection's: where the stream stands when it is projected. */
interface Fitting extends FittingEvent {
  /** The highest number of a log key up to here. */
  readonly sealKey: number;
}

/**
 * Follows one stream through a batch. Only whole commands come out of it. The first event that does not fit ends it:
 * what lies before that event is what the stream gives, for good.
 */
export class StreamFollower {
  /** Whole commands of this batch. */
  private whole: Fitting[] = [];
  /** The command that is not whole yet. */
  private open: Fitting[] = [];
  /** How many of the whole ones were given. */
  private given = 0;
  private damage: Damage | null;
  /** What the stream disowns, as far as this batch met it. */
  private disowned = new DisownedRanges();
  private isBegun = false;
  /** The last revision under a seal of this batch that was checked. */
  private checked: number | null = null;

  constructor(
    private readonly from: StreamState,
    private readonly following: Following,
  ) {
    this.damage = from.damage;
  }

  /** Takes the next event that the store has delivered of this stream, and gives the commands that it completes. */
  async take(event: RecordedEvent): Promise<ReadonlyArray<ProjectedEvent>> {
    if (this.damage !== null) return [];
    if (!this.isBegun) await this.begin();
    const { revision } = event;
    if (event.type.startsWith('$')) {
      // A tombstone stands behind all that a stream can have. Anything before it is somebody else's.
      if (event.type === '$streamDeleted' && revision >= Number.MAX_SAFE_INTEGER)
        this.stop('tombstoned', this.head.revision + 1);
      return [];
    }
    if (this.disowned.around(revision) !== null) return [];
    const next = this.before.revision + 1;
    if (revision < next) {
      if (!(await this.isKnown(event))) this.stop('doubled', revision);
      return [];
    }
    if (revision > next) await this.fill(next, revision);
    const misfit = this.add(event);
    if (misfit !== null) await this.meet(misfit, event);
    return this.give();
  }

  /**
   * Ends the batch: a command that is still open has to be whole in the stream, and where seals are checked the newest
   * of them has to be good. Gives the commands that this completes.
   */
  async end(): Promise<ReadonlyArray<ProjectedEvent>> {
    if (this.damage !== null && this.whole.length === 0) return [];
    if (this.damage === null) await this.complete();
    await this.checkSeals();
    return this.give();
  }

  /** Whether an event of this batch that was given is projected, now that more of the stream is known. */
  projects(revision: number): boolean {
    const last = this.whole.at(-1)?.head.revision ?? this.from.head.revision;
    return revision <= last && this.disowned.around(revision) === null;
  }

  /** Where the stream stands behind the batch. */
  state(): StreamState {
    const last = this.whole.at(-1);
    const sealedTo = this.sealedTo;
    const seal = this.newestSeal(() => true) ?? this.from.unchecked;
    return {
      ...this.from,
      passingTo: this.disowned.behind(last?.head ?? this.from.head)?.last ?? null,
      ...(last === undefined
        ? {}
        : {
            head: last.head,
            eventId: last.event.recorded.id,
            position: last.event.recorded.position,
            disowned: this.from.disowned + last.head.revision - this.from.head.revision - this.whole.length,
            sealKey: last.sealKey,
          }),
      sealedTo,
      unchecked: seal === null || (sealedTo !== null && seal.revision <= sealedTo) ? null : seal,
      damage: this.damage,
    };
  }

  private get sealedTo(): number | null {
    return this.checked ?? this.from.sealedTo;
  }

  /** As far as the chain was followed, a command that is not whole yet included. */
  private get head(): StreamHead {
    return (this.open.at(-1) ?? this.whole.at(-1))?.head ?? this.from.head;
  }

  /** What the next event is chained to. */
  private get before(): StreamHead {
    return this.disowned.past(this.head);
  }

  private get sealKey(): number {
    return (this.open.at(-1) ?? this.whole.at(-1))?.sealKey ?? this.from.sealKey;
  }

  private newestSeal(fits: (seal: PlacedSeal) => boolean): PlacedSeal | null {
    for (let i = this.whole.length - 1; i >= 0; i--) {
      const seal = this.whole[i]?.seal ?? null;
      if (seal !== null && fits(seal)) return seal;
    }
    return null;
  }

  private stop(differs: Differs, revision: number): void {
    this.damage = { differs, revision, detail: null };
    this.open = [];
  }

  /** Once in a batch: what is known of the stream from batches before. */
  private async begin(): Promise<void> {
    if (this.from.passingTo !== null) this.disowned = await passing(this.from, this.following);
    this.isBegun = true;
  }

  private give(): ReadonlyArray<ProjectedEvent> {
    const events = this.whole.slice(this.given).map((one) => one.event);
    this.given = this.whole.length;
    return events;
  }

  /** Adds an event that fits what was taken before it; otherwise says what is wrong with it. */
  private add(event: RecordedEvent): Damage | null {
    if (this.damage !== null || this.disowned.around(event.revision) !== null) return null;
    const misfit = (differs: Differs): Damage => ({ differs, revision: event.revision, detail: null });
    const passed = this.disowned.behind(this.head);
    // What was seen while looking ahead may be another one by now.
    if (passed !== null && disownedBy(event)?.first !== passed.first) return misfit('chain');
    const read = this.following.read(this.before, event);
    if (isDamage(read)) return read;
    // A key that was replaced seals nothing more.
    if (read.seal !== null && read.seal.sealKey < this.sealKey) return misfit('seal');
    const { envelope } = read.event;
    const first = this.open[0]?.event.envelope;
    const goesOn =
      envelope.index === this.open.length &&
      (first === undefined || (first.commandId === envelope.commandId && first.count === envelope.count));
    if (!goesOn) return misfit('half-command');
    // Member by member: to spread it takes longer than all else here.
    const { head, seal, event: projected } = read;
    this.open.push({ head, seal, event: projected, sealKey: Math.max(this.sealKey, seal?.sealKey ?? 0) });
    if (this.open.length < envelope.count) return null;
    this.whole.push(...this.open);
    this.open = [];
    return null;
  }

  /** An event that does not fit ends the stream, unless a later one disowns what it can't follow. */
  private async meet(misfit: Damage, event: RecordedEvent): Promise<void> {
    let damage: Damage | null = misfit;
    while (damage !== null && (await this.passOver())) damage = this.add(event);
    if (damage !== null) {
      this.damage = damage;
      this.open = [];
    }
  }

  /** Leaves out what the stream disowns; false where it disowns nothing more than is known. */
  private async passOver(): Promise<boolean> {
    const found = await this.following.findDisowned(this.from.stream);
    // Those before the head were followed already, in batches before this one.
    const next = found.all.find(
      ({ first, last }) => last >= this.from.head.revision && this.disowned.around(first)?.last !== last,
    );
    if (next === undefined) return false;
    if (next.first <= this.from.head.revision) {
      [this.whole, this.given] = [[], 0];
      this.stop('disowned', next.first);
      return true;
    }
    this.disowned = found;
    const isBefore = ({ head }: Fitting): boolean => head.revision < next.first;
    this.whole = this.whole.filter(isBefore);
    this.open = this.open.filter(isBefore);
    this.given = Math.min(this.given, this.whole.length);
    return true;
  }

  private async addAll(events: ReadonlyArray<RecordedEvent>): Promise<void> {
    for (const event of events) {
      const misfit = this.add(event);
      if (misfit !== null) await this.meet(misfit, event);
    }
  }

  /** Events that were not delivered: the stream itself may have them. */
  private async fill(next: number, revision: number): Promise<void> {
    const missing = await this.following.stretch(this.from.stream, next, revision - 1);
    if (typeof missing === 'string') this.stop(missing, next);
    else await this.addAll(missing);
  }

  private async complete(): Promise<void> {
    const [first] = this.open;
    const last = this.open.at(-1);
    if (first === undefined || last === undefined) return;
    const next = last.head.revision + 1;
    const rest = await this.following.stretch(
      this.from.stream,
      next,
      first.head.revision + first.event.envelope.count - 1,
    );
    if (typeof rest === 'string') this.stop(rest, next);
    else await this.addAll(rest);
    // Its end may have been taken out of what the stream disowns.
    if (this.open.length > 0 && !(await this.passOver())) this.stop('half-command', this.head.revision + 1);
  }

  /** An event at or below the place that was reached: whether it is the one that was read there. */
  private async isKnown(event: RecordedEvent): Promise<boolean> {
    const here = [...this.whole, ...this.open].find(({ head }) => head.revision === event.revision);
    if (here === undefined) return leadsTo(this.from.head, event, this.following);
    const link = linkOf(event.metadata);
    return link !== null && sameChain(here.head.chain, link.chain);
  }

  /** What no good seal lies over is not projected, once a bad one was met. */
  private async checkSeals(): Promise<void> {
    const { checkSeal } = this.following;
    const last = this.whole.at(-1);
    if (checkSeal === null || last === undefined) return;
    let bad: PlacedSeal | null = null;
    let good: PlacedSeal | null = null;
    let seal = this.newestSeal(() => true);
    while (seal !== null && good === null) {
      const { revision } = seal;
      const verdict = await checkSeal(seal);
      if (verdict === 'good') good = seal;
      if (verdict === 'bad') bad = seal;
      // A good one vouches for all before it, and what nobody can check says nothing: go on only behind a bad one.
      seal = bad === null ? null : this.newestSeal((one) => one.revision < revision);
    }
    if (good !== null) this.checked = good.revision;
    // What a replaced log key sealed may be disowned from the beginning on: once it is shown, that comes too late.
    else if (bad === null && this.from.head.revision < 0 && (await this.passOver())) return this.checkSeals();
    if (bad !== null) return this.cut(good?.revision ?? this.from.head.revision, bad.revision);
    if (last.seal !== null) return;
    // Its end may lie beyond this batch, but not behind damage.
    const { following, sealKey, damage } = this;
    const { stream } = this.from;
    if (damage === null && (await isSealedBeyond({ stream, head: last.head, sealKey }, following, checkSeal)))
      return;
    const sealed = this.newestSeal(() => true)?.revision ?? this.from.head.revision;
    await this.cut(sealed, sealed + 1);
  }

  /** What no good seal lies over is left out. It is no damage where the stream itself disowns it. */
  private async cut(projectedTo: number, revision: number): Promise<void> {
    if (this.damage === null && (await this.passOver())) return this.checkSeals();
    this.whole = this.whole.filter(({ head }) => head.revision <= projectedTo);
    this.stop('seal', revision);
  }
}
