import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventsOf as recordedOf, withEvents } from './testSupport/pastOf';
import { at, filesWith, openWorkshop, type AddedKey, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let workspaces = 0;
let C: ReadonlyArray<string>;
beforeAll(async () => {
  shop = await openWorkshop({ init: 'copied' });
});
afterAll(() => shop.close());
beforeEach(() => {
  workspaces += 1;
  C = ['--workspace', `w${workspaces}`, '--case', `SR-${workspaces}`];
});

const reported = async (vendor = 'anthropic'): Promise<AddedKey> => {
  const key = await shop.add(`w${workspaces}`, vendor);
  await shop.run(['leak', 'report', key.keyId, ...C]);
  return key;
};

const revoke = (key: AddedKey, input: string | Buffer, ...more: ReadonlyArray<string>) =>
  shop.ask(['leak', 'revoke', key.keyId, ...C, ...more], { input });

/** The id that the vendor's own list has for the key, as the command shows it. */
const listedAs = async (key: AddedKey, credential: string, ...more: ReadonlyArray<string>) => {
  const { status, document } = await revoke(key, credential, '--admin-api', ...more);
  expect(status).toBe(2);
  const keys = at(document, 'keys');
  return Array.isArray(keys) ? keys.map((one: unknown) => String(at(one, 'vendorKeyId'))) : [];
};

const eventsOf = async (): Promise<ReadonlyArray<unknown>> => {
  const { document } = await shop.ask(['audit', 'list', ...C, '--oldest-first']);
  const entries = at(document, 'entries');
  return Array.isArray(entries) ? entries.map((entry: unknown) => at(entry, 'action')) : [];
};

const keptNowhere = (secret: string): void => {
  for (const part of [secret, secret.slice(20, 36), Buffer.from(secret).toString('base64').slice(4, 40)]) {
    expect(shop.printed()).not.toContain(part);
    expect(filesWith(shop.directory, [part])).toEqual([]);
  }
};

/** By the list, once the vendor had refused the key itself. */
const DEAD = { killCheckSays: 'dead', deadByList: true, dead: true };
const CHECKED = ['KeyTestCallStarted', 'KeyKillChecked', 'KeyKillChecked'];

describe('what the list shows decides', () => {
  test.each<[string, ReadonlyArray<string>, object, ReadonlyArray<string>]>([
    ['anthropic', [], { listShows: 'inactive', undo: { until: null }, ...DEAD }, CHECKED],
    ['openai', [], { listShows: 'absent', undo: null, ...DEAD }, CHECKED],
    ['openrouter', [], { listShows: 'inactive', undo: { until: null }, ...DEAD }, CHECKED],
    ['mistral', [], { listShows: 'absent', undo: null, ...DEAD }, CHECKED],
    ['xai', [], { listShows: 'absent', undo: null, ...DEAD }, CHECKED],
    // What it shows of a secret is the beginning, or nothing: a person chose the key, and no list shows it dead.
    [
      'google-gemini',
      ['--place', 'sandbox-project'],
      { undo: { until: expect.any(String) }, killCheckSays: null, deadByList: false, dead: false },
      [],
    ],
  ])('%s', async (vendor, place, shows, checked) => {
    const key = await reported(vendor);
    const credential = shop.sandbox.issueAdminCredential(vendor);
    const [id = '', ...others] = await listedAs(key, credential, ...place);
    expect(others).toEqual([]);
    const { status, document } = await revoke(key, `${credential}\n`, '--vendor-key', id, ...place);
    expect(status).toBe(0);
    expect(document).toMatchObject({ outcome: 'revoked', changed: true, vendorKeyId: id, ...shows });
    expect(await eventsOf()).toEqual(['KeyReportedLeaked', 'KeyRevocationRecorded', ...checked]);
    const recorded = await withEvents(shop, (store) => recordedOf(store, `w${workspaces}`));
    const [revocation] = recorded.filter(({ type }) => type === 'KeyRevocationRecorded');
    const until = at(document, 'undo', 'until') ?? null;
    const undo = at(document, 'undo') === null ? 'no' : 'yes';
    const data: unknown = JSON.parse(revocation?.data ?? 'null');
    expect(data).toMatchObject({ how: 'vendor-api', undo, undoUntil: until });
    const after = await shop.ask(['leak', 'check', key.keyId, ...C]);
    expect(after.document).toMatchObject({ says: 'dead' });
    keptNowhere(credential);
  });

  test('a key that was revoked before is recognised, and nothing is sent', async () => {
    const key = await reported();
    const credential = shop.sandbox.issueAdminCredential('anthropic');
    const [id = ''] = await listedAs(key, credential);
    await revoke(key, credential, '--vendor-key', id);
    const again = await revoke(key, credential, '--vendor-key', id);
    expect(again).toMatchObject({ status: 0, document: { outcome: 'already-inactive', dead: true } });
  });

  test('an id that the list does not have says nothing of the leak', async () => {
    const key = await reported();
    const credential = shop.sandbox.issueAdminCredential('anthropic');
    const { status, document } = await revoke(key, credential, '--vendor-key', 'apikey_none');
    expect([status, document]).toEqual([
      1,
      expect.objectContaining({ outcome: 'not-found', changed: false }),
    ]);
  });

  test('runs that hold the key are named before anything is asked', async () => {
    const key = await reported();
    const run = `run-${workspaces}`;
    await shop.run(['runs', 'start', run, '--key', key.keyId, ...C.slice(0, 2)]);
    const credential = shop.sandbox.issueAdminCredential('anthropic');
    const { document, stderr } = await revoke(key, credential, '--admin-api');
    expect(stderr).toContain(run);
    const id = String(at(document, 'keys', 0, 'vendorKeyId'));
    const revoked = await revoke(key, credential, '--vendor-key', id);
    expect([at(document, 'openRuns'), at(revoked.document, 'openRuns')]).toEqual([[run], [run]]);
    expect(revoked.stderr).toContain(run);
  });

  test('a key that another may be in place of is not dead', async () => {
    const key = await reported();
    const twin = `${key.secret.slice(0, -20)}${'b'.repeat(16)}${key.last4}`;
    shop.sandbox.issueKey('anthropic', 'valid', twin);
    const credential = shop.sandbox.issueAdminCredential('anthropic');
    const ids = await listedAs(key, credential);
    expect(ids).toHaveLength(2);
    const { document } = await revoke(key, credential, '--vendor-key', ids[0] ?? '');
    expect(document).toMatchObject({ outcome: 'revoked', listShows: 'inactive', dead: false });
    const second = await revoke(key, credential, '--vendor-key', ids[1] ?? '');
    expect(second.document).toMatchObject({ outcome: 'revoked', dead: true });
  });
});

describe('is refused', () => {
  const expectRefused = async (
    code: string,
    key: AddedKey,
    credential: string,
    ...more: ReadonlyArray<string>
  ): Promise<string> => {
    const { status, document, stderr } = await revoke(key, credential, ...more);
    expect([at(document, 'refused', 'code'), status]).toEqual([code, 1]);
    expect(await eventsOf()).not.toContain('KeyRevocationRecorded');
    return stderr;
  };

  test('an actor of support, before a credential is read', async () => {
    const key = await reported();
    const credential = shop.sandbox.issueAdminCredential('anthropic');
    const words = ['--admin-api', '--as', 'support:grace'];
    expect(await expectRefused('admin-credential-from-support', key, credential, ...words)).toContain(
      'customer',
    );
    const { document } = await shop.ask(['audit', 'list', '--refused', ...C.slice(0, 2)]);
    expect(JSON.stringify(document)).toContain('admin-credential-from-support');
    keptNowhere(credential);
  });

  test('a plain key, a credential that the vendor does not take, and one that may not', async () => {
    const key = await reported();
    const plain = shop.sandbox.issueKey('anthropic');
    const before = shop.sandbox.connections();
    await expectRefused('admin-credential-unfit', key, plain, '--admin-api');
    expect(shop.sandbox.connections()).toBe(before);
    const elsewhere = shop.sandbox.issueAdminCredential('anthropic').replace(/.{10}AA$/, 'bbbbbbbbbbAA');
    await expectRefused('admin-credential-refused', key, elsewhere, '--admin-api');
    const notPermitted = shop.sandbox.issueAdminCredential('anthropic', 'not-permitted');
    await expectRefused('admin-credential-not-permitted', key, notPermitted, '--admin-api');
    await expectRefused('invalid-input', key, 'short', '--admin-api');
    for (const secret of [plain, elsewhere, notPermitted]) keptNowhere(secret);
  });

  test('a vendor without such calls, and a key that was not reported', async () => {
    const key = await reported('groq');
    await expectRefused('no-admin-api', key, 'nothing-of-this-is-read', '--admin-api');
    const other = await shop.add(`w${workspaces}`);
    await expectRefused('leak-not-reported', other, 'nothing-of-this-is-read', '--admin-api');
  });

  test('another key of the list, the key itself in place of its id, and an id that leads elsewhere', async () => {
    const key = await reported();
    const other = await reported();
    const credential = shop.sandbox.issueAdminCredential('anthropic');
    const [id = ''] = await listedAs(other, credential);
    await expectRefused('vendor-key-unfit', key, credential, '--vendor-key', id);
    await expectRefused('invalid-input', key, credential, '--vendor-key', key.secret);
    await expectRefused('invalid-input', key, credential, '--vendor-key', '../users');
    await expectRefused('invalid-input', key, credential, '--vendor-key', id, '--place', key.secret);
    keptNowhere(credential);
  });

  test('a vendor that does not answer', async () => {
    const key = await reported();
    const credential = shop.sandbox.issueAdminCredential('anthropic', 'server-error');
    await expectRefused('vendor-unavailable', key, credential, '--admin-api');
  });
});

test('two ways at once are a mistake', async () => {
  const key = await reported();
  for (const other of [['--by-hand'], ['--done'], ['--told-by', 'ada'], ['--at', '2026-11-01']]) {
    expect((await shop.run(['leak', 'revoke', key.keyId, ...C, '--admin-api', ...other])).status).toBe(2);
  }
  expect((await shop.run(['leak', 'revoke', key.keyId, ...C, '--by-hand', '--done'])).status).toBe(0);
});
