import { existsSync, readFileSync, rmSync } from 'node:fs';
import { countVerified, type Count } from './count';
import { KILL_POINT, type Ended, type Victim } from './keyturnProcess';
import { Memory } from './memory';
import { INIT, wordsAt, type Order } from './order';
import { newPlace, type Place } from './place';
import type { ShadowLibrary } from './powerLoss/library';
import { startShadow, type Kept } from './powerLoss/shadow';
import type { Prepared } from './prepared';
import type { Random } from './random';
import type { Scenario } from './scenarios';
import { measure, type Stage } from './stage';
import { verify } from './verify';

/** The states that scenarios start from. */
export type States = Readonly<Record<'prepared' | 'broken', Prepared>>;

/** Where a command is killed, and whether the power goes with it. */
export interface Strike {
  /** Before its n-th write to a database, from 1. */
  readonly write?: number;
  /** While it waits for the vendor's answer to a call with this secret. */
  readonly held?: (order: Order, memory: Memory) => string;
  /** Before its n-th change of a file by a system call, from 1. Only with a library. */
  readonly change?: number;
  readonly library?: ShadowLibrary;
  /** What a power loss keeps of what was not flushed; no power loss when left out. */
  readonly loss?: Kept;
  /** Modules that are loaded before the product. */
  readonly preload?: ReadonlyArray<string>;
}

/** How often the server that holds the vault crashes, too. */
const CRASHES = 0.5;

export interface Struck {
  readonly violations: ReadonlyArray<string>;
  readonly killed: boolean;
  /** How many changes by system calls a command made that was not killed; null when that was not counted. */
  readonly changes: number | null;
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

const numberIn = (file: string): number | null =>
  existsSync(file) ? Number(readFileSync(file, 'utf8')) : null;

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
  const [shadowDirectory, changes] = [`${place.directory}.shadow`, `${place.directory}.changes`];
  try {
    const keys = (state ?? states.prepared).keys;
    const order = scenario.order(stage, keys, memory, place);
    const shadow =
      how.library === undefined ? null : startShadow(place.directory, shadowDirectory, how.library, random);
    const start = (): Victim =>
      stage.start(place, order, {
        env: {
          ...shadow?.env,
          TRUST_CHANGES: changes,
          TRUST_KILL_POINT: how.write === undefined ? undefined : String(how.write),
          TRUST_KILL_AT: how.change === undefined ? undefined : String(how.change),
        },
        preload: how.preload ?? [KILL_POINT],
      });
    const began = performance.now();
    const end = await endOf(stage, start, how.held?.(order, memory));
    if (end.status !== null) measure(stage, 'process', began);
    memory.hear(order, end);
    count['commands told done'] += memory.told;
    if (how.loss !== undefined) shadow?.lose(how.loss);
    if (place.vault.crash !== null && random.chance(CRASHES)) {
      await (
        await place.vault.crash()
      )();
      count['server crashes'] += 1;
    }
    const initialised = scenario.on === 'nothing' ? await settled(stage, place, end.status === 0) : [];
    const verified = await verify(place, memory, stage.steward);
    countVerified(count, verified);
    return {
      violations: [...initialised, ...verified.violations],
      killed: end.status === null,
      changes: numberIn(changes),
    };
  } finally {
    for (const path of [shadowDirectory, changes]) rmSync(path, { recursive: true, force: true });
    await place.remove();
  }
};
