import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import {
  KILL_POINT,
  startDriver,
  startKeyturn,
  type Driver,
  type Surroundings,
  type Victim,
} from './keyturnProcess';
import { filesOf } from './leakOrders';
import type { Memory } from './memory';
import { INIT, wordsAt, type Order } from './order';
import { keptPlace, newPlace, type KeptPlace, type Place } from './place';
import type { VaultKind } from './vaults/vaultOfPlace';

/** Faulty parts of the product's processes: modules that are loaded before it, and variables for those. */
export type Faulty = Required<Surroundings>;

const SOUND: Faulty = { preload: [], env: {} };

/** What several rounds share: vendors, a data directory to begin with, a process that restarts what was killed. */
export interface Stage {
  readonly sandbox: VendorSandbox;
  readonly env: Surroundings['env'];
  readonly kind: VaultKind;
  /** Initialised, and nothing more. */
  readonly initial: KeptPlace;
  /** Does what comes after kills: it is never killed itself. */
  readonly steward: Driver;
  /** How long orders take by and large, in milliseconds, in a driver and as a process: kills are spread over that. */
  readonly pace: { driver: number; process: number };
  /** Puts faulty parts in their places, from now on. */
  readonly spoil: () => void;
  /** What the product wrote since the last call without waiting for the disk, as sentences. */
  readonly takeUnflushed: () => ReadonlyArray<string>;
  /** A true `keyturn` process. */
  readonly start: (place: Place, order: Order, env?: Surroundings['env']) => Victim;
  /** A driver that may be killed; it has been started ahead. */
  readonly driver: () => Promise<Driver>;
  readonly close: () => Promise<void>;
}

/** Weight of a new measurement in the pace. */
const NEWS = 0.2;

export const measure = ({ pace }: Pick<Stage, 'pace'>, kind: keyof Stage['pace'], began: number): void => {
  pace[kind] += NEWS * (performance.now() - began - pace[kind]);
};

/** Runs an order by the steward. @throws when it is not done */
export const done = async (stage: Stage, place: Place, memory: Memory, order: Order): Promise<string> => {
  const began = performance.now();
  const ended = await stage.steward.ask(wordsAt(place, order), order.input, place.vault.env);
  if (ended?.status !== 0) throw new Error(`${order.words.join(' ')}: ${ended?.stderr ?? 'killed'}`);
  measure(stage, 'driver', began);
  memory.hear(order, ended);
  return ended.stdout;
};

export const openStage = async (kind: VaultKind, faulty: Faulty = SOUND): Promise<Stage> => {
  const sandbox = await startVendorSandbox();
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-stage-'));
  const [unflushed, spoilt] = [join(directory, 'unflushed'), join(directory, 'spoilt')];
  const { preload } = faulty;
  const env = {
    PATH: process.env['PATH'],
    NO_COLOR: '1',
    KEYTURN_ENDPOINT_ANTHROPIC: sandbox.urls['anthropic'],
    KEYTURN_ENDPOINT_OPENAI: sandbox.urls['openai'],
    TRUST_UNFLUSHED: unflushed,
    TRUST_FAULTY_SINCE: spoilt,
    ...faulty.env,
    ...kind.env,
  };
  const steward = await startDriver({ env, preload });
  const place = await newPlace(kind);
  const made = await steward.ask(wordsAt(place, INIT), '', place.vault.env);
  if (made?.status !== 0) throw new Error(`keyturn init: ${made?.stderr ?? 'killed'}`);
  const initial = await keptPlace(place);
  let ahead: Promise<Driver> | null = null;
  return {
    sandbox,
    env,
    kind,
    initial,
    steward,
    pace: { driver: 60, process: 700 },
    spoil: () => writeFileSync(spoilt, ''),
    takeUnflushed: () => {
      const names = existsSync(unflushed) ? readFileSync(unflushed, 'utf8').split('\n').slice(0, -1) : [];
      rmSync(unflushed, { force: true });
      return [...new Set(names)].map((name) => `not on the disk when it was said to be: ${name}`);
    },
    start: (place, order, more = {}) =>
      startKeyturn(wordsAt(place, order), order.input ?? '', {
        preload: [KILL_POINT, ...preload],
        env: { ...env, ...place.vault.env, TRUST_FILES: filesOf(place), ...more },
      }),
    driver: () => {
      const given = ahead ?? startDriver({ env, preload });
      ahead = startDriver({ env, preload });
      return given;
    },
    close: async () => {
      await (await ahead)?.kill();
      await steward.close();
      await initial.remove();
      await sandbox.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
