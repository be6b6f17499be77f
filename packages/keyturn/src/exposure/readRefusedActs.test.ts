import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditFilter } from '@keyturn/projections';
import { right } from 'fp-ts/Either';
import { openRefusalStore, type RefusalStore } from '../refusals/refusalStore';
import type { RefusedAttempt } from '../refusals/refusedAttempt';
import { readRefusedActsOfNewActors } from './readRefusedActs';

const SINCE = Date.UTC(2026, 9, 5);
const HOUR = 3_600_000;
const window = { since: SINCE, until: SINCE + 24 * HOUR };
let directory: string;
let store: RefusalStore;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyturn-refused-acts-'));
  store = openRefusalStore(join(directory, 'refusals.sqlite'), { clock: () => SINCE });
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true });
});

const refused = (more: Partial<RefusedAttempt>): void =>
  store.add({
    at: SINCE + HOUR,
    workspaceId: 'acme',
    actorKind: 'user',
    actorId: 'mallory',
    originRef: null,
    action: 'SetDefault',
    keyId: null,
    runId: null,
    code: 'not-permitted',
    ...more,
  });

/** A log that knows ada from before. */
const models = {
  auditPage: ({ actor, until }: AuditFilter) => {
    expect(until).toBe(SINCE);
    const isAda = JSON.stringify(actor) === JSON.stringify({ id: 'ada', kind: 'user' });
    const entries = isAda ? [{}] : [];
    return () => Promise.resolve(right({ entries, next: null, more: false, clocksInDoubt: false }));
  },
};

const acts = async () =>
  (await readRefusedActsOfNewActors(models as never, store, 'acme', window)).map(({ actor }) => actor);

test('an actor who was only refused is told, whatever it was about', async () => {
  refused({});
  refused({ actorId: 'ada' });
  expect(await acts()).toEqual(['user:mallory']);
});

test('nobody who was refused before the window is new, nor support, nor who is refused elsewhere', async () => {
  refused({ at: SINCE - HOUR, actorId: 'bea' });
  refused({ actorId: 'bea' });
  refused({ actorKind: 'support', actorId: 'grace' });
  refused({ workspaceId: 'globex', actorId: 'eve' });
  refused({ at: SINCE + 48 * HOUR, actorId: 'late' });
  expect(await acts()).toEqual([]);
});
