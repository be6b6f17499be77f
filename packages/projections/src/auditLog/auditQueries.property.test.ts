import { keyOfEvent, type EnvelopedEvent } from '@keyturn/domain';
import { expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import * as fc from 'fast-check';
import { histories, someHistory } from '../testSupport/histories';
import { right, withOnDisk } from '../testSupport/onDisk';
import type { ReadModels } from '../readModels';
import type { AuditFilter } from './auditFilter';
import type { AuditEntry, AuditPage, AuditPageOptions } from './auditQueries';

const readAll = async (
  models: ReadModels,
  filter: AuditFilter,
  order: AuditPageOptions['order'],
  limit: number,
): Promise<ReadonlyArray<AuditEntry>> => {
  const entries: AuditEntry[] = [];
  let after: string | null = null;
  for (;;) {
    const page: AuditPage = await right(
      models.auditPage(filter, { order, limit, ...(after === null ? {} : { after }) }),
    );
    entries.push(...page.entries);
    if (!page.more) return entries;
    after = page.next;
  }
};

const isAny = (given: unknown, value: unknown): boolean =>
  given === undefined || (Array.isArray(given) ? given : [given]).includes(value);

const actorMatches = (filter: AuditFilter, { actorId, actorKind }: AuditEntry): boolean =>
  filter.actor === undefined ||
  [filter.actor].flat().some(({ id, kind }) => id === actorId && (kind ?? actorKind) === actorKind);

const matches = (filter: AuditFilter, entry: AuditEntry, endings: ReadonlyMap<string, string>): boolean =>
  isAny(filter.workspaceId, entry.workspaceId) &&
  (isAny(filter.keyId, entry.keyId) || isAny(filter.keyId, entry.previousKeyId)) &&
  [entry.keyId, entry.previousKeyId].some(
    (keyId) =>
      filter.last4 === undefined ||
      (keyId !== null && isAny(filter.last4, endings.get(`${entry.workspaceId} ${keyId}`))),
  ) &&
  (filter.runId === undefined || entry.runId === filter.runId) &&
  (filter.projectId === undefined || entry.projectId === filter.projectId) &&
  actorMatches(filter, entry) &&
  isAny(filter.action, entry.type) &&
  (filter.caseId === undefined || entry.caseId === filter.caseId) &&
  (filter.correlationId === undefined || entry.correlationId === filter.correlationId) &&
  (filter.originRef === undefined || entry.originRef === filter.originRef) &&
  [entry.recordedAt, entry.time].some(
    (time) =>
      (filter.since === undefined || time >= filter.since) &&
      (filter.until === undefined || time < filter.until),
  );

const present = <A>(values: ReadonlyArray<A | null>): ReadonlyArray<A> =>
  values.filter((value): value is A => value !== null);

/** Of several entries: any of their workspaces, keys, last 4, actors and actions, and all else of the first. */
const filterOf = (
  entries: readonly [AuditEntry, ...AuditEntry[]],
  named: ReadonlyArray<keyof AuditFilter>,
): AuditFilter => {
  const [entry] = entries;
  const anyOf = <A>(values: ReadonlyArray<A>): A | ReadonlyArray<A> | undefined =>
    values.length > 1 ? values : values[0];
  const all = {
    workspaceId: anyOf(entries.map(({ workspaceId }) => workspaceId)),
    keyId: anyOf(present(entries.map(({ keyId }) => keyId))),
    last4: anyOf(present(entries.map(({ last4 }) => last4))),
    runId: entry.runId ?? undefined,
    projectId: entry.projectId ?? undefined,
    actor: anyOf(
      entries.map(({ actorId, actorKind }, i) =>
        i === 1 ? { id: actorId } : { id: actorId, kind: actorKind },
      ),
    ),
    action: anyOf(entries.map(({ type }) => type)),
    caseId: entry.caseId ?? undefined,
    correlationId: entry.correlationId,
    originRef: entry.originRef ?? undefined,
    since: entry.recordedAt,
    until: entry.recordedAt + 1,
  };
  const needed = [...named, ...(named.includes('projectId') ? ['workspaceId'] : [])];
  return Object.fromEntries(
    Object.entries(all).filter(([name, value]) => value !== undefined && needed.some((one) => one === name)),
  );
};

const NAMES = [
  'workspaceId',
  'keyId',
  'last4',
  'runId',
  'projectId',
  'actor',
  'action',
  'caseId',
  'correlationId',
  'originRef',
  'since',
  'until',
] as const;

test('F-C1: every filter, of one or any of several, gives what going through all entries by hand gives', async () => {
  await withOnDisk(async ({ append, open }) => {
    const models = await open();
    await append(someHistory(250, 13));
    await right(models.catchUp);
    const all = await readAll(models, {}, 'oldest-first', 1000);
    expect(all.length).toBeGreaterThan(100);
    const endings = new Map(
      all.flatMap(({ workspaceId, keyId, last4 }) =>
        keyId === null || last4 === null ? [] : [[`${workspaceId} ${keyId}`, last4] as const],
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(all.length - 1), { minLength: 1, maxLength: 3 }),
        fc.subarray([...NAMES], { maxLength: 4 }),
        fc.integer({ min: 1, max: 60 }),
        async (chosen, named, limit) => {
          const [first, ...others] = chosen.flatMap((at) => all[at] ?? []);
          if (first === undefined) throw new Error('no such entry');
          const filter = filterOf([first, ...others], named);
          const expected = all.filter((one) => matches(filter, one, endings));
          expect(await readAll(models, filter, 'oldest-first', limit)).toEqual(expected);
          expect(await readAll(models, filter, 'newest-first', limit)).toEqual([...expected].reverse());
          const byAction = await right(models.countByAction(filter));
          const byActor = await right(models.countByActor(filter));
          const sum = (counts: ReadonlyArray<{ readonly count: number }>): number =>
            counts.reduce((total, { count }) => total + count, 0);
          const byDay = await right(models.countByDay(filter));
          const byKey = await right(models.countByKey(filter));
          expect([byAction, byActor, byDay, byKey].map(sum)).toEqual(Array(4).fill(expected.length));
          expect(byDay.map(({ day }) => day)).toEqual([
            ...new Set(expected.map(({ recordedAt }) => new Date(recordedAt).toISOString().slice(0, 10))),
          ]);
          for (const { workspaceId, keyId, count, ...key } of byKey) {
            const about = expected.filter((e) => e.workspaceId === workspaceId && e.keyId === keyId);
            expect(about).toHaveLength(count);
            const { last4, vendor, label } = about.at(-1) ?? {};
            expect(key).toEqual({ last4, vendor, label });
          }
          for (const { action, count } of byAction) {
            expect(count).toBe(expected.filter(({ type }) => type === action).length);
          }
        },
      ),
      { numRuns: longRuns(40) },
    );
  });
});

const entryFacts = ({ event, envelope }: EnvelopedEvent) => ({
  type: event.type,
  workspaceId: envelope.workspaceId,
  time: envelope.time,
  actorKind: envelope.actor.kind,
  actorId: envelope.actor.id,
  originRef: envelope.actor.originRef ?? null,
  keyId: keyOfEvent(event),
  correlationId: envelope.correlationId,
  causationId: envelope.causationId,
  commandId: envelope.commandId,
});

test('there is one entry for each event, with its facts, in the order of the store', async () => {
  await fc.assert(
    fc.asyncProperty(histories(80), async (history) => {
      await withOnDisk(async ({ append, open }) => {
        const models = await open({ batchSize: 5 });
        await append(history);
        await right(models.catchUp);
        const entries = await readAll(models, {}, 'oldest-first', 7);
        const events = history.flatMap((appended) => appended.events);
        expect(entries.map((entry) => entry.sequence)).toEqual(events.map((_, i) => i + 1));
        entries.forEach((entry, i) => {
          const event = events[i];
          if (event !== undefined) expect(entry).toMatchObject(entryFacts(event));
        });
        const revisions = entries.filter(({ workspaceId }) => workspaceId === 'ws-0').map((e) => e.revision);
        expect(revisions).toEqual(revisions.map((_, i) => i));
        const text = JSON.stringify(entries, (_, value: unknown) =>
          typeof value === 'bigint' ? String(value) : value,
        );
        expect(text).not.toContain('fingerprint');
        expect(text).not.toContain('latencyMs');
      });
    }),
    { numRuns: longRuns(6) },
  );
});

test('a run keeps its project in every entry about it', async () => {
  await withOnDisk(async ({ append, open }) => {
    const history = someHistory(300, 21);
    const half = history.length / 2;
    await append(history.slice(0, half));
    const before = await open({ batchSize: 3 });
    await right(before.catchUp);
    await before.close();
    await append(history.slice(half));
    const models = await open({ batchSize: 3 });
    await right(models.catchUp);
    const projects = new Map<string, string | null>();
    for (const { workspaceId, events } of history) {
      for (const { event } of events) {
        if (event.type === 'RunKeyPinned') {
          projects.set(`${workspaceId} ${event.data.runId}`, event.data.projectId);
        }
      }
    }
    const entries = (await readAll(models, {}, 'oldest-first', 1000)).filter(({ runId }) => runId !== null);
    expect(entries.some(({ type, projectId }) => type === 'RunKeyReleased' && projectId !== null)).toBe(true);
    for (const { workspaceId, runId, projectId } of entries) {
      expect(projectId).toBe(projects.get(`${workspaceId} ${runId ?? ''}`));
    }
  });
});

test('pages stay where they are while new entries arrive', async () => {
  await withOnDisk(async ({ append, open }) => {
    const models = await open();
    const history = someHistory(250, 17);
    const half = Math.floor(history.length / 2);
    await append(history.slice(0, half));
    await right(models.catchUp);
    const before = await readAll(models, { workspaceId: 'ws-0' }, 'oldest-first', 1000);
    const newest: AuditEntry[] = [];
    const oldest: AuditEntry[] = [];
    let down: string | null = null;
    let up: string | null = null;
    for (let i = half; ; i = Math.min(i + 7, history.length)) {
      const limit = 5;
      const older: AuditPage = await right(
        models.auditPage(
          { workspaceId: 'ws-0' },
          { order: 'newest-first', limit, ...(down === null ? {} : { after: down }) },
        ),
      );
      const newer: AuditPage = await right(
        models.auditPage(
          { workspaceId: 'ws-0' },
          { order: 'oldest-first', limit, ...(up === null ? {} : { after: up }) },
        ),
      );
      newest.push(...older.entries);
      oldest.push(...newer.entries);
      [down, up] = [older.next, newer.next];
      if (!older.more && !newer.more && i === history.length) break;
      await append(history.slice(i, i + 7));
      await right(models.catchUp);
    }
    const after = await readAll(models, { workspaceId: 'ws-0' }, 'oldest-first', 1000);
    expect(newest).toEqual([...before].reverse());
    expect(oldest).toEqual(after);
    expect(after.length).toBeGreaterThan(before.length);
  });
});

test('F-C1: of two keys that a Default moved between, the move is found once, and counted once', async () => {
  await withOnDisk(async ({ append, open }) => {
    const models = await open();
    await append(someHistory(250, 13));
    await right(models.catchUp);
    const all = await readAll(models, {}, 'oldest-first', 1000);
    const moved = all.find((entry) => entry.keyId !== null && entry.previousKeyId !== null);
    const keyId = present([moved?.keyId ?? null, moved?.previousKeyId ?? null]);
    const filter = { workspaceId: moved?.workspaceId ?? '', keyId };
    const found = await readAll(models, filter, 'oldest-first', 3);
    expect(found).toEqual(all.filter((entry) => matches(filter, entry, new Map())));
    expect(found.filter(({ sequence }) => sequence === moved?.sequence)).toHaveLength(1);
    const counts = await right(models.countByAction(filter));
    expect(counts.reduce((total, { count }) => total + count, 0)).toBe(found.length);
  });
});
