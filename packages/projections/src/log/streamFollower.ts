import { linkOf, type RecordedEvent, type StreamHead } from '@keyturn/event-store';
import type { StreamState } from '../database/streamStates';
import type { ProjectedEvent } from '../runtime/projector';
import type { Damage, Differs } from './damage';
import { type FittingEvent, isDamage, type ReadEvent } from './eventReading';
import type { CheckSeal, PlacedSeal } from './sealChecking';
import type { ReadStretch } from './streamReading';

/** What a follower works with. */
export interface Following {
  readonly read: ReadEvent;
  readonly stretch: ReadStretch;
  /** Null where no vault is open. */
  readonly checkSeal: CheckSeal | null;
}

/** An event of a stream that may be a projection's: where the stream stands when it is projected. */
interface Fitting extends FittingEvent {
  /** The highest number of a log key up to here. */
  readonly sealKey: number;
}

/** Most appends are shorter. */
const FIRST_STRETCH = 16;

const sameChain = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/**
 * Follows one stream through a batch. Only whole commands come out of it. The first event that does not fit ends it:
 * what lies before that event is what the stream gives, for good.
 */
export class StreamFollower {
  /** Whole commands of this batch. */
  private whole: Fitting[] = [];
  /** The command that is not whole yet. */
  private open: Fitting[] = [];
  private damage: Damage | null;
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
    if (event.type.startsWith('$')) {
      if (event.type === '$streamDeleted') this.stop('tombstoned', this.head.revision + 1);
      return [];
    }
    const { revision } = event;
    const next = this.head.revision + 1;
    if (revision < next) {
      if (!(await this.isKnown(event))) this.stop('doubled', revision);
      return [];
    }
    const before = this.whole.length;
    if (revision > next) await this.fill(next, revision);
    this.add(event);
    return this.whole.slice(before).map((one) => one.event);
  }

  /**
   * Ends the batch: a command that is still open has to be whole in the stream, and where seals are checked the newest
   * of them has to be good. Gives the commands that this completes.
   */
  async end(): Promise<ReadonlyArray<ProjectedEvent>> {
    if (this.damage !== null && this.whole.length === 0) return [];
    const before = this.whole.length;
    if (this.damage === null) await this.complete();
    await this.checkSeals();
    return this.whole.slice(before).map((one) => one.event);
  }

  /** Up to here the events of this batch are projected. */
  get projectedTo(): number {
    return this.whole.at(-1)?.head.revision ?? this.from.head.revision;
  }

  /** Where the stream stands behind the batch. */
  state(): StreamState {
    const last = this.whole.at(-1);
    const sealedTo = this.sealedTo;
    const seal = this.newestSeal(() => true) ?? this.from.unchecked;
    return {
      ...this.from,
      ...(last === undefined
        ? {}
        : {
            head: last.head,
            eventId: last.event.recorded.id,
            position: last.event.recorded.position,
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

  private add(event: RecordedEvent): void {
    if (this.damage !== null) return;
    const read = this.following.read(this.head, event);
    if (isDamage(read)) {
      this.open = [];
      this.damage = read;
      return;
    }
    // A key that was replaced seals nothing more.
    if (read.seal !== null && read.seal.sealKey < this.sealKey) {
      this.stop('seal', event.revision);
      return;
    }
    const { envelope } = read.event;
    const first = this.open[0]?.event.envelope;
    const goesOn =
      envelope.index === this.open.length &&
      (first === undefined || (first.commandId === envelope.commandId && first.count === envelope.count));
    if (!goesOn) {
      this.stop('half-command', event.revision);
      return;
    }
    this.open.push({ ...read, sealKey: Math.max(this.sealKey, read.seal?.sealKey ?? 0) });
    if (this.open.length < envelope.count) return;
    this.whole.push(...this.open);
    this.open = [];
  }

  /** Events that were not delivered: the stream itself may have them. */
  private async fill(next: number, revision: number): Promise<void> {
    const missing = await this.following.stretch(this.from.stream, next, revision - 1);
    if (typeof missing === 'string') this.stop(missing, next);
    else for (const event of missing) this.add(event);
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
    else for (const event of rest) this.add(event);
    if (this.open.length > 0) this.stop('half-command', this.head.revision + 1);
  }

  /** An event at or below the place that was reached: whether it is the one that was read there. */
  private async isKnown(event: RecordedEvent): Promise<boolean> {
    const { stream, revision } = event;
    const link = linkOf(event.metadata);
    if (link === null) return false;
    let head: StreamHead = { revision, chain: link.chain };
    const here = [...this.whole, ...this.open].find((one) => one.head.revision === revision)?.head;
    if (here !== undefined) return sameChain(here.chain, head.chain);
    if (revision < this.from.head.revision) {
      const between = await this.following.stretch(stream, revision + 1, this.from.head.revision);
      if (typeof between === 'string') return true;
      for (const one of between) {
        const read = this.following.read(head, one);
        if (isDamage(read)) return false;
        ({ head } = read);
      }
    }
    return head.revision === this.from.head.revision && sameChain(head.chain, this.from.head.chain);
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
    if (bad !== null) {
      this.cut(good?.revision ?? this.from.head.revision, bad.revision);
      return;
    }
    if (last.seal !== null || (await this.isSealedBeyond(last, checkSeal))) return;
    const sealed = this.newestSeal(() => true)?.revision ?? this.from.head.revision;
    this.cut(sealed, sealed + 1);
  }

  /** Every append ends with a seal: its end may lie beyond this batch, but not beyond the stream, nor behind damage. */
  private async isSealedBeyond({ head: from }: Fitting, checkSeal: CheckSeal): Promise<boolean> {
    if (this.damage !== null) return false;
    const { read, stretch } = this.following;
    let head = from;
    for (let events = FIRST_STRETCH; ; events *= 2) {
      const more = await stretch(this.from.stream, head.revision + 1, head.revision + events);
      if (typeof more === 'string' || more.length === 0) return false;
      for (const event of more) {
        const next = read(head, event);
        if (isDamage(next)) return false;
        const { seal } = next;
        if (seal !== null) return seal.sealKey >= this.sealKey && (await checkSeal(seal)) !== 'bad';
        ({ head } = next);
      }
    }
  }

  private cut(projectedTo: number, revision: number): void {
    this.whole = this.whole.filter(({ head }) => head.revision <= projectedTo);
    this.stop('seal', revision);
  }
}
