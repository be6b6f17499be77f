import { describe, expect, test } from '@jest/globals';
import { linkEvents, linkOf, withLink } from '@keyturn/event-store';
import { right as rightOf } from 'fp-ts/Either';
import { randomUUID } from 'node:crypto';
import { someHistory } from '../testSupport/histories';
import { eventData, left, type OnDisk, right, withOnDisk } from '../testSupport/onDisk';
import { testSeals } from '../testSupport/testSeals';

const history = someHistory(80, 3);
const forged = history.filter(({ workspaceId }) => workspaceId === 'ws-0');
const revisions = forged.reduce((count, { events }) => count + events.length, 0);

/** Appends a command behind what the stream has, as who has no log key can: the chain fits. */
const forge = async ({ store }: OnDisk, by: { readonly sealed: boolean }): Promise<void> => {
  const page = await right(store.readStream('keyring-ws-0', { direction: 'backwards', limit: 1 }));
  const [last] = page.events;
  const link = linkOf(last?.metadata ?? '');
  if (last === undefined || link === null) throw new Error('no stream');
  const [first, ...rest] = (forged[0]?.events ?? []).map(eventData);
  if (first === undefined) throw new Error('no command');
  const head = { revision: last.revision, chain: link.chain };
  const { events } = linkEvents('keyring-ws-0', head, [first, ...rest], testSeals().sealChain);
  const [one, ...others] = events.map((event) => {
    const made = linkOf(event.metadata);
    if (made === null || by.sealed) return event;
    return { ...event, metadata: withLink({ ...made, seal: null }) };
  });
  if (one === undefined) throw new Error('no command');
  await right(store.append('keyring-ws-0', last.revision, [one, ...others]));
};

describe('I-6: events whose chain was computed anew', () => {
  test.each([
    ['sealed by another key', true],
    ['not sealed at all', false],
  ])('%s, are found where seals are checked', async (_, sealed) => {
    await withOnDisk(async (place) => {
      const { append, open, seals } = place;
      await append(history);
      await forge(place, { sealed });
      const models = await open({ verify: seals, batchSize: 9 });
      await right(models.catchUp);
      expect(await left(models.listKeys('ws-0'))).toMatchObject({
        code: 'log-damaged',
        message: expect.stringContaining('is not sealed by this deployment’s log key'),
      });
      const { entries } = await right(models.auditPage({}, { order: 'newest-first', limit: 1000 }));
      expect(entries.filter(({ workspaceId }) => workspaceId === 'ws-0')).toHaveLength(revisions);
      expect((await right(models.listKeys('ws-1'))).length).toBeGreaterThan(0);
    });
  });

  test.each([
    ['in one batch', 500],
    ['with a batch that ends between them', revisions + 2],
  ])('not sealed, are found behind a whole log, though more comes behind them: %s', async (_, batchSize) => {
    await withOnDisk(async (place) => {
      const { append, open, seals, store } = place;
      await append(forged);
      await forge(place, { sealed: false });
      const revision = revisions - 1 + (forged[0]?.events.length ?? 0);
      const junk = { id: randomUUID(), type: 'KeyAdded', data: '{}', metadata: '{}' };
      await right(store.append('keyring-ws-0', revision, [junk]));
      const models = await open({ verify: seals, batchSize });
      await right(models.catchUp);
      const { entries } = await right(models.auditPage({}, { order: 'newest-first', limit: 1000 }));
      expect(entries).toHaveLength(revisions);
      const [status] = await right(models.status);
      expect(status?.stopped).toMatchObject([{ workspaceId: 'ws-0', revision: revisions }]);
    });
  });

  test('are shown where no seal is checked, and found by the first process that checks them', async () => {
    await withOnDisk(async (place) => {
      const { append, open, seals } = place;
      await append(history);
      await forge(place, { sealed: true });
      const reading = await open();
      await right(reading.catchUp);
      expect(await right(reading.logOf('key-list', 'ws-0'))).toMatchObject({ sealedTo: null });
      expect((await right(reading.listKeys('ws-0'))).length).toBeGreaterThan(0);
      const models = await open({ verify: seals });
      await right(models.catchUp);
      expect((await left(models.listKeys('ws-0'))).code).toBe('log-damaged');
      expect((await left(reading.listKeys('ws-0'))).code).toBe('log-damaged');
    });
  });
});

test('an append that is longer than many batches is sealed by its end', async () => {
  await withOnDisk(async ({ appendTo, open, seals }) => {
    await appendTo('keyring-ws-0', forged.flatMap(({ events }) => events).map(eventData));
    const models = await open({ verify: seals, batchSize: 3 });
    await right(models.catchUp);
    expect(await right(models.logOf('audit-log', 'ws-0'))).toMatchObject({
      revision: revisions - 1,
      sealedTo: revisions - 1,
    });
  });
});

describe('an answer says what vouches for it', () => {
  test('sealed to its last revision, or not checked', async () => {
    await withOnDisk(async ({ append, open, seals }) => {
      await append(history.slice(0, 40));
      const reading = await open();
      await right(reading.catchUp);
      expect(await right(reading.logOf('key-list', 'ws-0'))).toMatchObject({
        of: 'workspace',
        sealedTo: null,
      });
      expect(await right(reading.status)).toMatchObject([
        { workspaces: 2, sealedWorkspaces: 0 },
        { workspaces: 2, sealedWorkspaces: 0 },
        { workspaces: 2, sealedWorkspaces: 0 },
      ]);
      const models = await open({ verify: seals });
      await right(models.catchUp);
      const log = await right(models.logOf('key-list', 'ws-0'));
      expect(log).toEqual({ of: 'workspace', revision: expect.any(Number), sealedTo: expect.any(Number) });
      expect(log.of === 'workspace' && log.sealedTo === log.revision).toBe(true);
      await append(history.slice(40));
      await right(models.catchUp);
      expect(await right(models.logOf('audit-log', 'ws-0'))).toMatchObject({
        revision: revisions - 1,
        sealedTo: revisions - 1,
      });
      expect(await right(models.logOf('audit-log'))).toEqual({
        of: 'all',
        workspaces: 2,
        sealedWorkspaces: 2,
        stopped: [],
      });
      expect(await right(models.logOf('audit-log', 'nobody'))).toMatchObject({ revision: -1 });
    });
  });

  test('a seal of a key that was replaced is no damage, and vouches for nothing', async () => {
    await withOnDisk(async ({ append, open }) => {
      await append(history);
      let reread = 0;
      const verify = {
        verifySeal: () => 'unknown-key' as const,
        logKeyNumber: () => 2,
        rereadLogKeys: () => {
          reread += 1;
          return Promise.resolve(rightOf(undefined));
        },
      };
      const models = await open({ verify });
      await right(models.catchUp);
      expect(await right(models.logOf('key-list', 'ws-0'))).toMatchObject({ sealedTo: null });
      expect(reread).toBeGreaterThan(0);
      expect(reread).toBeLessThan(10);
    });
  });

  test('a seal of a key that the vault never made is a forgery', async () => {
    await withOnDisk(async ({ append, open }) => {
      await append(history);
      const verify = {
        verifySeal: () => 'unknown-key' as const,
        logKeyNumber: () => 0,
        rereadLogKeys: () => Promise.resolve(rightOf(undefined)),
      };
      const models = await open({ verify });
      await right(models.catchUp);
      const [status] = await right(models.status);
      expect(status?.stopped.map(({ workspaceId }) => workspaceId)).toContain('ws-0');
    });
  });
});
