import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { at, openWorkshop, type AddedKey, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let workspaces = 0;
let W: ReadonlyArray<string>;
let C: ReadonlyArray<string>;
let caseId: string;
let key: AddedKey;
beforeAll(async () => {
  shop = await openWorkshop({ init: 'copied' });
});
afterAll(() => shop.close());
beforeEach(async () => {
  workspaces += 1;
  caseId = `SR/${workspaces}`;
  W = ['--workspace', `w${workspaces}`];
  C = [...W, '--case', caseId];
  key = await shop.add(`w${workspaces}`);
});

const report = (...more: ReadonlyArray<string>) => shop.run(['leak', 'report', key.keyId, ...C, ...more]);

const stepsOf = async (): Promise<ReadonlyArray<unknown>> => {
  const { document } = await shop.ask(['leak', 'status', '--case', caseId]);
  const steps: unknown = at(document, 'keys', 0, 'steps');
  return Array.isArray(steps) ? steps.map((step: unknown) => step) : [];
};

const openOf = async (): Promise<ReadonlyArray<unknown>> =>
  (await stepsOf()).filter((step) => at(step, 'done') === false).map((step) => at(step, 'step'));

describe('leak status', () => {
  test('gives of each open step the command that does it, and each of them does it', async () => {
    await report('--stranger', 'yes', '--source', 'a public repository');
    expect(await openOf()).toEqual([
      'stop-stranger',
      'successor',
      'revoke',
      'kill-check',
      'hard-delete',
      'review',
      'close',
    ]);
    const { stdout } = await shop.run(['leak', 'status', '--case', caseId]);
    expect(stdout).toMatch(/2 report +done .*, user:/);
    const wordsOf = async (step: string): Promise<ReadonlyArray<string>> => {
      const found = (await stepsOf()).find((one) => at(one, 'step') === step);
      return String(at(found, 'command')).replace('keyturn ', '').split(' ');
    };
    const did = async (step: string, ...more: ReadonlyArray<string>) => {
      const ended = await shop.run([...(await wordsOf(step)), ...more]);
      expect([step, ended.status, ended.stderr]).toEqual([step, 0, expect.anything()]);
      expect(await openOf()).not.toContain(step);
    };
    await did('stop-stranger', '--done', '--told-by', 'bea');
    await shop
      .add(`w${workspaces}`, 'anthropic', 'valid', ['--case', caseId])
      .then(({ keyId }) => shop.run(['keys', 'set-default', keyId, '--with-projects', ...C]));
    expect(await openOf()).not.toContain('successor');
    shop.sandbox.setBehaviour(key.secret, 'rejected');
    await did('hard-delete', '--yes');
    expect(shop.sandbox.callsWith(key.secret)).toHaveLength(2);
    await did('review');
    const early = await shop.run(await wordsOf('close'));
    expect(early.status).toBe(1);
    expect(early.stderr).toContain('kill-check');
    await did('close', '--leave', 'kill-check=nobody has the bytes');
    const { document } = await shop.ask(['leak', 'status', '--case', caseId]);
    expect(document).toMatchObject({ closed: true, keys: [{ outcome: 'revoked-unconfirmed', next: null }] });
    const audit = await shop.ask(['audit', 'list', '--case', caseId, '--oldest-first']);
    const entries = at(audit.document, 'entries');
    const types = Array.isArray(entries) ? entries.map((entry: unknown) => at(entry, 'action')) : [];
    expect(types).toEqual(expect.arrayContaining(['KeyAdded', 'DefaultChanged', 'KeySecretDestroyed']));
  });

  test('tells runs that have the key from those that its hard delete interrupted', async () => {
    await shop.run(['runs', 'start', 'compile-1', '--workspace', `w${workspaces}`]);
    await report();
    const told = async (): Promise<string> => (await shop.run(['leak', 'status', '--case', caseId])).stdout;
    expect(await told()).toContain('\nOpen runs that have it: compile-1\n');
    const other = await shop.add(`w${workspaces}`);
    await shop.run(['keys', 'hard-delete', key.keyId, ...C, '--successor', other.keyId, '--yes']);
    expect(await told()).toContain('\nInterrupted runs, not finished yet: compile-1\n');
    await shop.run(['runs', 'finish', 'compile-1', '--workspace', `w${workspaces}`]);
    expect(await told()).not.toContain('compile-1');
  });

  test('says where no key was reported under the case', async () => {
    const none = await shop.run(['leak', 'status', '--case', 'SR-0']);
    expect(none.status).toBe(0);
    expect(none.stdout).toBe(
      'No key was reported under case SR-0. Reported cases: keyturn audit list --action KeyReportedLeaked\n',
    );
  });
});

test('leak status --mail writes to the customer, with nothing of the key but its last 4', async () => {
  await report('--stranger', 'yes');
  const words = ['leak', 'status', '--case', caseId];
  const next = await shop.run([...words, '--mail', 'next']);
  expect(next.stdout).toContain(`your Anthropic key …${key.last4} in workspace w${workspaces}.`);
  expect(next.stdout).toContain('Please revoke the old key at Anthropic.');
  expect(next.stdout).toContain(
    'the action that actually stops the leaked key from being used by a third party',
  );
  const told = await shop.run([...words, '--mail', 'report']);
  expect(told.stdout).toContain('We have recorded that the key leaked.');
  const mails = (await stepsOf()).map((step) => String(at(step, 'mail')));
  expect(mails).toHaveLength(9);
  for (const mail of mails) expect(mail).toMatch(/^Hello,\nthis is about case SR\/\d+: [^]*\nKind regards$/);
  expect(new Set(mails).size).toBe(9);
  expect(mails.join()).not.toContain(key.secret.slice(8, 20));
  expect((await shop.run([...words, '--mail', 'x'])).status).toBe(2);
});

test('leak report takes no time to come: nothing would count as used since', async () => {
  const { status, stderr } = await report('--since', '2999-01-01');
  expect([status, stderr]).toEqual([
    2,
    'keyturn: --since lies in the future. Say from when on, or leave it out.\n',
  ]);
  expect((await shop.run(['leak', 'status', '--case', caseId])).stdout).toContain('No key was reported');
});

describe('leak suspend', () => {
  test('shows the open runs first, and does nothing of itself', async () => {
    await shop.run(['runs', 'start', 'nightly', ...W]);
    await report();
    const words = ['leak', 'suspend', key.keyId, ...C];
    const unasked = await shop.run(words);
    expect(unasked.status).toBe(2);
    expect(unasked.stderr).toContain('--dry-run');
    const dry = await shop.run([...words, '--dry-run']);
    expect(dry).toMatchObject({ status: 0, stdout: expect.stringContaining('nightly') });
    expect((await shop.run(['runs', 'start', 'other', ...W])).status).toBe(0);
    const done = await shop.run([...words, '--yes']);
    expect(done).toMatchObject({ status: 0, stdout: expect.stringContaining('nightly') });
    const refused = await shop.run(['runs', 'start', 'late', ...W]);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('key-suspended') });
    const again = await shop.run([...words, '--yes']);
    expect(again.stdout).toContain('recorded before');
    await shop.run(['leak', 'reinstate', key.keyId, ...C]);
    expect((await shop.run(['runs', 'start', 'late', ...W])).status).toBe(0);
  });
});

describe('leak revoke', () => {
  test('shows the steps of that vendor, and records nothing where nobody says that it is done', async () => {
    await report();
    const shown = await shop.run(['leak', 'revoke', key.keyId, ...C]);
    expect(shown.status).toBe(0);
    expect(shown.stdout).toContain(`To revoke …${key.last4} at Anthropic: https://`);
    expect(shown.stdout).toContain('1. ');
    expect(shown.stdout).not.toContain('Open runs');
    expect(await openOf()).toContain('revoke');
  });

  test('names the runs that hold the key first: they fail once it is revoked', async () => {
    await report();
    const run = `holds-${workspaces}`;
    await shop.run(['runs', 'start', run, ...W]);
    const { stdout } = await shop.run(['leak', 'revoke', key.keyId, ...C]);
    expect(stdout.split('\n')[0]).toBe(`Open runs hold the key, and fail once it is revoked: ${run}.`);
    const { document } = await shop.ask(['leak', 'revoke', key.keyId, ...C, '--done']);
    expect(document).toMatchObject({ changed: true, openRuns: [run] });
  });
});

describe('leak reviewed', () => {
  test('counts the uses itself, and takes no explanation of what was not found', async () => {
    await report();
    await shop.run(['runs', 'start', 'after', ...W]);
    const wrong = await shop.run(['leak', 'reviewed', key.keyId, ...C, '--explained', 'burst']);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('after-report');
    const open = await shop.ask(['leak', 'reviewed', key.keyId, ...C]);
    expect(open.document).toMatchObject({ uses: 2, explained: [], unexplained: ['after-report'] });
    const words = ['leak', 'reviewed', key.keyId, ...C, '--explained', 'after-report'];
    const { document } = await shop.ask(words);
    expect(document).toMatchObject({ explained: ['after-report'], unexplained: [] });
  });
});

describe('leak withdraw', () => {
  test('lifts the ban, and is refused under a case that the key was not reported under', async () => {
    await report();
    const other = [...W, '--case', 'SR-0', '--reason', 'a slip'];
    expect(await shop.run(['leak', 'withdraw', key.keyId, ...other])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('leak-not-reported'),
    });
    const withdrawn = await shop.run(['leak', 'withdraw', key.keyId, ...C, '--reason', 'a slip']);
    expect(withdrawn.status).toBe(0);
    expect(await openOf()).toEqual(['close']);
  });
});

describe('on the way', () => {
  test('no secret is taken as a text, and none is printed', async () => {
    const secret = shop.sandbox.issueKey('anthropic');
    const refused = await report('--source', secret);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('text-contains-secret') });
    expect(shop.printed()).not.toContain(secret);
    expect(shop.printed()).not.toContain(key.secret);
  });

  test('--leave takes a step with its reason', async () => {
    for (const wrong of ['review', 'review=', 'close=done', '=x']) {
      expect((await shop.run(['leak', 'close', ...C, '--leave', wrong])).status).toBe(2);
    }
  });
});
