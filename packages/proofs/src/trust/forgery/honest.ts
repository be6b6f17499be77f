import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreFault, type EventStore } from '@keyturn/event-store';
import { isRefusal, type Failure, type Keyturn } from '@keyturn/service';
import { expectRight } from '@keyturn/testbed';
import { VaultFault, type Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Random } from '../kills/random';
import type { OpenPlace, Place } from './places';
import { coldService, contextOf, inhabit, OPERATOR } from './world';

export interface HonestCounts {
  commands: number;
  kills: number;
  restarts: number;
  /** Appends that another service was before. */
  conflicts: number;
  /** Answers that got lost, before or after the append. */
  lost: number;
  alarms: number;
}

const MOST_WORKSPACES = 96;
const COMMANDS_PER_WORKSPACE = 50;
const SERVICES = 3;
const IN_FLIGHT = 96;
/** How often a command comes to another service than most of its workspace do: there the two conflict. */
const ASTRAY = 0.05;
const LAGS_MS = [0, 0, 5, 25];

/** Faults of a machine under load, or of what is made here: they say nothing of the log. */
const PASSING: ReadonlyArray<string> = [
  'contention',
  'outcome-unknown',
  'unavailable',
  'release-too-late',
  'rate-limited',
];

const gone = new StoreFault('unavailable', 'The process was killed: a trust check has it so.');
const lost = new StoreFault('outcome-unknown', 'No answer came: a trust check has it so.');

/** A service, over a store and a vault that are not there any more once it is killed. */
interface Instance {
  readonly keyturn: Keyturn;
  readonly kill: () => void;
}

const instanceOn = (store: EventStore, vault: Vault, random: Random, counts: HonestCounts): Instance => {
  let killed = false;
  const isKilled = (): boolean => killed;
  const away: TaskEither<VaultFault, never> = TE.left(new VaultFault('unavailable', 'It was killed.'));
  const eventStore: EventStore = {
    ...store,
    append: (stream, expected, events) => async () => {
      if (isKilled()) return E.left(gone);
      if (random.chance(0.004)) {
        counts.lost += 1;
        return E.left(lost);
      }
      const appended = await store.append(stream, expected, events)();
      if (E.isLeft(appended) && appended.left._tag === 'AppendConflict') counts.conflicts += 1;
      if (isKilled()) return E.left(gone);
      if (E.isLeft(appended) || !random.chance(0.004)) return appended;
      counts.lost += 1;
      return E.left(lost);
    },
  };
  return {
    keyturn: coldService({
      eventStore,
      vault: {
        ...vault,
        // What is due when it is killed never comes.
        keepWitnesses: (heads) => () => (isKilled() ? away : vault.keepWitnesses(heads))(),
      },
    }),
    kill: () => {
      killed = true;
    },
  };
};

/** What a fault says that should not be there; null for a refusal and for what passes. */
const alarmIn = (outcome: E.Either<Failure, unknown>): string | null => {
  if (E.isRight(outcome) || isRefusal(outcome.left) || PASSING.includes(outcome.left.code)) return null;
  return `an honest command came to ${outcome.left.code}: ${outcome.left.message}`;
};

interface Crew {
  readonly instances: Instance[];
  readonly stores: ReadonlyArray<EventStore>;
  readonly place: Place;
  readonly random: Random;
  readonly counts: HonestCounts;
}

/** A workspace that commands are played in. */
interface Home {
  readonly workspaceId: string;
  /** The service that most of its commands come to. */
  readonly service: number;
  /** Runs that were started. */
  readonly open: string[];
}

/** A new service in the place of one that was killed, or that ended in order. */
const replaceOne = async ({ instances, stores, place, random, counts }: Crew): Promise<void> => {
  const at = random.below(SERVICES);
  const [old, store] = [instances[at], stores[at]];
  if (old === undefined || store === undefined) return;
  if (random.chance(0.7)) {
    old.kill();
    counts.kills += 1;
  } else {
    await old.keyturn.settled();
    counts.restarts += 1;
  }
  instances[at] = instanceOn(store, place.vault, random, counts);
};

const command = (
  keyturn: Keyturn,
  random: Random,
  workspaceId: string,
  open: string[],
): TaskEither<Failure, unknown> => {
  const context = contextOf(workspaceId);
  const known = open.length > 4 || (open.length > 0 && random.chance(0.5)) ? open.shift() : undefined;
  if (known !== undefined) return keyturn.finishRun(context, { runId: known });
  const runId = randomUUID();
  if (random.chance(0.02)) return keyturn.history(context);
  open.push(runId);
  return random.chance(0.05)
    ? keyturn.startRunWithSecret(context, { runId }, () => TE.right(undefined))
    : keyturn.startRun(context, { runId });
};

/** Plays honest commands of several services at once, and gives the alarms that there should not be. */
export const playHonest = async (
  openPlace: OpenPlace,
  random: Random,
  commands: number,
  counts: HonestCounts,
  tell: () => void,
): Promise<ReadonlyArray<string>> => {
  const place = await openPlace();
  const stores: EventStore[] = [];
  const alarms: string[] = [];
  const noteIn = (outcome: E.Either<Failure, unknown>): void => {
    const alarm = alarmIn(outcome);
    if (alarm === null) return;
    counts.alarms += 1;
    alarms.push(alarm);
  };
  try {
    for (let n = 0; n < SERVICES; n += 1) stores.push(await place.openStore());
    const instances = stores.map((store) => instanceOn(store, place.vault, random, counts));
    const crew: Crew = { instances, stores, place, random, counts };
    const homes = Math.min(MOST_WORKSPACES, Math.ceil(commands / COMMANDS_PER_WORKSPACE));
    const workspaces: ReadonlyArray<Home> = Array.from({ length: homes }, (_, n) => ({
      workspaceId: `h${n}`,
      service: n % SERVICES,
      open: [],
    }));
    const [first] = stores;
    if (first === undefined) return [];
    const founding = coldService({ eventStore: first, vault: place.vault });
    await Promise.all(workspaces.map(({ workspaceId }) => inhabit(founding, workspaceId, random)));
    await founding.settled();
    let left = commands;
    const work = async (): Promise<void> => {
      while (left > 0 && alarms.length === 0) {
        left -= 1;
        const { workspaceId, service, open } = random.pick(workspaces);
        const own = random.chance(ASTRAY) ? undefined : instances[service];
        const { keyturn } = own ?? random.pick(instances);
        noteIn(await command(keyturn, random, workspaceId, open)());
        counts.commands += 1;
        if (counts.commands % 1_000 === 0) {
          tell();
          await pause(0);
        }
        if (random.chance(0.002)) await replaceOne(crew);
        if (random.chance(0.002)) place.setIndexLag(random.pick(LAGS_MS));
        if (random.chance(0.0005)) noteIn(await keyturn.sweep({ actor: OPERATOR })());
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, work));
    place.setIndexLag(0);
    for (const { keyturn } of instances) await keyturn.settled();
    // All of it is whole in the end, for whoever comes cold.
    const last = coldService({ eventStore: first, vault: place.vault });
    for (const { workspaceId } of workspaces) noteIn(await last.history(contextOf(workspaceId))());
    const swept = await expectRight(last.sweep({ actor: OPERATOR, graceMs: 0 }));
    for (const { kind, reason } of swept.pending) {
      if (kind !== 'workspace') continue;
      counts.alarms += 1;
      alarms.push(`a sweep left an honest workspace alone: ${reason}`);
    }
    await last.settled();
    return alarms.slice(0, 3);
  } finally {
    for (const store of stores) await store.close();
    await place.close();
  }
};
