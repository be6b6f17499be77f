import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

const SPACES =
  'If you are sure that the key is valid: confirm there are no leading or trailing spaces in the paste.';
const SEED =
  'If the issue persists across multiple workspaces or multiple vendors, it is more likely a platform-side problem ' +
  'than your key — check our status page';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop({ init: 'copied' });
});
afterEach(() => shop.close());

const validate = (workspace: string, keyId: string) =>
  shop.ask(['keys', 'validate', keyId, '--workspace', workspace]);

describe('whose fault it is that a key is not accepted', () => {
  test('three bad pastes are three bad pastes', async () => {
    for (const workspace of ['acme', 'blue', 'corp']) await shop.add(workspace, 'anthropic', 'rejected');
    const secret = shop.sandbox.issueKey('anthropic', 'rejected');
    const words = ['keys', 'add', '--workspace', 'dune', '--vendor', 'anthropic'];
    const { stderr } = await shop.run(words, { input: secret });
    expect(stderr).toContain(SPACES);
    expect(stderr).not.toContain(SEED);
    const { document } = await shop.ask(['keys', 'list', '--workspace', 'acme']);
    expect(at(document, 'keys', 0)).toMatchObject({
      fault: 'this-key',
      faultSentence: null,
      faultCounts: { workspaces: 4, workspacesTroubled: 0 },
    });
  });

  test('a key that waits for its first verdict has none that anybody knows of', async () => {
    await shop.add('acme', 'anthropic', 'overloaded');
    const { document } = await shop.ask(['keys', 'list', '--workspace', 'acme']);
    expect(at(document, 'keys', 0)).toMatchObject({ status: 'pending', fault: null, faultCounts: null });
  });

  test('vendor-wide: keys of three workspaces that worked before; a bad paste beside them is told of it', async () => {
    const added = [];
    for (const workspace of ['acme', 'blue', 'corp']) {
      added.push({ workspace, ...(await shop.add(workspace, 'anthropic')) });
    }
    for (const { secret } of added) shop.sandbox.setBehaviour(secret, 'rejected');
    const faults = [];
    for (const { workspace, keyId } of added) {
      faults.push(at((await validate(workspace, keyId)).document, 'validation', 'fault'));
    }
    expect(faults).toEqual(['this-key', 'this-key', 'vendor-wide']);

    const env = { KEYTURN_STATUS_URL: 'https://status.example', KEYTURN_SUPPORT_ADDRESS: 'help@example.com' };
    const secret = shop.sandbox.issueKey('anthropic', 'rejected');
    const words = ['keys', 'add', '--workspace', 'dune', '--vendor', 'anthropic'];
    const { stderr, status } = await shop.run(words, { input: secret, env });
    expect(status).toBe(0);
    expect(stderr).toContain(
      `${SPACES}\n${SEED} (https://status.example) or email support (help@example.com). ` +
        'In the last 15 minutes it was met by 3 of 4 workspaces that called Anthropic.\n',
    );
    for (const other of ['acme', 'blue', 'corp']) expect(stderr).not.toContain(other);

    const listed = await shop.run(['keys', 'list', '--workspace', 'acme'], { env });
    expect(listed.stderr).toContain(`${SEED} (https://status.example)`);
    const refused = await shop.ask(['runs', 'start', 'run-1', '--workspace', 'acme'], { env });
    expect(refused.status).toBe(1);
    expect(refused.document).toMatchObject({
      refused: {
        code: 'default-not-active',
        message: expect.stringContaining(SEED),
        facts: { fault: 'vendor-wide', faultCounts: { workspaces: 4, workspacesTroubled: 3, vendors: 1 } },
      },
    });
    for (const other of ['blue', 'corp', 'dune']) {
      expect(JSON.stringify([listed, refused])).not.toContain(other);
    }
  });

  test('platform-side: the models of our own test call are gone', async () => {
    for (const model of ['claude-haiku-5-5', 'claude-haiku-4-5'])
      shop.sandbox.retireModel('anthropic', model);
    const words = ['keys', 'add', '--workspace', 'acme', '--vendor', 'anthropic'];
    const { stderr } = await shop.run(words, { input: shop.sandbox.issueKey('anthropic') });
    expect(stderr).toContain(`${SEED} or email support.\nThis says nothing of the key`);
  });

  test('platform-side: several vendors at once', async () => {
    await shop.add('acme', 'anthropic', 'overloaded');
    const second = await shop.add('acme', 'openai', 'overloaded');
    const { document } = await validate('acme', second.keyId);
    expect(at(document, 'validation')).toMatchObject({
      fault: 'platform-side',
      faultCounts: { vendors: 2, vendorsTroubled: 2 },
      faultSentence: expect.stringContaining(SEED),
    });
  });
});

test('V-18: the second key is offered where the Default does not work, and nothing moves by itself', async () => {
  const bad = await shop.add('acme', 'anthropic', 'rejected');
  const secret = shop.sandbox.issueKey('anthropic');
  const words = ['keys', 'add', '--workspace', 'acme', '--vendor', 'anthropic'];
  const { stderr } = await shop.run(words, { input: secret });
  const listed = await shop.ask(['keys', 'list', '--workspace', 'acme']);
  const good = String(at(listed.document, 'keys', 1, 'keyId'));
  const offer =
    `The Default of the workspace, …${bad.last4} (${bad.keyId}), does not work, and no other key is taken in its ` +
    `place. To set …${secret.slice(-4)} (${good}): keyturn keys set-default ${good} --workspace acme`;
  expect(stderr).toContain(offer);
  expect(at(listed.document, 'keys', 0, 'isDefault')).toBe(true);
  expect(at(listed.document, 'brokenDefaults', 0, 'candidates', 0, 'keyId')).toBe(good);
  for (const show of [['list'], ['show', bad.keyId], ['validate', bad.keyId]]) {
    expect((await shop.run(['keys', ...show, '--workspace', 'acme'])).stderr).toContain(offer);
  }
  await shop.run(['keys', 'set-default', good, '--workspace', 'acme']);
  expect((await shop.run(['keys', 'list', '--workspace', 'acme'])).stderr).not.toContain('does not work');
});
