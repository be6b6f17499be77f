import { randomUUID } from 'node:crypto';
import type { EventStore } from '@keyturn/event-store';
import { isRefusal, pairVault, type Failure, type Keyturn, type WriteResult } from '@keyturn/service';
import { expectRight } from '@keyturn/testbed';
import type { Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { FaultyVault } from '../faulty/vaults';
import { contextOf, OPERATOR } from '../forgery/world';
import type { Random } from '../kills/random';
import type { Deployed } from './deployed';
import { instanceOn, type Instance } from './instance';

const WORKSPACES = 4;
const VENDORS = ['anthropic', 'openai'];
const PROJECTS = ['p-1', 'p-2'];
const MOST_KEYS = 5;
const IN_FLIGHT = 6;
const KILLED = 0.004;
const ROTATED = 0.03;
/** Writes between two copies, at most; and where they follow closely. */
const WRITES_BETWEEN = 120;
const WRITES_CLOSE = 8;
/** Writes after the last copy, at least: so that there is something that it lacks. */
const WRITES_AFTER = 60;

/** What somebody was told that it is done for good. */
export interface Confirmed {
  readonly what: 'hard delete' | 'leak';
  readonly workspaceId: string;
  readonly keyId: string;
  /** The revision that the log reached by it; -1 where nothing had to be recorded. */
  readonly revision: number;
}

/** What was played, as whoever played it remembers. */
export interface Played {
  readonly workspaces: ReadonlyArray<string>;
  /** What was pasted, by the label that it was given. */
  readonly secrets: ReadonlyMap<string, { readonly vendor: string; readonly secret: string }>;
  readonly confirmed: ReadonlyArray<Confirmed>;
  /** How much of `confirmed` was so when each copy was begun. */
  readonly confirmedBefore: ReadonlyArray<number>;
  readonly commands: number;
  readonly kills: number;
  readonly rotations: number;
  readonly alarms: ReadonlyArray<string>;
}

/** Faults of a service that is killed, or of two commands at once: they say nothing of the log. */
const PASSING: ReadonlyArray<string> = [
  'contention',
  'outcome-unknown',
  'unavailable',
  'release-too-late',
  'frozen',
];

interface Home {
  readonly workspaceId: string;
  readonly keys: string[];
  readonly labels: string[];
  readonly runs: string[];
}

interface Stage {
  readonly deployed: Deployed;
  readonly random: Random;
  readonly secrets: Map<string, { readonly vendor: string; readonly secret: string }>;
  readonly confirmed: Confirmed[];
}

type Act = (keyturn: Keyturn, home: Home) => TaskEither<Failure, unknown>;

const acts = ({ deployed, random, secrets, confirmed }: Stage): (() => Act) => {
  const anyOf = (ids: ReadonlyArray<string>): string => (ids.length === 0 ? 'none' : random.pick(ids));
  const successor = ({ keys }: Home) => (random.chance(0.7) ? { successor: anyOf(keys) } : {});
  const choice = ({ keys }: Home) =>
    random.chance(0.4) ? { choice: { kind: 'key', keyId: anyOf(keys) } as const } : {};

  const add: Act = (keyturn, { workspaceId, keys, labels }) => {
    // The same secret again is refused, or comes back after it was deleted.
    const again = random.chance(0.15) ? secrets.get(anyOf(labels)) : undefined;
    const vendor = again?.vendor ?? random.pick(VENDORS);
    const secret = again?.secret ?? deployed.sandbox.issueKey(vendor);
    const label = `paste ${secrets.size}`;
    secrets.set(label, { vendor, secret });
    labels.push(label);
    return TE.map(({ key }: { readonly key: { readonly keyId: string } }) => keys.push(key.keyId))(
      keyturn.addKey(contextOf(workspaceId), { vendor, pasted: secret, label }),
    );
  };
  const noted =
    (what: Confirmed['what'], workspaceId: string, keyId: string) =>
    (task: TaskEither<Failure, WriteResult>): TaskEither<Failure, void> =>
      TE.map(({ keyringRevision, position }: WriteResult) => {
        confirmed.push({ what, workspaceId, keyId, revision: position === null ? -1 : keyringRevision });
      })(task);

  const hardDelete: Act = (keyturn, home) => {
    const { workspaceId, keys } = home;
    const [keyId, reason] = [anyOf(keys), random.pick(['leak', 'other'] as const)];
    return noted(
      'hard delete',
      workspaceId,
      keyId,
    )(keyturn.hardDeleteKey(contextOf(workspaceId), { keyId, caseId: 'C-1', reason, ...successor(home) }));
  };
  const reportLeak: Act = (keyturn, { workspaceId, keys }) => {
    const keyId = anyOf(keys);
    return noted(
      'leak',
      workspaceId,
      keyId,
    )(keyturn.reportLeak(contextOf(workspaceId), { keyId, caseId: 'C-2' }));
  };
  const remove: Act = (keyturn, home) =>
    keyturn.deleteKey(contextOf(home.workspaceId), {
      keyId: anyOf(home.keys),
      leaveEmpty: random.chance(0.3),
      ...successor(home),
    });
  const start: Act = (keyturn, home) => {
    const runId = randomUUID();
    home.runs.push(runId);
    const context = contextOf(home.workspaceId);
    return random.chance(0.3)
      ? keyturn.startRunWithSecret(context, { runId, ...choice(home) }, () => TE.right(undefined))
      : keyturn.startRun(context, { runId, ...choice(home) });
  };
  const finish: Act = (keyturn, { workspaceId, runs }) =>
    keyturn.finishRun(contextOf(workspaceId), { runId: runs.shift() ?? randomUUID() });
  const setDefault: Act = (keyturn, { workspaceId, keys }) =>
    keyturn.setDefault(contextOf(workspaceId), {
      keyId: anyOf(keys),
      ...(random.chance(0.4) ? { projectId: random.pick(PROJECTS) } : {}),
    });
  const clearDefault: Act = (keyturn, { workspaceId }) =>
    keyturn.clearProjectDefault(contextOf(workspaceId), { projectId: random.pick(PROJECTS) });
  const validate: Act = (keyturn, { workspaceId, keys }) =>
    keyturn.validateKey(contextOf(workspaceId), { keyId: anyOf(keys) });
  const sweep: Act = (keyturn) => keyturn.sweep({ actor: OPERATOR });

  const weighted: ReadonlyArray<readonly [number, Act]> = [
    [6, add],
    [2, validate],
    [3, setDefault],
    [1, clearDefault],
    [2, remove],
    [2, hardDelete],
    [1, reportLeak],
    [6, start],
    [4, finish],
    [1, sweep],
  ];
  const bag = weighted.flatMap(([weight, act]) => Array.from({ length: weight }, () => act));
  return () => random.pick(bag);
};

/** Keeps a workspace from filling up. */
const removeOldest: Act = (keyturn, { workspaceId, keys }) => {
  const [keyId = 'none', successor = 'none'] = [keys.shift(), keys.at(-1)];
  return keyturn.deleteKey(contextOf(workspaceId), { keyId, successor });
};

/** What a fault says that should not be there; null for a refusal and for what passes. */
const alarmIn = (outcome: E.Either<Failure, unknown>): string | null => {
  if (E.isRight(outcome) || isRefusal(outcome.left) || PASSING.includes(outcome.left.code)) return null;
  return `an honest command came to ${outcome.left.code}: ${outcome.left.message}`;
};

/** Plays commands of several workspaces at once until so many copies are taken, each between any two writes. */
export const play = async (
  deployed: Deployed,
  random: Random,
  copies: number,
  sabotage: FaultyVault = (vault) => vault,
): Promise<Played> => {
  const store: EventStore = await deployed.openStore();
  const opened: Vault = await deployed.openVault();
  const stage: Stage = { deployed, random, secrets: new Map(), confirmed: [] };
  const { secrets, confirmed } = stage;
  const confirmedBefore: number[] = [];
  const alarms: string[] = [];
  let [commands, kills, rotations, writes, enough] = [0, 0, 0, 0, 0];
  // Copies and rotations come one at a time.
  let busy = false;
  let due = random.below(WRITES_BETWEEN);

  const atWrite = async (): Promise<void> => {
    writes += 1;
    if (busy || writes < due || confirmedBefore.length === copies) return;
    busy = true;
    confirmedBefore.push(confirmed.length);
    await deployed.copy(String(confirmedBefore.length - 1));
    due = writes + random.below(random.chance(0.3) ? WRITES_CLOSE : WRITES_BETWEEN);
    busy = false;
    enough = writes + WRITES_AFTER;
  };
  try {
    await expectRight(pairVault(store, opened));
    const vault = sabotage(opened);
    let instance: Instance = instanceOn(store, vault, atWrite);
    const next = acts(stage);
    const homes: ReadonlyArray<Home> = Array.from({ length: WORKSPACES }, (_, n) => ({
      workspaceId: `w${n}`,
      keys: [],
      labels: [],
      runs: [],
    }));
    // Some come later than the first copies: those have never heard of them.
    const inhabited = () => homes.slice(0, 2 + confirmedBefore.length);
    const work = async (): Promise<void> => {
      while ((confirmedBefore.length < copies || busy || writes < enough) && alarms.length === 0) {
        const home = random.pick(inhabited());
        const act = home.keys.length > MOST_KEYS ? removeOldest : next();
        const alarm = alarmIn(await act(instance.keyturn, home)());
        if (alarm !== null) alarms.push(alarm);
        commands += 1;
        if (!busy && confirmedBefore.length < copies && random.chance(ROTATED)) {
          busy = true;
          await deployed.rotateMasterKey();
          rotations += 1;
          busy = false;
        }
        if (!random.chance(KILLED)) continue;
        instance.kill();
        kills += 1;
        instance = instanceOn(store, vault, atWrite);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, work));
    await instance.keyturn.settled();
    return {
      workspaces: homes.map(({ workspaceId }) => workspaceId),
      secrets,
      confirmed,
      confirmedBefore,
      commands,
      kills,
      rotations,
      alarms,
    };
  } finally {
    await store.close();
    await opened.close();
  }
};
