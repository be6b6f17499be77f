import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeEvent, type EnvelopedEvent } from '@keyturn/domain';
import type { EventStore, RecordedEvent } from '@keyturn/event-store';
import type { ReadModels } from '@keyturn/projections';
import { isRefusal } from '@keyturn/service';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { brokenInvariants, scatteredCommands } from '@keyturn/domain/invariants';
import { expectRight } from '@keyturn/testbed';
import type { KeyturnOnDisk } from '../keyturnOnDisk';
import { found } from './found';
import { play } from './play';
import { schedules } from './schedule';
import { openParts, openSite } from './site';

/** A thousand are tried by scripts/schedules. */
const RUNS = Number(process.env['KEYTURN_SCHEDULES'] ?? 12);

let parts: KeyturnOnDisk;
beforeAll(async () => {
  parts = await openParts();
});
afterAll(() => parts.close());

const streamOf = async (store: EventStore, workspaceId: string): Promise<ReadonlyArray<RecordedEvent>> =>
  (await expectRight(store.readStream(`keyring-${workspaceId}`, { direction: 'forwards', limit: 4_096 })))
    .events;

const decoded = (events: ReadonlyArray<RecordedEvent>): ReadonlyArray<EnvelopedEvent> =>
  events.map((stored) => {
    const event = decodeEvent(stored);
    if (E.isLeft(event)) throw event.left;
    return event.right;
  });

const everything = async (models: ReadModels, workspaceId: string) => ({
  keys: await expectRight(models.listKeys(workspaceId)),
  runs: (await expectRight(models.listRuns({ workspaceId }, { limit: 1_000 }))).runs,
  audit: (await expectRight(models.auditPage({ workspaceId }, { order: 'oldest-first', limit: 1_000 })))
    .entries,
});

describe('the whole service over the wire, whatever goes wrong there', () => {
  test(
    'loses nothing, doubles nothing, keeps every order and invariant, and its projections are what a rebuild makes',
    async () => {
      await fc.assert(
        fc.asyncProperty(schedules, async (turns) => {
          const site = await openSite(parts);
          try {
            const workspaces = [`a-${randomUUID()}`, `b-${randomUUID()}`];
            const told = await play(site, turns, workspaces);
            const { store, models } = site;
            await expectRight(models.catchUp);
            const rebuilt = await site.rebuilt();
            for (const workspaceId of workspaces) {
              const stored = await streamOf(store, workspaceId);
              const history = decoded(stored);
              expect(stored.map(({ revision }) => revision)).toEqual(stored.map((_, n) => n));
              expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
              const all = await expectRight(
                store.readAll({ streamPrefix: `keyring-${workspaceId}`, limit: 4_096 }),
              );
              expect(all.events).toEqual(stored);
              expect(brokenInvariants(history)).toEqual([]);
              expect(scatteredCommands(history)).toEqual([]);
              const shown = await everything(models, workspaceId);
              expect(shown).toEqual(await everything(rebuilt, workspaceId));
              expect(shown.audit).toHaveLength(stored.length);
              const ids = new Set(history.map(({ envelope }) => envelope.commandId));
              const mine = told.filter((one) => one.workspaceId === workspaceId);
              // Whoever waits long enough is told: done, or why not.
              const faults = mine.flatMap(({ result }) =>
                E.isLeft(result) && !isRefusal(result.left) ? [result.left] : [],
              );
              expect(faults).toEqual([]);
              const lost = mine.filter(
                ({ result, step, commandId }) =>
                  E.isRight(result) &&
                  result.right.position !== null &&
                  step.kind !== 'start-with-secret' &&
                  ![...ids].some((id) => id === commandId),
              );
              expect(lost).toEqual([]);
            }
          } finally {
            await site.close();
          }
        }),
        { numRuns: RUNS, examples: [...found] },
      );
    },
    60_000 + RUNS * 10_000,
  );
});
