import type { KeyBehaviour } from '@keyturn/vendors/sandbox';
import type { Ended } from './keyturnProcess';
import type { Order } from './order';
import { factsIn, type Fact } from './facts';

/** A secret that was pasted, whatever became of it. */
export interface Pasted {
  readonly workspaceId: string;
  readonly vendor: string;
  readonly secret: string;
  /** What its vendor answers. */
  readonly answered: KeyBehaviour;
}

/** What outlives a kill in the mind of whoever gave the orders. */
export class Memory {
  /** What callers were told. */
  readonly facts: Fact[] = [];
  /** Ids of the events that were seen, by workspace. */
  readonly seen = new Map<string, ReadonlyArray<string>>();
  /** Sealed secret and sealed data key of every row that was seen, by workspace and key id. */
  readonly sealed = new Map<string, ReadonlyArray<Buffer>>();
  readonly pastes: Pasted[] = [];
  /** Admin credentials that were given on standard input. */
  readonly credentials: string[] = [];
  #commandsDone = 0;
  #number = 0;

  /** How many commands were told done. */
  get commandsDone(): number {
    return this.#commandsDone;
  }

  pasted(paste: Pasted): void {
    this.pastes.push(paste);
  }

  secretsOf(workspaceId: string): ReadonlyArray<Pasted> {
    return this.pastes.filter((paste) => paste.workspaceId === workspaceId);
  }

  nextNumber(): number {
    return (this.#number += 1);
  }

  /** Notes what a command said, when it said it to the end and it was not a refusal. */
  hear(order: Order, ended: Ended | null): void {
    if (ended === null || (ended.status !== 0 && ended.status !== null)) return;
    const facts = factsIn(order, ended.stdout);
    if (facts === null) return;
    this.#commandsDone += 1;
    this.facts.push(...facts);
  }

  /** For a copy of the place that this is about. */
  copy(): Memory {
    const copy = new Memory();
    copy.facts.push(...this.facts);
    copy.pastes.push(...this.pastes);
    copy.credentials.push(...this.credentials);
    for (const [workspaceId, ids] of this.seen) copy.seen.set(workspaceId, ids);
    for (const [key, blobs] of this.sealed) copy.sealed.set(key, blobs);
    copy.#number = this.#number;
    return copy;
  }
}
