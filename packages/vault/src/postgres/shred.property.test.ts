import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { longRuns } from '@keyturn/testbed/sampling';
import fc from 'fast-check';
import { succeed } from '../testSupport/outcomes';
import {
  filesWithAny,
  newPostgresVault,
  sealedValues,
  type PostgresVault,
} from '../testSupport/postgresVaults';
import { sealNew, textOf } from '../testSupport/vaults';
import { shred } from '../testSupport/shredding';

const describeOnPostgres = onPostgres(describe);

const KEYS = 6;
const keyOf = fc.integer({ min: 0, max: KEYS - 1 });

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('seal' as const), key: keyOf }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('freeze' as const, 'unfreeze' as const), key: keyOf }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('shred' as const), key: keyOf }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('sql' as const),
      text: fc.constantFrom(
        'CHECKPOINT',
        'ANALYZE',
        'VACUUM',
        'SELECT pg_switch_wal()',
        'REINDEX TABLE data_keys',
      ),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer A> ? A : never;
type Sealed = Awaited<ReturnType<typeof sealNew>>;

const without = (values: ReadonlyArray<Buffer>, others: ReadonlyArray<Buffer>): ReadonlyArray<Buffer> =>
  values.filter((value) => !others.some((other) => other.equals(value)));

/** Runs the steps; after each shred, nothing that went is in any file, and the rest opens. */
const play = async (server: PostgresServer, at: PostgresVault, steps: ReadonlyArray<Step>): Promise<void> => {
  const kept = new Map<string, Sealed>();
  let destroyed: ReadonlyArray<Buffer> = [];
  for (const each of steps) {
    if (each.do === 'sql') {
      await at.sql(each.text);
      continue;
    }
    const ref = { workspaceId: 'acme', keyId: `key-${each.key}` };
    if (each.do === 'seal' && !kept.has(ref.keyId)) kept.set(ref.keyId, await sealNew(at.vault, ref));
    if (each.do === 'freeze' && kept.has(ref.keyId)) await succeed(at.vault.freeze(ref));
    if (each.do === 'unfreeze' && kept.has(ref.keyId)) await succeed(at.vault.unfreeze(ref));
    if (each.do === 'shred') {
      const before = await sealedValues(at);
      await succeed(shred(at.vault, 'acme', [ref.keyId]));
      kept.delete(ref.keyId);
      destroyed = [...destroyed, ...without(before, await sealedValues(at))];
      expect(filesWithAny(server, destroyed)).toEqual([]);
    }
  }
  for (const [keyId, { binding, text }] of kept) {
    await succeed(at.vault.unfreeze({ workspaceId: 'acme', keyId }));
    expect(await succeed(textOf(at.vault, binding))).toBe(text);
  }
};

describeOnPostgres('whatever is done with a vault on PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  test('no destroyed value is in any file, and every kept one opens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
        const at = await newPostgresVault(server);
        try {
          await play(server, at, steps);
        } finally {
          await at.close();
        }
      }),
      { numRuns: longRuns(10) },
    );
  });
});
