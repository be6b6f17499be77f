import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startEsdbServer, type EsdbServer } from '@keyturn/testbed/esdb';
import { onPostgres, startPostgres, type PostgresServer } from '@keyturn/testbed/postgres';
import { join } from 'node:path';
import { initKeyturn } from './deployment/deployment';
import { openKeyturn } from './openKeyturn';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: false });
const CASE = { caseId: 'LEFT-3' };
/** Of each of two keys: one hard delete of a closing names 500 at most, so that it takes two. */
const RUNS = 251;

onPostgres(describe)('closing a workspace whose events and secrets lie on servers', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  const started: EsdbServer[] = [];
  const startEsdb = async (data: string, port = 0): Promise<EsdbServer> => {
    const server = await startEsdbServer({ data, port });
    started.push(server);
    return server;
  };
  afterEach(async () => {
    for (const server of started.splice(0)) await server.close();
  });

  test.each(['erased', 'row'] as const)(
    'is cut off with the event store, and ended by a sweep, with a vault that proves %s',
    async (proof) => {
      const { root, options, opened, sandbox } = at();
      const vault = await postgres.newDatabase();
      const sql = (statement: string) =>
        postgres.sql(`SET search_path = keyturn_vault; ${statement}`, new URL(vault()).pathname.slice(1));
      const log = join(root, 'esdb');
      const esdb = await startEsdb(log);
      const { masterKey, authorize, endpointOverrides = {} } = options;
      const place = { eventStore: esdb.connectionString, vault, directory: join(root, 'one') };
      await initKeyturn({ ...place, masterKey: { file: join(root, 'master.key') }, proof });
      const open = async () =>
        opened(await openKeyturn({ ...place, masterKey, authorize, endpointOverrides, housekeeping: false }));

      const keyturn = await open();
      const keyIds: string[] = [];
      for (const vendor of ['openai', 'anthropic'] as const) {
        const { key } = await keyturn.keys.add(ada, { vendor, pasted: sandbox.issueKey(vendor) });
        keyIds.push(key.keyId);
        await Promise.all(
          Array.from({ length: RUNS }, (_, n) =>
            keyturn.runs.start(ada, {
              runId: `${vendor}-${n}`,
              choice: { kind: 'key', keyId: key.keyId },
            }),
          ),
        );
      }

      // The closing and the first hard delete are written, and nothing after that.
      esdb.faults.dropBeforeCommit(1_000, 2);
      await expect(keyturn.workspaces.close(ada, CASE)).rejects.toMatchObject({ kind: 'fault' });
      await keyturn.close({ drainMs: 0 });
      await started.pop()?.close();
      await startEsdb(log, esdb.port);

      const another = await open();
      await expect(another.runs.start(ada, { runId: 'late' })).rejects.toMatchObject({
        code: 'workspace-closed',
      });
      const dry = await another.housekeeping.sweep({ dryRun: true, graceMs: 0 });
      expect(dry.repairs.map(({ kind }) => kind).sort()).toEqual([
        'key-of-closed-workspace',
        'undestroyed-secret',
      ]);
      expect(await another.housekeeping.sweep({ graceMs: 0 })).toMatchObject({ pending: [] });
      expect(await sql('SELECT count(*) FROM sealed_secrets')).toBe('0');
      expect(await sql('SELECT count(*) FROM data_keys')).toBe('0');

      const { changed, keys } = await another.workspaces.close(ada, CASE);
      expect(changed).toBe(false);
      expect(keys.map(({ key }) => key.keyId).sort()).toEqual([...keyIds].sort());
      for (const { state, receipt, interruptedRuns } of keys) {
        expect(state).toBe('confirmed');
        expect(interruptedRuns).toHaveLength(RUNS);
        expect(receipt).toMatchObject({ proof, secretsDestroyed: 1, dataKeysDestroyed: 1 });
      }
    },
  );
});
