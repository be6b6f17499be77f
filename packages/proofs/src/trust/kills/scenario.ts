import type { Memory } from './memory';
import type { Order } from './order';
import type { Place } from './place';
import type { Prepared } from './prepared';
import type { Stage } from './stage';

/** One command on a state in which it has something to do. */
export interface Scenario {
  readonly name: string;
  readonly on: 'prepared' | 'broken' | 'nothing';
  /** It is a word of the leak case that is prepared, which has to come to its end afterwards. */
  readonly goesOn?: true;
  /** Built anew for each kill: what it pastes is remembered. */
  readonly order: (stage: Stage, keys: Prepared['keys'], memory: Memory, place: Place) => Order;
}
