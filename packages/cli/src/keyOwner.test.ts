import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const W = (workspace: string): ReadonlyArray<string> => ['--workspace', workspace];

describe('keys relabel', () => {
  test('gives another name, or none, and says where it was so already', async () => {
    const { keyId, last4 } = await shop.add('relabel', 'anthropic', 'valid', ['--label', 'prod-1']);
    const relabel = (label: string) =>
      shop.run(['keys', 'relabel', keyId, ...W('relabel'), '--label', label]);
    expect(await relabel('👩‍💻 dev')).toMatchObject({
      status: 0,
      stdout: `…${last4} · Default\nKey ${keyId}, anthropic, "👩‍💻 dev"\n`,
    });
    expect((await relabel('👩‍💻 dev')).stdout).toContain('It was called so already.');
    expect((await shop.run(['keys', 'list', ...W('relabel')])).stdout).toContain('👩‍💻 dev');
    expect((await relabel('')).stdout).toBe(`…${last4} · Default\nKey ${keyId}, anthropic\n`);
    expect((await relabel('')).stdout).toContain('It had no label.');
    const { document } = await shop.ask(['keys', 'relabel', keyId, ...W('relabel'), '--label', 'x']);
    expect(document).toMatchObject({ key: { keyId, label: 'x', expiresAt: null }, changed: true });
  });

  test('needs a label, and refuses one that nobody could see', async () => {
    const { keyId } = await shop.add('invisible');
    expect(await shop.run(['keys', 'relabel', keyId, ...W('invisible')])).toMatchObject({ status: 2 });
    const refused = await shop.run(['keys', 'relabel', keyId, ...W('invisible'), '--label', '\u3164']);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('something to see') });
  });
});

describe('keys expiry', () => {
  test('is set, shown and taken away, and stops no run', async () => {
    const { keyId } = await shop.add('expiry', 'anthropic', 'valid', ['--expires', '2026-01-31']);
    const listed = await shop.ask(['keys', 'list', ...W('expiry')]);
    expect(at(listed.document, 'keys', '0')).toMatchObject({
      expiresAt: '2026-02-01T00:00:00.000Z',
      rotateBy: '2026-02-01T00:00:00.000Z',
      rotateBecause: 'expiry',
    });
    expect((await shop.run(['keys', 'list', ...W('expiry')])).stdout).toContain('2026-02-01 00:00:00Z, due');
    expect(await shop.run(['runs', 'start', 'r1', ...W('expiry')])).toMatchObject({ status: 0 });
    const set = await shop.run(['keys', 'expiry', keyId, ...W('expiry'), '--at', '2036-01-01T00:00:00Z']);
    expect(set).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('replaced by 2036-01-01 00:00:00Z.'),
    });
    const none = () => shop.run(['keys', 'expiry', keyId, ...W('expiry'), '--none']);
    expect((await none()).stdout).toContain('It has no expiry.');
    expect((await none()).stdout).toContain('It has no expiry: that was so already.');
  });

  test.each([[[]], [['--at', '2027-01-01', '--none']], [['--at', 'soon']]])(
    'takes one of the two: %j',
    async (words) => {
      expect(await shop.run(['keys', 'expiry', 'abcdef', ...W('expiry'), ...words])).toMatchObject({
        status: 2,
      });
    },
  );
});

describe('keys due', () => {
  test('looks over all workspaces, ends with 0, and with --exit-code tells scripts', async () => {
    const due = (...words: ReadonlyArray<string>) => shop.ask(['keys', 'due', ...words]);
    const { keyId } = await shop.add('due', 'anthropic', 'valid', ['--expires', '2026-01-31']);
    const all = await due();
    expect(all).toMatchObject({
      status: 0,
      document: { rotateAfterDays: 90, withinDays: 0, keys: [{ workspaceId: 'due', keyId }] },
    });
    expect(await due('--exit-code')).toMatchObject({ status: 1, document: { keys: [{ keyId }] } });
    expect(await due('--workspace', 'due', '--within', '0')).toMatchObject({
      document: { keys: [{ keyId }] },
    });
    await shop.add('other');
    expect(await due('--workspace', 'other', '--exit-code')).toMatchObject({
      status: 0,
      document: { keys: [] },
    });
    const { stdout } = await shop.run(['keys', 'due']);
    expect(stdout).toMatch(/^ROTATE BY +BECAUSE +WORKSPACE +KEY/);
    expect(stdout).toMatch(/2026-02-01 00:00:00Z, due +expiry +due/);
  });

  test('goes by the age that is set, on the command line or in the environment', async () => {
    const { keyId } = await shop.add('age');
    const env = { KEYTURN_ROTATE_AFTER_DAYS: '30' };
    const words = ['keys', 'due', ...W('age'), '--within'];
    expect(await shop.ask([...words, '31'], { env })).toMatchObject({
      document: { rotateAfterDays: 30, keys: [{ keyId, rotateBecause: 'age' }] },
    });
    expect(await shop.ask([...words, '31', '--rotate-after', '60'], { env })).toMatchObject({
      document: { rotateAfterDays: 60, keys: [] },
    });
    expect((await shop.run([...words, '61', '--rotate-after', '60'])).stdout).toContain(' 60 days old ');
    expect((await shop.run([...words, '2', '--rotate-after', '1'])).stdout).toContain(' 1 day old ');
    for (const wrong of ['0', 'x', '-1', '40000']) {
      expect(await shop.run([...words, '1', `--rotate-after=${wrong}`])).toMatchObject({ status: 2 });
      expect(await shop.run([...words, '1'], { env: { KEYTURN_ROTATE_AFTER_DAYS: wrong } })).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('KEYTURN_ROTATE_AFTER_DAYS'),
      });
    }
  });
});

describe('keys show', () => {
  test('F-D2: tells what is known of a key in every state, and no more than its last 4', async () => {
    const W1 = W('show');
    const { keyId, last4, secret } = await shop.add('show', 'anthropic', 'valid', ['--label', 'prod-1']);
    await shop.run(['keys', 'set-default', keyId, ...W1, '--project', 'docs']);
    await shop.run(['runs', 'start', 'r1', ...W1]);
    const show = async (): Promise<string> =>
      (await shop.run(['keys', 'show', keyId.slice(0, 8), ...W1])).stdout;
    const serving = await show();
    expect(serving).toContain(`…${last4} · Default\nKey ${keyId}, anthropic, "prod-1"\n`);
    expect(serving).toMatch(/Default of +the workspace, project docs\n/);
    expect(serving).toMatch(/Runs in flight +1\n/);
    expect(serving).toMatch(/Secret +sealed in the vault\n/);
    expect(serving).not.toContain('started run');
    await shop.run(['keys', 'delete', '--yes', keyId, ...W1, '--leave-empty']);
    expect(await show()).toMatch(/^…\S{4} · Deleting · 1 run in flight\n/);
    await shop.run(['keys', 'hard-delete', '--yes', keyId, ...W1, '--case', 'SEC/1042']);
    const gone = await show();
    expect(gone).toMatch(/Secret +destroyed, proven \d{4}/);
    expect(gone).toMatch(
      /hard-deleted …\S{4} \(Anthropic, "prod-1"\) because of a leak under case SEC\/1042/,
    );
    const { document } = await shop.ask(['keys', 'show', keyId, ...W1]);
    expect(at(document, 'key')).toMatchObject({ keyId, status: 'hard-deleted', rotateBy: null });
    expect(at(document, 'history', '0')).toMatchObject({ action: 'KeyAdded' });
    expect(shop.printed()).not.toContain(secret);
    expect((await shop.ask(['keys', 'list', ...W1])).document).toMatchObject({ keys: [] });
    expect((await shop.ask(['keys', 'list', ...W1, '--all'])).document).toMatchObject({ keys: [{ keyId }] });
  });

  test('says so where there is none', async () => {
    await shop.add('other');
    expect(await shop.run(['keys', 'show', 'none-of-these', ...W('other')])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('unknown-key'),
    });
  });
});

describe('F-D1: hard-delete of a key that was rotated away', () => {
  test('tells of it again, with the page to revoke it on, and keeps its secret off', async () => {
    const W1 = W('leak');
    const { keyId, secret } = await shop.add('leak');
    await shop.run(['keys', 'delete', '--yes', keyId, ...W1, '--leave-empty']);
    for (let times = 1; times <= 2; times += 1) {
      const told = await shop.run(['keys', 'hard-delete', '--yes', keyId, ...W1, '--case', '#1042']);
      expect(told).toMatchObject({ status: 0, stderr: '' });
      expect(told.stdout).toContain('It was deleted before.');
      expect(told.stdout).toContain('is destroyed in the vault: confirmed.');
      expect(told.stdout).toMatch(/Revoke it at Anthropic as well: https:/);
      expect(told.stdout).toContain('Its secret does not come back on file.');
    }
    const again = await shop.run(['keys', 'add', ...W1, '--vendor', 'anthropic'], { input: secret });
    expect(again).toMatchObject({ status: 1, stderr: expect.stringContaining('fingerprint-leaked') });
    const { document } = await shop.ask(['audit', 'list', ...W1, '--case', '#1042']);
    expect(at(document, 'entries', '0')).toMatchObject({ action: 'KeyReportedLeaked', caseId: '#1042' });
    expect(at(document, 'entries', '1')).toBe(undefined);
  });

  test('names the key that the same secret came back as', async () => {
    const W1 = W('back');
    const { keyId, secret } = await shop.add('back');
    await shop.run(['keys', 'delete', '--yes', keyId, ...W1, '--leave-empty']);
    await shop.run(['keys', 'add', ...W1, '--vendor', 'anthropic'], { input: secret });
    const { stdout } = await shop.run(['keys', 'hard-delete', '--yes', keyId, ...W1, '--case', 'C-1']);
    expect(stdout).toMatch(
      /The same secret is still on file as …\S{4} · Default: keyturn keys hard-delete [0-9a-f-]{36}/,
    );
  });
});

test.each(['auth0|5f7c8ec7', 'urn:uuid:6e8bc430', "o'brien@example.org", 'DOMAIN\\ada', 'ci/cd'])(
  'V-22: %s acts, and is found by its id',
  async (id) => {
    const workspace = `actor-${id.replace(/\W/g, '-')}`;
    const { keyId } = await shop.add(workspace, 'anthropic', 'valid', ['--as', `user:${id}`]);
    for (const actor of [id, `user:${id}`]) {
      const { document } = await shop.ask(['audit', 'list', ...W(workspace), '--actor', actor]);
      expect(at(document, 'entries', '0')).toMatchObject({ actorId: id, keyId });
    }
  },
);
