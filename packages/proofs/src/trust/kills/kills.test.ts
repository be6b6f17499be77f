import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goOn } from './goOn';
import { kills } from './kills';
import { filesOf, leakOrdersFor } from './leakOrders';
import type { Memory } from './memory';
import { ordersFor } from './orders';
import type { Place } from './place';
import { killedAt, LEAK_CASE, prepare, type Prepared } from './prepared';
import { done, openStage, type Stage } from './stage';
import { strayRows } from './vaultRows';
import { SQLITE } from './vaults/sqliteVault';
import { verify } from './verify';
import { historiesOf, keyringOf } from './histories';

const PATIENCE_MS = 240_000;

let stage: Stage;
let prepared: Prepared;
beforeAll(async () => {
  stage = await openStage(SQLITE);
  prepared = await prepare(stage);
}, PATIENCE_MS);
afterAll(async () => {
  await prepared.place.remove();
  await stage.close();
});

// One round. All rounds, with the vault on PostgreSQL as well, and faulty parts are for scripts/trust.
test(
  'whatever is killed, a restart and a sweep leave everything whole',
  async () => {
    const { figures, violations } = await kills.run({ until: 0, seed: 1, progress: () => undefined });
    expect(violations).toEqual([]);
    expect(figures['rounds']).toBe(1);
    expect(figures['kills at random']).toBeGreaterThanOrEqual(2);
    expect(figures['kills at named points']).toBeGreaterThanOrEqual(2);
  },
  PATIENCE_MS,
);

/** Works on a copy of what was prepared. */
const onCopy = async <A>(use: (place: Place, memory: Memory) => Promise<A>): Promise<A> => {
  const place = await prepared.place.copy();
  try {
    return await use(place, prepared.memory.copy());
  } finally {
    await place.remove();
  }
};

const edit = (place: Place, file: string, statement: string): void => {
  const db = openSqlite(join(place.data, file));
  expect(db.prepare(statement).run().changes).toBeGreaterThan(0);
  db.close();
};

const foundAfter = (plant: (place: Place, memory: Memory) => Promise<void> | void) =>
  onCopy(async (place, memory) => {
    await plant(place, memory);
    return (await verify(place, memory, stage.steward)).violations.join('\n');
  });

describe('what a kill must not leave is found', () => {
  test(
    'nothing where nothing is wrong',
    async () => {
      expect(await foundAfter(() => undefined)).toBe('');
    },
    PATIENCE_MS,
  );

  test(
    'an event that is gone',
    async () => {
      const lost = await foundAfter((place) =>
        edit(
          place,
          'events.sqlite',
          `DELETE FROM events WHERE position = (SELECT max(position) FROM events)`,
        ),
      );
      expect(lost).toContain('was told done, and the log of globex has no');
    },
    PATIENCE_MS,
  );

  test(
    'an event that is gone of which nobody was told',
    async () => {
      const lost = await foundAfter(async (place, memory) => {
        await verify(place, memory, stage.steward);
        memory.facts.length = 0;
        edit(
          place,
          'events.sqlite',
          `DELETE FROM events WHERE position = (SELECT max(position) FROM events)`,
        );
      });
      expect(lost).toContain('an event that was read before is gone');
      expect(lost).toContain('the event store ends at');
    },
    PATIENCE_MS,
  );

  test(
    'a key without its data key, and one with two',
    async () => {
      const { main, spare } = prepared.keys;
      const found = await foundAfter((place) => {
        edit(place, 'vault/vault-keys.sqlite', `DELETE FROM data_keys WHERE key_id = '${main}'`);
        edit(
          place,
          'vault/vault-keys.sqlite',
          "INSERT INTO data_keys SELECT x'00', workspace_id, key_id, created_at, x'0011' FROM data_keys " +
            `WHERE key_id = '${spare}'`,
        );
      });
      expect(found).toContain(`0 times a data key of acme/${main}`);
      expect(found).toContain(`key acme/${main} is active and does not open`);
      expect(found).toContain(`2 times a data key of acme/${spare}`);
    },
    PATIENCE_MS,
  );

  test(
    'a key that opens to what was never pasted for it',
    async () => {
      const found = await foundAfter((_, memory) => void memory.pastes.splice(0, 1));
      expect(found).toContain(`key acme/${prepared.keys.main} opens to another secret`);
    },
    PATIENCE_MS,
  );

  test(
    'sealed bytes of a destroyed key, or a secret in clear, in any file',
    async () => {
      const { spare } = prepared.keys;
      const found = await foundAfter(async (place, memory) => {
        await done(stage, place, memory, ordersFor('acme', stage.sandbox, memory).delete(spare));
        const [blob] = memory.sealed.get(`acme/${spare}`) ?? [];
        appendFileSync(join(place.data, 'left'), blob?.subarray(-24) ?? '');
        appendFileSync(join(place.data, 'log'), `refused: ${memory.pastes[0]?.secret ?? ''}`);
      });
      expect(found).toContain(`sealed bytes of destroyed acme/${spare} in left`);
      expect(found).toContain('a secret in clear in log');
    },
    PATIENCE_MS,
  );

  test(
    'half a page, a digest that is not so, and a credential in a file',
    async () => {
      const found = await foundAfter((place, memory) => {
        const files = filesOf(place);
        mkdirSync(files, { recursive: true });
        writeFileSync(join(files, '1-report.html'), '<!doctype html><html>');
        writeFileSync(join(files, 'SHA256SUMS'), `${'0'.repeat(64)}  1-report.html\n`);
        appendFileSync(join(files, 'case.json'), JSON.stringify(memory.credentials));
      });
      expect(found).toContain('1-report.html is no more than a part');
      expect(found).toContain('1-report.html is not what SHA256SUMS has of it');
      expect(found).toContain('an admin credential in clear in case.json');
    },
    PATIENCE_MS,
  );

  test(
    'a case in which something is told twice, and one that does not come to its end',
    () =>
      onCopy(async (place, memory) => {
        const { leaked } = prepared.keys;
        const leak = leakOrdersFor('wonka', LEAK_CASE, stage.sandbox, memory);
        await done(stage, place, memory, leak.reviewed(leaked));
        await done(stage, place, memory, leak.reviewed(leaked));
        const wrong = await goOn(stage, place, memory, prepared.keys, () => leak.report('nobody'));
        expect(wrong).toEqual([
          expect.stringMatching(/`leak report nobody .*after a kill/),
          `LeakReviewed of ${leaked} is told 2 times`,
        ]);
      }),
    PATIENCE_MS,
  );

  test(
    'a row of a read model that is not as the events have it',
    async () => {
      const found = await foundAfter(async (place, memory) => {
        await done(stage, place, memory, ordersFor('acme', stage.sandbox, memory).list());
        edit(place, 'read-models.sqlite', `UPDATE run_usage_g1 SET project_id = 'other'`);
      });
      expect(found).toBe('run_usage_v1 is not what a rebuild makes of the events');
    },
    PATIENCE_MS,
  );
});

test.each(['commit WorkspaceClosed', 'KeyHardDeleted', 'delete data_keys', 'commit KeySecretDestroyed'])(
  'a closing that is killed at its %s is ended by a sweep',
  (write) =>
    onCopy(async (place, memory) => {
      await killedAt(stage, place, memory, ordersFor('acme', stage.sandbox, memory).close(), write);
      const { violations, keyrings } = await verify(place, memory, stage.steward);
      expect(violations).toEqual([]);
      const { closed = null, keys = new Map() } = keyrings.get('acme') ?? {};
      const isGone = write === 'commit WorkspaceClosed' ? null : 'LEFT-1';
      expect(closed?.caseId ?? null).toBe(isGone);
      expect([...keys.values()].every(({ destroyed }) => destroyed)).toBe(isGone !== null);
    }),
  PATIENCE_MS,
);

test(
  'a process dies at the write that was named, and what it leaves is no more than a sweep removes',
  () =>
    onCopy(async (place, memory) => {
      const order = ordersFor('acme', stage.sandbox, memory).add();
      await killedAt(stage, place, memory, order, 'commit KeyAdded');
      const keyrings = new Map(
        [...(await historiesOf(place))].map(([id, history]) => [id, keyringOf(history)]),
      );
      const stray = strayRows(await place.vault.rows(), keyrings);
      expect(stray).toHaveLength(2);
      expect(stray.join()).toMatch(
        /a sealed secret of .* no key in the log.*a data key of .* no key in the log/,
      );
      const verified = await verify(place, memory, stage.steward);
      expect(verified.violations).toEqual([]);
      expect(verified.keyrings.get('acme')?.abandonedKeyIds.size).toBe(1);
    }),
  PATIENCE_MS,
);
