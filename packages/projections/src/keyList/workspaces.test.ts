import { expect, test } from '@jest/globals';
import { someHistory } from '../testSupport/histories';
import { on, right, withOnDisk } from '../testSupport/onDisk';

test('every workspace is listed once, page by page, with what it has and when somebody was last active', async () => {
  await withOnDisk(async ({ append, open }) => {
    const models = await open({ batchSize: 7 });
    const history = someHistory(300, 9);
    await append(history);
    await right(models.catchUp);
    const whole = await right(models.listWorkspaces({ limit: 100 }));
    expect(whole.workspaces.map(({ workspaceId }) => workspaceId)).toEqual(['ws-0', 'ws-1']);
    expect(whole).toMatchObject({ more: false, next: 'ws-1' });
    for (const { workspaceId, since, lastActivityAt } of whole.workspaces) {
      const events = history.filter((one) => one.workspaceId === workspaceId).flatMap((one) => one.events);
      expect(since).toBe(events[0]?.envelope.time);
      expect(lastActivityAt).toBe(
        events.filter(({ envelope }) => envelope.actor.kind !== 'system').at(-1)?.envelope.time,
      );
    }
    const first = await right(models.listWorkspaces({ limit: 1 }));
    expect(first).toMatchObject({ more: true, next: 'ws-0', workspaces: [whole.workspaces[0]] });
    const second = await right(models.listWorkspaces({ limit: 1, after: 'ws-0' }));
    expect(second).toEqual({ more: false, next: 'ws-1', workspaces: [whole.workspaces[1]] });
    expect(await right(models.listWorkspaces({ limit: 1, after: 'ws-1' }))).toEqual({
      more: false,
      next: 'ws-1',
      workspaces: [],
    });
    expect(await right(models.findWorkspace('ws-0'))).toEqual(whole.workspaces[0]);
    expect(await right(models.findWorkspace('ws-00'))).toBeNull();
  });
});

test('rows of an older release have no workspaces: who asks gets those of the rebuild', async () => {
  await withOnDisk(async ({ append, open, file }) => {
    const built = await open();
    await append(someHistory(300, 9));
    await right(built.catchUp);
    const whole = await right(built.listWorkspaces({ limit: 100 }));
    on(
      file,
      "update projection_checkpoints set version = 0 where projector = 'key-list'",
      'drop view workspaces_v1',
      'drop table workspaces_g1',
    );
    const models = await open();
    expect(await right(models.listWorkspaces({ limit: 100 }))).toEqual(whole);
  });
});
