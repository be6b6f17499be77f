import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqlite } from '@keyturn/sqlite';
import fc from 'fast-check';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { USUAL_LIMITS } from './limits';
import { openRefusalStore, type RefusalStore } from './refusalStore';
import type { RefusedAttempt } from './refusedAttempt';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 9, 1, 12);

let directory = '';
let file = '';
const open: RefusalStore[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-refusals-'));
  file = join(directory, 'refusals.sqlite');
});
afterEach(() => {
  for (const store of open.splice(0)) store.close();
  rmSync(directory, { recursive: true });
});

const opened = (limits: Partial<typeof USUAL_LIMITS> = {}, clock = () => NOON): RefusalStore => {
  const store = openRefusalStore(file, { clock, limits: { ...USUAL_LIMITS, ...limits } });
  open.push(store);
  return store;
};

const attempt = (more: Partial<RefusedAttempt> = {}): RefusedAttempt => ({
  at: NOON,
  workspaceId: 'acme',
  actorKind: 'user',
  actorId: 'mallory',
  originRef: null,
  action: 'SetDefault',
  keyId: 'key-1',
  runId: null,
  code: 'not-permitted',
  ...more,
});

const ALL = { limit: 1_000 };

test('keeps a line of each attempt, newest first, also for the next process', () => {
  const store = opened();
  store.add(attempt());
  store.add(attempt({ at: NOON + 1, keyId: null, code: 'unknown-key' }));
  store.close();
  expect(opened().lines({}, ALL)).toEqual([
    { sequence: 2, ...attempt({ at: NOON + 1, keyId: null, code: 'unknown-key' }) },
    { sequence: 1, ...attempt() },
  ]);
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('filters, and pages without gaps', () => {
  const store = opened();
  for (let n = 0; n < 10; n += 1) {
    store.add(attempt({ at: NOON + n, keyId: `key-${n % 2}`, workspaceId: n < 6 ? 'acme' : 'other' }));
  }
  const filter = { workspaceIds: ['acme'], keyId: 'key-0', since: NOON + 1 };
  expect(store.lines(filter, ALL).map(({ sequence }) => sequence)).toEqual([5, 3]);
  expect(store.lines({ ...filter, until: NOON + 4 }, ALL).map(({ sequence }) => sequence)).toEqual([3]);
  expect(store.lines({}, { limit: 3, after: 9 }).map(({ sequence }) => sequence)).toEqual([8, 7, 6, 5]);
  expect(store.lines({ actorId: 'mallory', actorKind: 'support' }, ALL)).toEqual([]);
});

test('counts what is beyond the lines of an actor in a workspace, and keeps those of others', () => {
  const store = opened({ linesOfActorInWorkspace: 3 });
  for (let n = 0; n < 5; n += 1) store.add(attempt());
  store.add(attempt({ actorId: 'ada' }));
  store.add(attempt({ at: NOON + HOUR }));
  expect(store.lines({}, ALL)).toHaveLength(5);
  expect(store.counted({})).toEqual([
    { hour: NOON, workspaceId: 'acme', actorKind: 'user', actorId: 'mallory', count: 2 },
  ]);
  expect(store.counted({ since: NOON + HOUR })).toEqual([]);
  expect(store.counted({ actorId: 'ada' })).toEqual([]);
});

test('counts together what an actor tries in many workspaces, and names it to none of them', () => {
  const store = opened({ linesOfActor: 4 });
  for (let n = 0; n < 7; n += 1) store.add(attempt({ workspaceId: `ws-${n}` }));
  expect(store.lines({}, ALL)).toHaveLength(4);
  expect(store.counted({})).toEqual([
    { hour: NOON, workspaceId: null, actorKind: 'user', actorId: 'mallory', count: 3 },
  ]);
  expect(store.counted({ workspaceIds: ['ws-1'] })).toEqual([
    { hour: NOON, workspaceId: null, actorKind: null, actorId: null, count: 3 },
  ]);
});

test('takes away what is too old, counts it, and keeps what an open case holds', () => {
  const old = opened();
  old.add(attempt({ keyId: 'key-1' }));
  old.add(attempt({ keyId: 'key-2' }));
  old.hold({ workspaceId: 'acme', keyId: 'key-2', caseId: 'SR-1042', since: NOON - DAY });
  old.close();
  const later = NOON + USUAL_LIMITS.keptForMs + 2 * HOUR;
  const store = opened({}, () => later);
  store.add(attempt({ at: later, keyId: 'key-3' }));
  expect(store.lines({}, ALL).map(({ keyId }) => keyId)).toEqual(['key-3', 'key-2']);
  expect(store.counted({}).map(({ hour, count }) => [hour, count])).toEqual([[NOON, 1]]);
  store.letGo({ workspaceId: 'acme', keyId: 'key-2', caseId: 'SR-1042' });
  store.close();
  const last = opened({}, () => later);
  last.add(attempt({ at: later, keyId: 'key-4' }));
  expect(last.lines({}, ALL).map(({ keyId }) => keyId)).toEqual(['key-4', 'key-3']);
  expect(last.counted({})).toEqual([
    { hour: null, workspaceId: null, actorKind: null, actorId: null, count: 2 },
  ]);
});

const rowsOf = (table: string): ReadonlyArray<unknown> => {
  const database = openSqlite(file, { readonly: true });
  try {
    return database.prepare(`SELECT * FROM ${table}`).all();
  } finally {
    database.close();
  }
};

test('looks at what is too old once a day, however little is refused', () => {
  let now = NOON;
  const store = opened({}, () => now);
  store.add(attempt({ at: now, keyId: 'key-1' }));
  now += USUAL_LIMITS.keptForMs + DAY;
  store.add(attempt({ at: now, keyId: 'key-2' }));
  expect(store.lines({}, ALL).map(({ keyId }) => keyId)).toEqual(['key-2']);
});

test('every attempt is a line or counted, whatever the limits and the order', () => {
  fc.assert(
    fc.property(
      fc.record({
        linesOfActorInWorkspace: fc.integer({ min: 1, max: 5 }),
        linesOfActor: fc.integer({ min: 1, max: 8 }),
        linesInHour: fc.integer({ min: 1, max: 12 }),
        lines: fc.integer({ min: 1, max: 15 }),
      }),
      fc.array(
        fc.record({
          at: fc.integer({ min: 0, max: 3 * HOUR }).map((after) => NOON + after),
          workspaceId: fc.constantFrom('a', 'b', null),
          actorId: fc.constantFrom('ada', 'mallory', null),
        }),
        { maxLength: 40 },
      ),
      (limits, attempts) => {
        const clock = (): number => NOON + 4 * HOUR;
        const store = openRefusalStore(file, { clock, limits: { ...USUAL_LIMITS, ...limits } });
        try {
          for (const one of attempts) store.add(attempt(one));
          store.close();
          // Too many lines age when a process begins to write.
          const next = openRefusalStore(file, { clock, limits: { ...USUAL_LIMITS, ...limits } });
          next.add(attempt({ at: NOON + 3 * HOUR + 1, workspaceId: 'c', actorId: 'eve' }));
          const lines = next.lines({}, ALL).length;
          const counted = next.counted({}).reduce((sum, { count }) => sum + count, 0);
          next.close();
          expect(lines).toBeLessThanOrEqual(limits.lines);
          expect(lines + counted).toBe(attempts.length + 1);
          const later = NOON + USUAL_LIMITS.keptForMs + 2 * DAY;
          const last = openRefusalStore(file, { clock: () => later });
          last.add(attempt({ at: later }));
          last.close();
          // One that counts all that is too old, and one of the attempt that was added.
          expect(rowsOf('refusal_hours').length).toBeLessThanOrEqual(2);
          expect(rowsOf('refusal_totals')).toHaveLength(1);
          expect(rowsOf('refusals')).toHaveLength(1);
        } finally {
          for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('touches no file of something else', () => {
  const other = openSqlite(file);
  other.exec('CREATE TABLE theirs (a)');
  other.close();
  expect(() => openRefusalStore(file)).toThrow('a database of something else');
});
