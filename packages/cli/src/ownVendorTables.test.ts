import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { documentedTable, newOwnKey, startOwnVendor, type OwnVendor } from '@keyturn/testbed';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let vendor: OwnVendor;
let file: string;
beforeAll(async () => {
  [shop, vendor] = await Promise.all([openWorkshop({ init: 'copied' }), startOwnVendor()]);
  file = join(shop.directory, 'vendors.json');
  writeFileSync(file, documentedTable(), { mode: 0o600 });
});
afterAll(() => Promise.all([shop.close(), vendor.close()]));

/** With the vendor known, and its server in its place. */
const own = () => ({ KEYTURN_VENDORS: file, KEYTURN_ENDPOINT_ACME_MODELS: vendor.url });
const add = ['keys', 'add', '--workspace', 'tried', '--vendor'];
const inLine = (text: string): string => text.replace(/\s+/g, ' ');

/** The documented table with other texts in it, in a list, as a file. */
const writeTable = (name: string, ...changes: ReadonlyArray<readonly [from: string, to: string]>): string => {
  const path = join(shop.directory, name);
  const table = changes.reduce((text, [from, to]) => text.replace(from, to), documentedTable());
  writeFileSync(path, `[${table}]`, { mode: 0o600 });
  return path;
};

describe('a vendor that an operator adds', () => {
  test('has its keys test-called, listed, shown and validated, and its name in the audit log', async () => {
    const key = newOwnKey();
    vendor.accept(key);
    const before = vendor.calls.length;
    const words = ['keys', 'add', '--workspace', 'acme', '--vendor', 'acme-models', '--label', 'own'];
    const added = await shop.run(words, { input: key, env: own() });
    expect(inLine(added.stdout + added.stderr)).toContain('Acme Models accepted the key (HTTP 200)');
    expect(added.status).toBe(0);
    expect(vendor.calls.slice(before)).toMatchObject([
      { path: '/v1/chat/completions', headers: { authorization: `Bearer ${key}` } },
    ]);

    const list = await shop.ask(['keys', 'list', '--workspace', 'acme'], { env: own() });
    expect(at(list.document, 'keys', 0)).toMatchObject({ vendor: 'acme-models', status: 'active' });
    const keyId = String(at(list.document, 'keys', 0, 'keyId'));
    const shown = await shop.ask(['keys', 'show', keyId, '--workspace', 'acme'], { env: own() });
    expect(at(shown.document, 'key', 'vendorRequestId')).not.toBeNull();
    const validated = await shop.ask(['keys', 'validate', keyId, '--workspace', 'acme'], { env: own() });
    expect(at(validated.document, 'validation')).toMatchObject({ outcome: 'accepted', httpStatus: 200 });

    const audit = await shop.run(['audit', 'list', '--workspace', 'acme'], { env: own() });
    expect(inLine(audit.stdout)).toContain('(Acme Models, "own")');
    const destroy = ['keys', 'hard-delete', keyId, '--workspace', 'acme', '--case', 'C-1', '--yes'];
    const destroyed = await shop.run(destroy, { env: own() });
    expect(inLine(destroyed.stdout + destroyed.stderr)).toContain(
      'Revoke it at Acme Models as well: https://console.models.example.com/keys',
    );
  });

  test('tells of a key that it does not take by its own name', async () => {
    const { stdout, stderr } = await shop.run([...add, 'acme-models'], { input: newOwnKey(), env: own() });
    const told = inLine(stdout + stderr);
    expect(told).toContain('Acme Models does not take the key');
  });

  test.each([
    ['its admin key', 'acme-models', () => `acmadm_${newOwnKey()}`, 'paste-admin-key'],
    ['a key of its own for another vendor', 'anthropic', newOwnKey, 'paste-wrong-vendor'],
    ['a character that its keys do not have', 'acme-models', () => `${newOwnKey()}~`, 'paste-odd-character'],
    ['an endpoint, which its keys do not have', 'acme-models', newOwnKey, 'invalid-input'],
  ])('has %s refused, and nothing is sent', async (what, named, paste, code) => {
    const before = vendor.calls.length + shop.sandbox.calls.length;
    const more = what.startsWith('an endpoint') ? ['--endpoint', 'https://models.example.com'] : [];
    const { status, stderr } = await shop.run([...add, named, ...more], { input: paste(), env: own() });
    expect(stderr).toContain(`refused (${code})`);
    expect(status).toBe(1);
    expect(vendor.calls.length + shop.sandbox.calls.length).toBe(before);
  });

  test('has a key of another form warned about, by the words of its table', async () => {
    const key = `${newOwnKey()}00`;
    vendor.accept(key);
    const { stdout, stderr } = await shop.run([...add, 'acme-models'], { input: key, env: own() });
    expect(inLine(stdout + stderr)).toContain(
      'does not look like a key of Acme Models, which today is acmk_ and 32 letters and digits',
    );
  });

  test('is listed and shown with its steps; without the file nobody knows it', async () => {
    const env = own();
    const list = await shop.run(['vendors', 'list'], { env });
    expect(list.stdout).toMatch(/^acme-models +Acme Models/m);
    expect(list.stderr).toContain('By tables of your own: acme-models');
    const { stdout } = await shop.run(['vendors', 'show', 'acme-models'], { env });
    expect(stdout).toContain('POST https://api.models.example.com/v1/chat/completions');
    expect(stdout).toContain('1. Sign in at console.models.example.com.');
    expect(stdout).toMatch(/^Table +your own$/m);
    expect((await shop.run(['vendors', 'show', 'acme-models'])).status).toBe(2);
    const added = await shop.run([...add, 'acme-models'], { input: newOwnKey() });
    expect(added.stderr).toContain('refused (unknown-vendor)');
  });
});

test('a table takes the place of one of ours, and says whose it is', async () => {
  const mine = writeTable('replaced.json', ['"acme-models"', '"groq"'], ['"Acme Models"', '"Groq by Acme"']);
  const env = { KEYTURN_VENDORS: mine, KEYTURN_ENDPOINT_GROQ: vendor.url };
  const key = newOwnKey();
  vendor.accept(key);
  const { stdout, stderr } = await shop.run(['keys', 'add', '--workspace', 'replaced', '--vendor', 'groq'], {
    input: key,
    env,
  });
  expect(inLine(stdout + stderr)).toContain('Groq by Acme accepted the key');
  const { document } = await shop.ask(['vendors', 'list'], { env });
  expect(at(document, 'vendors')).toContainEqual(
    expect.objectContaining({ vendor: 'groq', name: 'Groq by Acme', isOwnTable: true }),
  );
  expect(at(document, 'vendors')).toContainEqual(
    expect.objectContaining({ vendor: 'openai', isOwnTable: false }),
  );
});

describe('what can not be used is named with its file', () => {
  const written = (content: string): string => {
    const path = join(shop.directory, 'broken.json');
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const cases: ReadonlyArray<readonly [string, () => string, string]> = [
    ['no file', () => join(shop.directory, 'nowhere.json'), 'Name a file that is there'],
    ['no JSON', () => written('{ "vendor": '), 'It is no JSON'],
    ['no table', () => written('[7]'), 'Vendor table 1'],
    [
      'a name that is none',
      () => writeTable('broken.json', ['"acme-models"', '"Acme!"']),
      'vendor: not a vendor slug',
    ],
    [
      'a member of a rule',
      () => writeTable('broken.json', ['"means": "unfunded"', '"means": "poor"']),
      "Vendor table 1 (acme-models) can't be used: errors.rules.1.means: ",
    ],
    [
      "another vendor's beginning",
      () => writeTable('broken.json', ['"acmk_"', '"gsk_"']),
      'groq has one of them',
    ],
  ];

  test.each(cases)('%s', async (_what, path, says) => {
    const env = { KEYTURN_VENDORS: path() };
    for (const words of [
      ['vendors', 'list'],
      ['keys', 'list', '--workspace', 'acme'],
      [...add, 'anthropic'],
    ]) {
      const { status, stderr } = await shop.run(words, { input: shop.sandbox.issueKey('anthropic'), env });
      expect(stderr).toContain(`KEYTURN_VENDORS names ${env.KEYTURN_VENDORS}, which can't be used.`);
      expect(stderr).toContain(says);
      expect(status).toBe(2);
    }
    const doctor = await shop.ask(['doctor'], { env });
    expect(doctor.status).toBe(3);
    expect(at(doctor.document, 'doctor', 'checks')).toContainEqual({
      check: 'vendor tables',
      ok: false,
      found: 'can not be used; what comes after them is not looked at',
      next: [expect.stringContaining(says)],
    });
  });

  test('nothing of the file is repeated', async () => {
    const secret = newOwnKey();
    const env = { KEYTURN_VENDORS: written(`{ "vendor": "${secret}", "${secret}": }`) };
    const { stderr } = await shop.run(['vendors', 'list'], { env });
    expect(stderr).not.toContain(secret);
    env.KEYTURN_VENDORS = writeTable(
      'broken.json',
      ['"acme-models"', `"${secret}"`],
      ['"Bearer {secret}"', `"Bearer {secret}", "${secret}": 7`],
    );
    expect((await shop.run(['vendors', 'list'], { env })).stderr).not.toContain(secret);
  });
});

describe('doctor', () => {
  test('tells of own tables, and of a file that others may write', async () => {
    const { document } = await shop.ask(['doctor'], { env: own() });
    expect(at(document, 'doctor', 'checks')).toContainEqual(
      expect.objectContaining({ check: 'vendor tables', found: `17 vendors; by ${file}: acme-models` }),
    );
    chmodSync(file, 0o622);
    try {
      const loose = await shop.ask(['doctor'], { env: own() });
      expect(at(loose.document, 'doctor', 'checks')).toContainEqual(
        expect.objectContaining({
          check: 'file modes',
          next: expect.arrayContaining([expect.stringContaining(`chmod go-w '${file}'`)]),
        }),
      );
    } finally {
      chmodSync(file, 0o600);
    }
  });
});
