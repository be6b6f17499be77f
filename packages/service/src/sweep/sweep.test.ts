import { describe, expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import * as TE from 'fp-ts/TaskEither';
import { intercepted, type Interception } from '../testSupport/interceptedStore';
import { leftOf } from '../testSupport/leftOf';
import { addedKey, freshSite } from '../testSupport/site';
import { eventTypes } from '../testSupport/stream';
import { orphanIn, swept, SWEEPER, withoutAppendsOf } from '../testSupport/sweeping';

const site = freshSite();

const rowsOf = (workspaceId = 'acme') => expectRight(site().vault.rowsOf(workspaceId));

describe('a sweep', () => {
  test('that is dry tells the same and changes nothing', async () => {
    const { key } = await addedKey(site());
    await orphanIn(site(), 'orphan-1');
    await expectRight(site().vault.freeze({ workspaceId: 'acme', keyId: key.keyId }));
    const [events, rows] = [await eventTypes(site().eventStore), await rowsOf()];
    const dry = await swept(site(), { dryRun: true });
    expect(dry.dryRun).toBe(true);
    expect([await eventTypes(site().eventStore), await rowsOf()]).toEqual([events, rows]);
    expect((await swept(site())).repairs).toEqual(dry.repairs);
    expect(dry.repairs).toHaveLength(2);
  });

  test('by several at once repairs everything once', async () => {
    const { key } = await addedKey(site());
    const keyturn = withoutAppendsOf(site(), 'KeySecretDestroyed');
    await expectRight(keyturn.hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }));
    await orphanIn(site(), 'orphan-1');
    await orphanIn(site(), 'orphan-2', 'other');
    const sweepers = await Promise.all(
      [1, 2, 3].map(async () => site().another({ eventStore: await site().anotherStore() })),
    );
    await Promise.all(sweepers.map((sweeper) => swept(site(), {}, sweeper)));
    expect(await swept(site())).toMatchObject({ repairs: [], pending: [] });
    const types = await eventTypes(site().eventStore);
    expect(
      types.filter((type) => type === 'KeySecretDestroyed' || type === 'KeyAddAbandoned').sort(),
    ).toEqual(['KeyAddAbandoned', 'KeySecretDestroyed']);
    expect(await eventTypes(site().eventStore, 'other')).toEqual(['KeyAddAbandoned']);
  });

  test('asks for the permission on each workspace, and leaves those alone that it has none on', async () => {
    await orphanIn(site(), 'orphan-1', 'mine');
    await orphanIn(site(), 'orphan-2', 'theirs');
    const asked: unknown[] = [];
    const keyturn = site().another({
      authorize: (request) => {
        asked.push(request);
        return Promise.resolve(request.workspaceId === 'mine');
      },
    });
    const report = await swept(site(), {}, keyturn);
    expect(report).toMatchObject({
      workspaces: 2,
      repairs: [{ workspaceId: 'mine' }],
      pending: [{ workspaceId: 'theirs', kind: 'workspace', code: 'not-permitted' }],
    });
    expect(asked).toMatchObject([
      { actor: SWEEPER, action: 'Sweep', workspaceId: 'mine', impliedEffects: ['vendor-called'] },
      { workspaceId: 'theirs' },
    ]);
    expect(await rowsOf('theirs')).toHaveLength(1);
  });

  test('goes on past a workspace that can not be read', async () => {
    await orphanIn(site(), 'orphan-1', 'a-broken');
    await orphanIn(site(), 'orphan-2', 'sound');
    const by: Interception = {
      readStream: (next, stream, options) =>
        stream === 'keyring-a-broken'
          ? TE.left(new StoreFault('corrupt', 'The stream is damaged.'))
          : next(stream, options),
    };
    const keyturn = site().another({ eventStore: intercepted(site().eventStore, by) });
    expect(await swept(site(), {}, keyturn)).toMatchObject({
      repairs: [{ workspaceId: 'sound' }],
      pending: [{ workspaceId: 'a-broken', kind: 'workspace', code: 'corrupt' }],
    });
  });

  test('says after each workspace how far it is, and stops between two when it is told to', async () => {
    for (const workspaceId of ['a', 'b', 'c']) await orphanIn(site(), 'orphan', workspaceId);
    const stop = new AbortController();
    const heard: number[] = [];
    const report = await swept(site(), {
      signal: stop.signal,
      onProgress: (workspaces) => {
        heard.push(workspaces);
        if (workspaces === 2) stop.abort();
      },
    });
    expect(heard).toEqual([1, 2]);
    expect(report.workspaces).toBe(2);
    expect(await rowsOf('c')).toHaveLength(1);
  });

  test('goes on past a workspace that brings a defect to light', async () => {
    await orphanIn(site(), 'orphan-1', 'a-broken');
    await orphanIn(site(), 'orphan-2', 'sound');
    const { vault } = site();
    const keyturn = site().another({
      vault: {
        ...vault,
        rowsOf: (workspaceId) => {
          if (workspaceId === 'a-broken') throw new Error('a defect');
          return vault.rowsOf(workspaceId);
        },
      },
    });
    expect(await swept(site(), {}, keyturn)).toMatchObject({
      repairs: [{ workspaceId: 'sound' }],
      pending: [{ workspaceId: 'a-broken', kind: 'workspace', code: 'defect' }],
    });
  });

  test('stops between two repairs when it is told to', async () => {
    const cutOff = withoutAppendsOf(site(), 'KeyValidated');
    for (const vendor of ['anthropic', 'openai']) {
      const pasted = site().sandbox.issueKey(vendor);
      await expectRight(cutOff.addKey(site().as(), { vendor, pasted }));
    }
    const stop = new AbortController();
    const by: Interception = {
      append: (next, stream, expected, events) => {
        if (events.some(({ type }) => type === 'KeyValidated')) stop.abort();
        return next(stream, expected, events);
      },
    };
    const keyturn = site().another({ eventStore: intercepted(site().eventStore, by) });
    expect((await swept(site(), { signal: stop.signal }, keyturn)).repairs).toHaveLength(1);
  });

  test('by an actor that is none is refused', async () => {
    await orphanIn(site(), 'orphan-1');
    const refused = site().keyturn.sweep({ actor: { kind: 'user', id: 'no such id' } });
    await expect(leftOf(refused)).resolves.toMatchObject({ code: 'invalid-input' });
  });
});

test('a service sweeps at once and then at intervals, until it is told to stop, failures or not', async () => {
  await orphanIn(site(), 'orphan-1');
  const stop = new AbortController();
  const warnings: unknown[] = [];
  let away = true;
  const by: Interception = {
    readStream: (next, stream, options) =>
      away ? TE.left(new StoreFault('unavailable', 'The store is away.')) : next(stream, options),
  };
  const keyturn = site().another({
    eventStore: intercepted(site().eventStore, by),
    log: {
      info: () => undefined,
      warn: (...line) => {
        warnings.push(line);
        away = false;
      },
    },
  });
  const reports: number[] = [];
  await keyturn.sweepUntil(stop.signal, {
    actor: SWEEPER,
    graceMs: 0,
    everyMs: 1,
    onSwept: ({ repairs }) => {
      reports.push(repairs.length);
      if (reports.length === 2) stop.abort();
    },
  });
  expect(warnings).toEqual([[{ actor: SWEEPER, code: 'unavailable' }, 'sweep failed']]);
  expect(reports).toEqual([1, 0]);
});

test('a service goes on sweeping after a defect, and after a listener that throws', async () => {
  const stop = new AbortController();
  const warnings: unknown[] = [];
  let [pages, reports] = [0, 0];
  const { vault } = site();
  const keyturn = site().another({
    vault: {
      ...vault,
      workspaceIds: (...page) => {
        pages += 1;
        if (pages === 1) throw new Error('a defect');
        return vault.workspaceIds(...page);
      },
    },
    log: { info: () => undefined, warn: (...line) => warnings.push(line) },
  });
  await keyturn.sweepUntil(stop.signal, {
    actor: SWEEPER,
    everyMs: 1,
    onSwept: () => {
      reports += 1;
      if (reports === 2) stop.abort();
      throw new Error('a listener’s own');
    },
  });
  const failed = [{ actor: SWEEPER, code: 'defect' }, 'sweep failed'];
  expect(warnings).toEqual([failed, failed, failed]);
});
