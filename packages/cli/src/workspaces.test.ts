import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

describe('workspaces close', () => {
  test('says what was destroyed with its receipts, and the same again says it again', async () => {
    const { keyId } = await shop.add('left');
    await shop.run(['runs', 'start', 'compile-6', '--workspace', 'left']);
    await shop.run(['runs', 'finish', 'compile-6', '--workspace', 'left']);
    await shop.run(['runs', 'start', 'compile-7', '--workspace', 'left']);
    const close = ['workspaces', 'close', 'left', '--case', 'LEFT-3', '--as', 'support:grace', '--yes'];
    const first = await shop.ask(close);
    expect(first.status).toBe(0);
    expect(first.document).toMatchObject({
      workspaceId: 'left',
      changed: true,
      caseId: 'LEFT-3',
      keys: [
        {
          key: { keyId, status: 'hard-deleted' },
          interruptedRuns: ['compile-7'],
          state: 'confirmed',
          receipt: { secretsDestroyed: 1, destroyedAt: expect.stringMatching(/Z$/) },
        },
      ],
    });
    const again = await shop.ask(close);
    expect(again.document).toMatchObject({ changed: false, keys: at(first.document, 'keys') });
    expect((await shop.run(['runs', 'finish', 'compile-7', '--workspace', 'left'])).status).toBe(0);

    // And F-C8: is what the audit log tells, under its case: the end of the run that it interrupted as well.
    const { stdout } = await shop.run(['audit', 'export', '--workspace', 'left', '--case', 'LEFT-3']);
    const sentences = stdout
      .trim()
      .split('\n')
      .map((line) => String(at(JSON.parse(line) as unknown, 'sentence')));
    expect(sentences).toEqual([
      'grace closed the workspace under case LEFT-3 for good: 1 key goes with it, and 1 run in flight',
      expect.stringMatching(/^grace left no Default in place of …\w{4} \(Anthropic\), closing the workspace/),
      expect.stringMatching(
        /^grace hard-deleted …\w{4} \(Anthropic\) with its workspace under case LEFT-3, interrupting 1 run/,
      ),
      expect.stringMatching(/^keyturn confirmed that the secret of …\w{4} \(Anthropic\) is destroyed/),
      expect.stringContaining('finished run compile-7'),
    ]);
  });

  test('refuses what comes after it with what to do next', async () => {
    await shop.add('gone');
    await shop.run(['workspaces', 'close', 'gone', '--case', 'LEFT-4', '--yes']);
    const { status, stderr } = await shop.run(
      ['keys', 'add', '--workspace', 'gone', '--vendor', 'anthropic'],
      { input: shop.sandbox.issueKey('anthropic') },
    );
    expect(status).toBe(1);
    expect(stderr).toContain('refused (workspace-closed): Workspace gone was closed on');
    expect(stderr).toContain('gets one of another name');
  });
});

describe('set-default', () => {
  test('names the projects that would stay on the old key, and moves them when asked', async () => {
    const { keyId: old } = await shop.add('moving');
    const { keyId } = await shop.add('moving');
    for (const project of ['web', 'docs']) {
      await shop.run(['keys', 'set-default', old, '--workspace', 'moving', '--project', project]);
    }
    const set = ['keys', 'set-default', keyId, '--workspace', 'moving'];
    const dry = await shop.ask([...set, '--dry-run']);
    expect(dry.document).toMatchObject({ dryRun: true, projectsLeft: ['docs', 'web'] });
    const { stdout, stderr } = await shop.run(set);
    expect(stdout).toContain('Left on the old key, by Defaults of their own: projects docs, web\n');
    expect(stderr).toContain(`keyturn keys set-default ${keyId} --workspace moving --with-projects`);
    const moved = await shop.ask([...set, '--with-projects']);
    expect(moved.document).toMatchObject({
      changed: true,
      projectsMoved: ['docs', 'web'],
      projectsLeft: [],
    });
    expect((await shop.ask([...set, '--with-projects'])).document).toMatchObject({
      changed: false,
      projectsMoved: [],
    });
    const both = await shop.run([...set, '--with-projects', '--project', 'docs']);
    expect(both.status).toBe(2);
  });
});

test('F-E6: keys list is sorted as asked, in words and in JSON', async () => {
  const [a, b, c] = [await shop.add('sorted'), await shop.add('sorted'), await shop.add('sorted')];
  const on = ['--workspace', 'sorted'];
  for (const run of ['r1', 'r2']) await shop.run(['runs', 'start', run, ...on, '--key', b.keyId]);
  await shop.run(['runs', 'start', 'r3', ...on, '--key', c.keyId]);
  await shop.run(['keys', 'expiry', a.keyId, ...on, '--at', '2026-01-31']);
  const order = async (...words: ReadonlyArray<string>) => {
    const { document } = await shop.ask(['keys', 'list', ...on, ...words]);
    return Object.values(at(document, 'keys') ?? {}).map((key) => at(key, 'keyId'));
  };
  const ids = (...keys: ReadonlyArray<{ keyId: string }>) => keys.map(({ keyId }) => keyId);
  expect(await order()).toEqual(ids(a, b, c));
  expect(await order('--sort', 'added')).toEqual(ids(a, b, c));
  expect(await order('--sort', 'used')).toEqual(ids(c, b, a));
  expect(await order('--sort', 'due')).toEqual(ids(a, b, c));
  await shop.run(['keys', 'expiry', c.keyId, ...on, '--at', '2026-01-30']);
  expect(await order('--sort', 'due')).toEqual(ids(c, a, b));
  expect(await order('--sort', 'runs')).toEqual(ids(b, c, a));
  const { stdout } = await shop.run(['keys', 'list', ...on, '--sort', 'runs']);
  const [, first = ''] = stdout.split('\n');
  expect(first).toContain(`…${b.last4}`);
  expect(await shop.run(['keys', 'list', ...on, '--sort', 'name'])).toMatchObject({ status: 2 });
});
