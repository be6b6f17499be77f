import { setTimeout as delay } from 'node:timers/promises';

/** Commands of one append at most, about: who has so many under way waits longest. */
const MANY = 64;
/** How many times as long as an append takes: in between others go on without a conflict. */
const LONGEST_PAUSE = 64;
/** After so many times as long as an append takes it is another process's turn. */
const TURN = 128;
/** So long at most, on a machine that is overloaded, too. */
const LONGEST_PAUSE_MS = 1_000;
/** One in so many commands may be lost before a process waits. */
const ONE_IN = 5;
/** More than so many that went through count for nothing: what was long ago says little. */
const MOST_COUNTED = 4 * MANY;
/** Once others have appended to a stream, so many batches look at its head before they are decided. */
const LOOKS_AHEAD = 3;

/**
 * Takes turns with other processes on the same event store. Where many commands meet conflicts, or others have been
 * there for a while, this process begins nothing for some time, and then goes on from what the others have left: so
 * nobody's work is lost again and again. One busy workspace among many does not hold up the others.
 */
export class Turns {
  #won = 0;
  #lost = 0;
  /** Since when others are known to append, too; and what this process has appended since then. */
  #others: { readonly since: number; won: number } | null = null;
  #pause: { readonly begun: number; readonly jitter: number; until: number } | null = null;
  #pauses = 0;

  /** How often this process has waited: each time others may have appended anywhere. */
  get pauses(): number {
    return this.#pauses;
  }

  /** Waits for this process's turn. */
  async wait(): Promise<void> {
    for (let left = this.#left(); left > 0; left = this.#left()) await delay(left);
  }

  /** Others have appended. */
  metOthers(): void {
    this.#others ??= { since: performance.now(), won: 0 };
  }

  /** So many commands were appended, which took so long. */
  won(commands: number, tookMs: number): void {
    this.#left();
    this.#won = Math.min(MOST_COUNTED, this.#won + commands);
    if (this.#others === null) return;
    this.#others.won += commands;
    if (performance.now() - this.#others.since < TURN * tookMs) return;
    this.#pauseFor(tookMs, this.#others.won / (TURN * MANY));
  }

  /** So many commands met a conflict, at their nth attempt, which took so long. */
  lost(commands: number, attempt: number, tookMs: number): void {
    this.#left();
    this.metOthers();
    this.#lost += commands * attempt;
    if (this.#lost * ONE_IN > this.#lost + this.#won) this.#pauseFor(tookMs, this.#lost / MANY);
  }

  #pauseFor(tookMs: number, share: number): void {
    this.#pause ??= { begun: performance.now(), jitter: 0.5 + Math.random(), until: 0 };
    const { begun, jitter, until } = this.#pause;
    const longest = Math.min(LONGEST_PAUSE_MS, LONGEST_PAUSE * tookMs);
    this.#pause.until = Math.max(until, begun + jitter * longest * Math.min(1, share));
  }

  #left(): number {
    if (this.#pause === null) return 0;
    const left = this.#pause.until - performance.now();
    if (left > 0) return left;
    this.#pause = null;
    this.#others = null;
    this.#won = 0;
    this.#lost = 0;
    this.#pauses += 1;
    return 0;
  }
}

/** Whether others have lately appended to one stream. */
export class Others {
  #looks = 0;
  #pauses = 0;

  /** Whether a keyring in memory is likely to be behind the stream: to look costs less than a conflict. */
  areLikely({ pauses }: Pick<Turns, 'pauses'>): boolean {
    if (pauses !== this.#pauses) this.#looks = Math.max(1, this.#looks);
    this.#pauses = pauses;
    return this.#looks > 0;
  }

  /** What a look at the stream's head, or a conflict, has shown. */
  saw(haveAppended: boolean): void {
    this.#looks = haveAppended ? LOOKS_AHEAD : Math.max(0, this.#looks - 1);
  }
}
