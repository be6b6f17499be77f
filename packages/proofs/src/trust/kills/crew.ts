import { setTimeout as delay } from 'node:timers/promises';
import { countVerified, type Count } from './count';
import type { Ended } from './keyturnProcess';
import { Memory } from './memory';
import { nextOrder } from './nextOrder';
import { wordsAt, type Order } from './order';
import type { Place } from './place';
import type { Random } from './random';
import { measure, type Stage } from './stage';
import { noteSealed } from './vaultRows';
import { verify, type Verified } from './verify';

/** Somebody who gives orders until the process that does them is killed. */
interface Worker {
  readonly ask: (order: Order) => Promise<Ended | null>;
  readonly kill: () => Promise<void>;
}

/**
 * How often a worker gets one order done before the time to its kill begins: else it is killed in its first, mostly.
 */
const WARM = 0.5;

/** Codes of faults that no kill may bring about. Others pass: a row that is frozen, a file that is busy. */
const DAMAGE = new RegExp(
  '"code": "(tampered|corrupt|defect|undecodable-history|other-[a-z-]+|event-store-behind' +
    '|incomplete-data-directory|not-initialised)"',
);

type Kind = keyof Stage['pace'];

/**
 * How often the server that holds the vault crashes while they work: once an order is done, or after so many times as
 * long as they get.
 */
const CRASHES = 0.5;
const PATIENCE = 4;

/** A driver, or one process after the other. */
const driverWorker = async (stage: Stage, place: Place): Promise<Worker> => {
  const driver = await stage.driver();
  return {
    ask: (order) => driver.ask(wordsAt(place, order), order.input, place.vault.env),
    kill: driver.kill,
  };
};

const processWorker = (stage: Stage, place: Place): Promise<Worker> => {
  let [kill, killed] = [(): void => undefined, false];
  return Promise.resolve({
    ask: (order) => {
      if (killed) return Promise.resolve(null);
      const victim = stage.start(place, order);
      ({ kill } = victim);
      return victim.ended;
    },
    kill: () => {
      killed = true;
      kill();
      return Promise.resolve();
    },
  });
};

/**
 * Lets one to three workers do what comes to mind on one data directory, kills them at random, checks, and goes on with
 * what is left: so many times.
 */
export const crewOf = async (
  stage: Stage,
  kills: number,
  random: Random,
  count: Count,
): Promise<ReadonlyArray<string>> => {
  const place = await stage.initial.copy();
  const memory = new Memory();
  const violations: string[] = [];
  let keyrings: Verified['keyrings'] = new Map();

  const work = async (
    worker: Worker,
    kind: Kind,
    isOver: () => boolean,
    oneDone: () => void,
  ): Promise<void> => {
    while (!isOver()) {
      const order = nextOrder(random, keyrings, stage.sandbox, memory, place);
      const began = performance.now();
      const ended = await worker.ask(order);
      memory.hear(order, ended);
      if (ended === null || ended.status === null) return;
      measure(stage, kind, began);
      oneDone();
      if (DAMAGE.test(ended.stdout)) violations.push(`\`${order.words.join(' ')}\`: ${ended.stderr}`);
      // While its server is away nothing can be noted; what is still there after the kill will be.
      if (order.input !== undefined) await noteSealed(place, memory).catch(() => undefined);
    }
  };

  try {
    for (let done = 0; done < kills; done += 1) {
      const workers = await Promise.all(
        Array.from({ length: random.pick([1, 1, 2, 3]) }, async () => {
          const kind: Kind = random.chance(0.3) ? 'process' : 'driver';
          const make = kind === 'process' ? processWorker : driverWorker;
          return { worker: await make(stage, place), kind };
        }),
      );
      const after = (kind: Kind): number => {
        const pace = stage.pace[kind];
        return kind === 'process' ? pace * 0.3 + random.below(pace) : random.below(6 * pace);
      };
      const together = random.chance(0.5);
      const shared = Math.max(...workers.map(({ kind }) => after(kind)));
      const { crash } = place.vault;
      let begun = (): void => undefined;
      const beginning = new Promise<void>((resolve) => (begun = resolve));
      const crashIn = random.below(shared);
      const crashing =
        crash !== null && random.chance(CRASHES)
          ? Promise.race([beginning, delay(PATIENCE * shared)]).then(() => delay(crashIn).then(crash))
          : null;
      await Promise.all(
        workers.map(async ({ worker, kind }) => {
          let [over, oneDone] = [false, (): void => undefined];
          const warm = new Promise<void>((resolve) => (oneDone = resolve));
          void warm.then(begun);
          const working = work(worker, kind, () => over, oneDone);
          if (random.chance(WARM)) await Promise.race([warm, working]);
          await delay(together ? shared : after(kind));
          over = true;
          await worker.kill();
          await working;
        }),
      );
      if (crashing !== null) {
        await (
          await crashing
        )();
        count['server crashes'] += 1;
      }
      count['kills at random'] += workers.length;
      const verified = await verify(place, memory, stage.steward);
      countVerified(count, verified);
      violations.push(...verified.violations);
      ({ keyrings } = verified);
      if (violations.length > 0) break;
    }
    count['commands told done'] += memory.commandsDone;
    return violations;
  } finally {
    await place.remove();
  }
};
