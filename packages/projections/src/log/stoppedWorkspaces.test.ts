import { describe, expect, test } from '@jest/globals';
import type { ReadModels } from '../readModels';
import { someHistory } from '../testSupport/histories';
import { allRows, eventData, left, on, type OnDisk, right, withOnDisk } from '../testSupport/onDisk';

const history = someHistory(80, 4);
const NEWEST = { order: 'newest-first', limit: 1000 } as const;
const ALL = ['key-list', 'run-usage', 'audit-log'] as const;

const OF = "stream_id = (SELECT id FROM streams WHERE name = 'keyring-ws-0')";

/** What every query of a workspace is answered with. */
const answersOf = async (models: ReadModels, workspaceId: string): Promise<ReadonlyArray<unknown>> => {
  const queries = [
    models.listKeys(workspaceId),
    models.findKeys(workspaceId, 'key-1'),
    models.findWorkspace(workspaceId),
    models.listRuns({ workspaceId }, { limit: 10 }),
    models.auditPage({ workspaceId }, NEWEST),
    models.countByAction({ workspaceId }),
    models.countByActor({ workspaceId }),
    models.logOf('key-list', workspaceId),
  ];
  const answers = await Promise.all(queries.map(async (query) => query()));
  return answers.map((answer) => (answer._tag === 'Left' ? answer.left : answer.right));
};

/** That one workspace stands, and nothing else does. */
const expectStopped = async (
  { open, directory }: OnDisk,
  models: ReadModels,
  fault: { readonly code: string; readonly revision: number; readonly says: string },
): Promise<void> => {
  const { code, revision, says } = fault;
  await right(models.catchUp);
  for (const answer of await answersOf(models, 'ws-0')) {
    expect(answer).toMatchObject({ _tag: 'ProjectionFault', code, message: expect.stringContaining(says) });
    expect(answer).toMatchObject({
      message: expect.stringMatching(`workspace ws-0 .*event ${revision} of stream keyring-ws-0`),
    });
  }
  const status = await right(models.status);
  expect(status.map(({ lastError, lag }) => [lastError, lag])).toEqual(ALL.map(() => [null, 0n]));
  for (const { stopped } of status)
    expect(stopped).toMatchObject([{ workspaceId: 'ws-0', stream: 'keyring-ws-0', revision, code }]);
  expect((await right(models.auditPage({}, NEWEST))).entries.length).toBeGreaterThan(0);
  expect(await right(models.logOf('audit-log'))).toMatchObject({
    of: 'all',
    stopped: [{ workspaceId: 'ws-0', code, revision }],
  });
  // The rows of another workspace are those of a log that was never damaged.
  const undamaged = await open({ file: `${directory}/undamaged.db` });
  expect(await right(undamaged.listKeys('ws-1'))).toEqual(await right(models.listKeys('ws-1')));
  // Other processes see it, too.
  const reading = await open({ access: 'read' });
  expect((await left(reading.listKeys('ws-0'))).code).toBe(code);
};

/** The read models of a log of which something was changed before they saw it. */
const expectDamageStops = (statement: string, fault: Parameters<typeof expectStopped>[2]): Promise<void> =>
  withOnDisk(async (place) => {
    const { append, open, directory, eventFile } = place;
    await append(history);
    await right((await open({ file: `${directory}/undamaged.db` })).catchUp);
    on(eventFile, statement);
    await expectStopped(place, await open({ batchSize: 7 }), fault);
  });

describe('a damaged log stops its workspace, and no other', () => {
  test('I-5: an event was removed', () =>
    expectDamageStops(`DELETE FROM events WHERE ${OF} AND revision = 5`, {
      code: 'log-damaged',
      revision: 6,
      says: 'events are missing',
    }));

  test('I-5: an event was removed, and the revisions made to fit', () =>
    expectDamageStops(
      `DELETE FROM events WHERE ${OF} AND revision = 5;
       UPDATE events SET revision = -revision WHERE ${OF} AND revision > 5;
       UPDATE events SET revision = -revision - 1 WHERE ${OF} AND revision < 0`,
      { code: 'log-damaged', revision: 5, says: 'does not fit the chain' },
    ));

  test('I-6: an event was edited', () =>
    expectDamageStops(
      `UPDATE events SET metadata = replace(metadata, '"actor":{', '"actor":{"is":"mallory",')
       WHERE ${OF} AND revision = 5`,
      { code: 'log-damaged', revision: 5, says: 'does not fit the chain' },
    ));

  test('I-7: an event names another workspace', () =>
    withOnDisk(async (place) => {
      const { append, appendTo, open, directory } = place;
      await append(history);
      await right((await open({ file: `${directory}/undamaged.db` })).catchUp);
      const other = history.find(({ workspaceId }) => workspaceId === 'ws-1');
      const revision = history
        .filter(({ workspaceId }) => workspaceId === 'ws-0')
        .reduce((count, { events }) => count + events.length, 0);
      await appendTo('keyring-ws-0', (other?.events ?? []).map(eventData));
      await expectStopped(place, await open(), {
        code: 'log-damaged',
        revision,
        says: 'names another workspace',
      });
    }));

  test('I-8: an event of another kind', () =>
    withOnDisk(async (place) => {
      const { append, open, store, directory } = place;
      await append(history);
      await right((await open({ file: `${directory}/undamaged.db` })).catchUp);
      const invoice = {
        id: '00000000-0000-5000-8000-0000000fffff',
        type: 'InvoiceSent',
        data: '{}',
        metadata: '{}',
      };
      const { revision } = await right(store.append('keyring-ws-0', 'any', [invoice]));
      await expectStopped(place, await open(), { code: 'log-damaged', revision, says: 'has no chain value' });
    }));

  test('I-8: a stream that can be no keyring’s is not looked at', () =>
    withOnDisk(async ({ append, open, store }) => {
      await append(history);
      const other = { id: '00000000-0000-5000-8000-0000000fffff', type: 'Told', data: '{}', metadata: '{}' };
      await right(store.append('keyring-service.audit', 'any', [other]));
      const models = await open();
      await right(models.catchUp);
      expect((await right(models.status)).flatMap(({ stopped }) => stopped)).toEqual([]);
    }));

  test.each(['InvoiceSent', 'KeyAdded'])('an event %s that a newer release wrote', (type) =>
    withOnDisk(async (place) => {
      const { append, appendTo, open, directory } = place;
      await append(history);
      await right((await open({ file: `${directory}/undamaged.db` })).catchUp);
      const revision = history
        .filter(({ workspaceId }) => workspaceId === 'ws-0')
        .reduce((count, { events }) => count + events.length, 0);
      const newer = {
        id: '00000000-0000-5000-8000-0000000fffff',
        type,
        data: '{}',
        metadata: '{"schemaVersion":99}',
      };
      await appendTo('keyring-ws-0', [newer]);
      await expectStopped(place, await open(), { code: 'undecodable-event', revision, says: type });
    }),
  );

  test('half a command is never shown', () =>
    withOnDisk(async (place) => {
      const { append, appendTo, open, directory } = place;
      await append(history);
      await right((await open({ file: `${directory}/undamaged.db` })).catchUp);
      const both = history.find(({ workspaceId, events }) => workspaceId === 'ws-0' && events.length > 1);
      const [first] = both?.events ?? [];
      if (first === undefined) throw new Error('no command of two events');
      const revision = history
        .filter(({ workspaceId }) => workspaceId === 'ws-0')
        .reduce((count, { events }) => count + events.length, 0);
      await appendTo('keyring-ws-0', [eventData(first)]);
      const models = await open();
      await expectStopped(place, models, {
        code: 'incomplete-command',
        revision: revision + 1,
        says: 'in the middle of a command',
      });
      const { entries } = await right(models.auditPage({}, NEWEST));
      expect(entries.filter((entry) => entry.workspaceId === 'ws-0')).toHaveLength(revision);
    }));
});

describe('a workspace that stands', () => {
  test('is not gone on with, whatever is appended', () =>
    withOnDisk(async ({ append, open, eventFile, file }) => {
      await append(history.slice(0, 40));
      on(eventFile, `DELETE FROM events WHERE ${OF} AND revision = 5`);
      const models = await open();
      await right(models.catchUp);
      const before = allRows(file)['run_usage_v1']?.filter((row) => String(row).includes('"ws-0"'));
      await append(history.slice(40));
      await right(models.catchUp);
      const after = allRows(file)['run_usage_v1']?.filter((row) => String(row).includes('"ws-0"'));
      expect(after).toEqual(before);
      expect((await left(models.listKeys('ws-0'))).code).toBe('log-damaged');
    }));

  test.each([1, 500])('returns by a rebuild, once its events are mended, batches of %p', (batchSize) =>
    withOnDisk(async ({ append, open, eventFile, file, directory }) => {
      await append(history);
      const undamaged = `${directory}/undamaged.db`;
      await right((await open({ file: undamaged })).catchUp);
      on(
        eventFile,
        'CREATE TABLE kept AS SELECT * FROM events',
        `DELETE FROM events WHERE ${OF} AND revision = 5`,
      );
      const models = await open({ batchSize });
      await right(models.catchUp);
      expect((await left(models.listKeys('ws-0'))).code).toBe('log-damaged');
      // A rebuild that has met the damage, and was cut off, is not taken up.
      const cut = ({ events }: { readonly events: number }): void => {
        if (events > 10) throw new Error('the process was killed');
      };
      if (batchSize === 1) await left(models.rebuild('audit-log', { onProgress: cut }));
      on(eventFile, `INSERT INTO events SELECT * FROM kept WHERE ${OF} AND revision = 5`, 'DROP TABLE kept');
      await right(models.catchUp);
      expect((await left(models.listKeys('ws-0'))).code).toBe('log-damaged');
      for (const name of ALL) await right(models.rebuild(name));
      expect((await right(models.status)).flatMap(({ stopped }) => stopped)).toEqual([]);
      expect(allRows(file)).toEqual(allRows(undamaged));
    }),
  );
});
