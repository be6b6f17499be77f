import { expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import { someHistory } from '../testSupport/histories';
import { left, right, withOnDisk } from '../testSupport/onDisk';
import type { RunUsage, RunUsageFilter, RunUsagePage } from './runUsageQueries';

const workspaceId = 'ws-0';
const history = someHistory(300, 23);

test('pages give every run once, newest pin first, whatever the filter', async () => {
  await withOnDisk(async ({ append, open }) => {
    const models = await open({ batchSize: 3 });
    await append(history);
    await right(models.catchUp);
    const inPages = async (filter: RunUsageFilter, limit: number): Promise<ReadonlyArray<RunUsage>> => {
      const runs: RunUsage[] = [];
      for (let after: string | null = null; ;) {
        const page: RunUsagePage = await right(
          models.listRuns(filter, { limit, ...(after === null ? {} : { after }) }),
        );
        runs.push(...page.runs);
        if (!page.more) return runs;
        after = page.next;
      }
    };
    const all = await inPages({ workspaceId }, 1000);
    expect(all.length).toBeGreaterThan(10);
    expect(all.map((run) => run.pinRevision)).toEqual(
      all.map((run) => run.pinRevision).sort((a, b) => b - a),
    );
    expect(await inPages({ workspaceId }, 3)).toEqual(all);
    const { keyId, runId } = all[2] ?? { keyId: '', runId: '' };
    expect(await inPages({ workspaceId, keyId }, 1)).toEqual(all.filter((run) => run.keyId === keyId));
    expect(await inPages({ workspaceId, runId }, 1)).toEqual(all.filter((run) => run.runId === runId));
    expect(await inPages({ workspaceId, openOnly: true }, 2)).toEqual(
      all.filter((run) => run.releasedAt === null),
    );
    for (const { pinnedAt: time } of all) {
      expect(await inPages({ workspaceId, since: time }, 3)).toEqual(
        all.filter(({ releasedAt }) => releasedAt === null || releasedAt >= time),
      );
      expect(await inPages({ workspaceId, until: time }, 3)).toEqual(
        all.filter(({ pinnedAt }) => pinnedAt < time),
      );
    }
    expect((await left(models.listRuns({ workspaceId }, { limit: 5, after: 'no cursor' }))).code).toBe(
      'invalid-query',
    );
  });
});

test('what the events say of a run is what its line says', async () => {
  await withOnDisk(async ({ append, open }) => {
    const models = await open({ batchSize: 4 });
    await append(history);
    await right(models.catchUp);
    const { runs } = await right(models.listRuns({ workspaceId }, { limit: 1000 }));
    const events = history.filter((one) => one.workspaceId === workspaceId).flatMap((one) => one.events);
    for (const run of runs) {
      const pin = events[run.pinRevision];
      if (pin?.event.type !== 'RunKeyPinned') throw new Error('no pin at this revision');
      const { data } = pin.event;
      const own = events.filter(({ event }) => 'runId' in event.data && event.data.runId === run.runId);
      const key = events.find(({ event }) => event.type === 'KeyAdded' && event.data.keyId === run.keyId);
      const end = own.find(({ event }) => event.type === 'RunKeyReleased');
      expect(run).toMatchObject({
        runId: data.runId,
        keyId: data.keyId,
        projectId: data.projectId,
        vendor: data.vendor,
        requested: data.requested,
        choice: data.choice,
        pinnedAt: pin.envelope.time,
        resumed: own.filter(({ event }) => event.type === 'RunKeyResumed' && event.data.renewal !== true)
          .length,
        releasedAt: end?.envelope.time ?? null,
        outcome: end?.event.type === 'RunKeyReleased' ? end.event.data.outcome : null,
        last4: key?.event.type === 'KeyAdded' ? key.event.data.last4 : null,
      });
    }
    expect(runs.some((run) => run.interrupted)).toBe(true);
    expect(runs.some((run) => run.resumed > 0)).toBe(true);
  });
});

test.each([
  ['', /run_usage_by_pin_g1/],
  ["and key_id = 'k'", /run_usage_by_key_g1/],
  ["and run_id = 'r'", /run_usage_by_run_g1/],
  ['and released_at_ms is null', /run_usage_by_open_g1/],
])('a page of a workspace %s is read off an index, never sorted', async (more, index) => {
  await withOnDisk(async ({ append, open, file }) => {
    const models = await open();
    await append(history.slice(0, 5));
    await right(models.catchUp);
    const database = openSqlite(file, { readonly: true });
    const plan = database
      .prepare<[], { detail: string }>(
        `explain query plan select * from run_usage_v1 where workspace_id = 'w' ${more}
         and pin_revision < 90 order by pin_revision desc limit 10`,
      )
      .all()
      .map(({ detail }) => detail)
      .join('\n');
    database.close();
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(/TEMP B-TREE/);
  });
});
