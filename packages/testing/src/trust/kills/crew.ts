import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { countVerified, type Count } from './count';
import { startDriver, type Ended } from './keyturnProcess';
import { Memory } from './memory';
import { nextOrder, wordsAt, type Order } from './orders';
import { copyOfPlace, type Place } from './place';
import type { ShadowLibrary } from './powerLoss/library';
import { startShadow, type Shadow } from './powerLoss/shadow';
import type { Random } from './random';
import type { Stage } from './stage';
import { noteSealed } from './vaultRows';
import { verify, type Verified } from './verify';

/** Somebody who gives orders until the process that does them is killed. */
interface Worker {
  readonly ask: (order: Order) => Promise<Ended | null>;
  readonly kill: () => Promise<void>;
}

/** How long orders take by and large, in milliseconds: kills are spread over that. */
const ORDER_MS = 60;
const PROCESS_MS = 700;

/** A driver, or one process after the other. */
const driverWorker = async (stage: Stage, place: Place, shadow: Shadow | null): Promise<Worker> => {
  const driver =
    shadow === null
      ? await stage.driver()
      : await startDriver({ env: { ...stage.env, ...shadow.env } });
  return {
    ask: (order) => driver.ask(wordsAt(place, order), order.input),
    kill: driver.kill,
  };
};

const processWorker = (stage: Stage, place: Place, shadow: Shadow | null): Worker => {
  let [kill, killed] = [(): void => undefined, false];
  return {
    ask: async (order) => {
      if (killed) return null;
      const victim = stage.start(place, order, { preload: [], env: { ...shadow?.env } });
      ({ kill } = victim);
      const ended = await victim.ended;
      return killed && ended.status === null && ended.stdout === '' ? null : ended;
    },
    kill: async () => {
      killed = true;
      kill();
      await Promise.resolve();
    },
  };
};

/** What several kills on one directory came to. */
export interface Crew {
  readonly violations: ReadonlyArray<string>;
}

/**
 * Lets one to three workers do what comes to mind on one data directory, kills them at random, checks, and goes on with what
 * is left: so many times. With a library each kill is a power loss.
 */
export const crewOf = async (
  stage: Stage,
  kills: number,
  library: ShadowLibrary | null,
  random: Random,
  count: Count,
): Promise<ReadonlyArray<string>> => {
  const place = copyOfPlace(stage.initial);
  const shadowDirectory = `${place.directory}.shadow`;
  const memory = new Memory();
  const violations: string[] = [];
  let keyrings: Verified['keyrings'] = new Map();

  const work = async (worker: Worker, isOver: () => boolean): Promise<void> => {
    while (!isOver()) {
      const order = nextOrder(random, keyrings, stage.sandbox, memory, place);
      const ended = await worker.ask(order);
      memory.hear(order, ended);
      if (ended === null || ended.status === null) return;
      if (ended.status === 3) violations.push(`\`${order.words.join(' ')}\` ended with a fault: ${ended.stderr}`);
      if (order.input !== undefined) noteSealed(place, memory);
    }
  };

  try {
    for (let done = 0; done < kills; done += 1) {
      const shadow =
        library === null ? null : startShadow(place.directory, shadowDirectory, library, random);
      const workers = await Promise.all(
        Array.from({ length: random.pick([1, 1, 2, 3]) }, async () => {
          const isProcess = random.chance(0.3);
          const worker = isProcess ? processWorker(stage, place, shadow) : await driverWorker(stage, place, shadow);
          return { worker, isProcess };
        }),
      );
      const together = library !== null || random.chance(0.5);
      const after = (isProcess: boolean): number =>
        isProcess ? PROCESS_MS / 2 + random.below(PROCESS_MS) : random.below(5 * ORDER_MS);
      const shared = after(workers.some(({ isProcess }) => isProcess));
      await Promise.all(
        workers.map(async ({ worker, isProcess }) => {
          let over = false;
          const working = work(worker, () => over);
          await delay(together ? shared : after(isProcess));
          over = true;
          await worker.kill();
          await working;
        }),
      );
      if (shadow === null) count['kills at random'] += workers.length;
      else {
        count['power losses'] += 1;
        shadow.lose(random.pick(['nothing', 'some']));
      }
      const verified = await verify(place, memory, stage.steward);
      countVerified(count, verified);
      violations.push(...verified.violations);
      ({ keyrings } = verified);
      if (violations.length > 0) break;
    }
    count['commands told done'] += memory.told;
    return violations;
  } finally {
    rmSync(shadowDirectory, { recursive: true, force: true });
    place.remove();
  }
};
