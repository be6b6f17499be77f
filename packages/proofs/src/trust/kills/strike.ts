import { countVerified, type Count } from './count';
import { goOn } from './goOn';
import type { Ended, Victim } from './keyturnProcess';
import { Memory } from './memory';
import { INIT, wordsAt, type Order } from './order';
import { newPlace, type Place } from './place';
import type { Prepared } from './prepared';
import type { Random } from './random';
import type { Scenario } from './scenario';
import { measure, type Stage } from './stage';
import { verify } from './verify';

/** The states that scenarios start from. */
export type States = Readonly<Record<'prepared' | 'broken', Prepared>>;

/** Where a command is killed. */
export interface Strike {
  /** Before its n-th write to a database, from 1. */
  readonly write?: number;
  /** While it waits for the vendor's answer to a call with this secret. */
  readonly held?: (order: Order, memory: Memory) => string;
}

/** How often the server that holds the vault crashes, too. */
const CRASHES = 0.5;

export interface Struck {
  readonly violations: ReadonlyArray<string>;
  readonly killed: boolean;
}

/** Initialises what may be initialised already: an `init` that was told done is not to be done again. */
const settled = async (stage: Stage, place: Place, toldDone: boolean): Promise<ReadonlyArray<string>> => {
  const again = await stage.steward.ask(wordsAt(place, INIT), '', place.vault.env);
  if (again?.status === 0) {
    return toldDone ? ['`init` was told done, and nothing was there to tell that it was'] : [];
  }
  return again?.stdout.includes('already-initialised') === true
    ? []
    : [`init can't be run again after it was cut off: ${again?.stderr ?? ''}`];
};

/** Lets a command run to its end, or to where it waits for the vendor. */
const endOf = async ({ sandbox }: Stage, start: () => Victim, held: string | undefined): Promise<Ended> => {
  if (held === undefined) return start().ended;
  const calls = sandbox.callsWith(held).length;
  sandbox.setBehaviour(held, 'held');
  const victim = start();
  await Promise.race([sandbox.untilCalled(held, calls + 1), victim.ended]);
  victim.kill();
  const end = await victim.ended;
  sandbox.release(held);
  sandbox.setBehaviour(held, 'valid');
  return end;
};

/** Does one command on a state, kills it at one point, and checks what is left. */
export const strike = async (
  stage: Stage,
  states: States,
  scenario: Scenario,
  how: Strike,
  random: Random,
  count: Count,
): Promise<Struck> => {
  const state = scenario.on === 'nothing' ? null : states[scenario.on];
  const place = await (state === null ? newPlace(stage.kind) : state.place.copy());
  const memory = state === null ? new Memory() : state.memory.copy();
  try {
    const keys = (state ?? states.prepared).keys;
    const order = scenario.order(stage, keys, memory, place);
    const start = (): Victim =>
      stage.start(place, order, {
        TRUST_KILL_POINT: how.write === undefined ? undefined : String(how.write),
      });
    const began = performance.now();
    const end = await endOf(stage, start, how.held?.(order, memory));
    if (end.status !== null) measure(stage, 'process', began);
    memory.hear(order, end);
    count['commands told done'] += memory.commandsDone;
    if (place.vault.crash !== null && random.chance(CRASHES)) {
      await (
        await place.vault.crash()
      )();
      count['server crashes'] += 1;
    }
    const initialised = scenario.on === 'nothing' ? await settled(stage, place, end.status === 0) : [];
    const verified = await verify(place, memory, stage.steward);
    countVerified(count, verified);
    const goingOn =
      scenario.goesOn === true && verified.violations.length === 0
        ? await goOn(stage, place, memory, keys, () => scenario.order(stage, keys, memory, place))
        : [];
    return { violations: [...initialised, ...verified.violations, ...goingOn], killed: end.status === null };
  } finally {
    await place.remove();
  }
};
