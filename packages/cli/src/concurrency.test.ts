import { join } from 'node:path';
import { isOnFile } from '@keyturn/domain';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runProgram } from './testSupport/keyturnProcess';
import { at, filesWith, openWorkshop, type Workshop } from './testSupport/workshop';
import { eventsOf, foldedKeyring, withEvents } from './testSupport/pastOf';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const W = ['--workspace', 'shared'];
const WRITER = join(__dirname, 'testSupport', 'writerProcess.cjs');
const KEYS_EACH = 7;
const RUNS_EACH = 56;
/** Two hundred commands take their time on a busy machine. */
const PATIENCE_MS = 400_000;

interface Done {
  readonly words: string;
  readonly status: number;
  readonly printed: string;
}

const isDone = (value: unknown): value is Done =>
  typeof at(value, 'words') === 'string' && typeof at(value, 'status') === 'number';

/** What one of the two writers does: adds its keys, and starts and finishes its runs. */
const ordersOf = (name: string) => {
  const order = (words: ReadonlyArray<string>, input = '') => ({
    words: [...words, ...W, '--as', `service:${name}`],
    input,
  });
  return Array.from({ length: RUNS_EACH }, (_, n) => [
    ...(n % (RUNS_EACH / KEYS_EACH) === 0
      ? [
          order(
            ['keys', 'add', '--vendor', 'anthropic', '--label', `${name}-${n}`],
            shop.sandbox.issueKey('anthropic'),
          ),
        ]
      : []),
    order(['runs', 'start', `${name}-${n}`]),
    ...(n % 4 === 3 ? [] : [order(['runs', 'finish', `${name}-${n}`])]),
  ]).flat();
};

/** A process that does all of a writer's commands, each of which opens the deployment and closes it. */
const write = async (name: string): Promise<ReadonlyArray<Done>> => {
  const { status, stdout, stderr } = await runProgram(process.execPath, [WRITER], {
    env: shop.env,
    cwd: shop.directory,
    input: JSON.stringify(ordersOf(name)),
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const done: unknown = JSON.parse(stdout);
  return Array.isArray(done) ? done.filter(isDone) : [];
};

const strings = (list: unknown, name: string): ReadonlyArray<string> =>
  Array.isArray(list) ? list.map((member) => String(at(member, name))).sort() : [];

describe('two processes at once in one workspace', () => {
  test(
    'lose nothing, double nothing, keep every invariant, and leave no secret',
    async () => {
      const done = (await Promise.all([write('left'), write('right')])).flat();
      expect(done.filter(({ status }) => status !== 0)).toEqual([]);
      expect(done).toHaveLength(2 * (KEYS_EACH + RUNS_EACH + (RUNS_EACH * 3) / 4));

      const { keyring, events } = await withEvents(shop, async (store) => ({
        keyring: await foldedKeyring(store, 'shared'),
        events: await eventsOf(store, 'shared'),
      }));
      const count = (type: string): number => events.filter((event) => event.type === type).length;
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      expect(count('KeyAdded')).toBe(2 * KEYS_EACH);
      expect(count('KeyValidated')).toBe(2 * KEYS_EACH);
      expect(count('RunKeyPinned')).toBe(2 * RUNS_EACH);
      expect(count('RunKeyReleased')).toBe((2 * RUNS_EACH * 3) / 4);
      expect(count('DefaultChanged')).toBe(1);

      // Invariants 1 to 5, on the result.
      const keys = [...keyring.keys.values()];
      const open = [...keyring.openPins.values()];
      expect(keys.filter((key) => key.keyId === keyring.workspaceDefault && isOnFile(key))).toHaveLength(1);
      expect(keys.every((key) => key.openRuns === open.filter((pin) => pin.keyId === key.keyId).length)).toBe(
        true,
      );
      expect(open).toHaveLength((2 * RUNS_EACH) / 4);
      const pins = events
        .filter(({ type }) => type === 'RunKeyPinned')
        .map(({ data }) => at(JSON.parse(data), 'runId'));
      expect(new Set(pins).size).toBe(pins.length);

      // The lists say the same, and so does a rebuild.
      const lists = async () => ({
        keys: at((await shop.ask(['keys', 'list', ...W])).document, 'keys'),
        runs: at((await shop.ask(['runs', 'list', ...W, '--open'])).document, 'runs'),
        audit: at(
          (await shop.ask(['audit', 'list', ...W, '--limit', '1000', '--oldest-first'])).document,
          'entries',
        ),
      });
      const shown = await lists();
      expect(strings(shown.keys, 'keyId')).toEqual(keys.map(({ keyId }) => String(keyId)).sort());
      expect(strings(shown.runs, 'runId')).toEqual(open.map(({ runId }) => String(runId)).sort());
      expect(strings(shown.audit, 'eventId')).toEqual(events.map(({ id }) => id).sort());
      for (const name of ['key-list', 'run-usage', 'audit-log']) {
        expect((await shop.run(['projections', 'rebuild', name])).status).toBe(0);
      }
      expect(await lists()).toEqual(shown);

      const secrets = shop.sandbox.calls.map(({ key }) => key);
      expect(secrets).toHaveLength(2 * KEYS_EACH);
      expect(filesWith(shop.directory, secrets)).toEqual([]);
      const printed = shop.printed() + done.map((one) => one.printed).join('');
      expect(secrets.filter((secret) => printed.includes(secret))).toEqual([]);
    },
    PATIENCE_MS,
  );
});
