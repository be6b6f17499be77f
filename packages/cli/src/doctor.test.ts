import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { documentedTable } from '@keyturn/testbed';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop({ init: 'copied' });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await shop.close();
});

/** From now on it is so many days after the tables of this release were checked. */
const daysAfterTables = async (days: number): Promise<void> => {
  const { document } = await shop.ask(['vendors', 'list']);
  const since = Date.parse(String(at(document, 'vendors', 0, 'checkedOn')));
  jest.spyOn(Date, 'now').mockReturnValue(since + days * 86_400_000);
};
const tablesIn = (document: unknown): unknown => at(document, 'doctor', 'checks', 3);

/** Without the sandbox in the vendors' place, which is told of. */
const UNSET = { KEYTURN_ENDPOINT_ANTHROPIC: '', KEYTURN_ENDPOINT_OPENAI: '' };

describe('F-E3: keyturn doctor', () => {
  test('says ok of each thing that it looks at, and ends with 0', async () => {
    await daysAfterTables(1);
    await shop.add('acme');
    const { status, stdout, stderr } = await shop.run(['doctor', '--workspace', 'acme'], { env: UNSET });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ['CHECK', 'STATE'],
      ...[
        'versions',
        'configuration',
        'file modes',
        'vendor tables',
        'event store',
        'vault',
        'schema',
        'read models',
        'sweep',
        'clocks',
        'vendors',
        'keys of acme',
      ].map((name) => [name, 'ok']),
      ['Nothing is to be done.'],
      [''],
    ]);
  });

  test('names a file that others can reach and an unknown variable; tells of an override', async () => {
    const file = join(shop.data, 'events.sqlite');
    chmodSync(file, 0o644);
    const { status, document } = await shop.ask(['doctor'], { env: { KEYTURN_DATE: 'x' } });
    expect(status).toBe(3);
    expect(at(document, 'doctor', 'ok')).toBe(false);
    expect(at(document, 'doctor', 'checks', 1)).toMatchObject({
      check: 'configuration',
      ok: false,
      found: expect.stringContaining(
        `test calls of anthropic go to ${shop.sandbox.urls['anthropic'] ?? ''};`,
      ),
      next: [expect.stringContaining('KEYTURN_DATE')],
    });
    expect(at(document, 'doctor', 'checks', 2)).toEqual({
      check: 'file modes',
      ok: false,
      found: '1 to mend',
      next: [`${file} has mode 0644, so others than its owner can reach it: chmod 600 '${file}'`],
    });
  });

  test.each([
    ['KEYTURN_ENDPOINT_ANTHROPIC', 'https://me:s3cr3t@gateway.example'],
    ['KEYTURN_ENDPOINT_ANTHROPIC', 'sk-ant-s3cr3t'],
    ['KEYTURN_ENDPOINT_S3CR3T', 'https://gateway.example'],
    ['KEYTURN_PROXY', 'http://me:s3cr3t@proxy.example:99999'],
  ])('repeats no secret that is in %s where %s is not taken', async (name, value) => {
    const env = { ...UNSET, [name]: value };
    const { status, stdout, stderr } = await shop.run(['doctor', '--json'], { env });
    expect(status).toBe(3);
    expect((stdout + stderr).toLowerCase()).not.toContain('s3cr3t');
    if (name === 'KEYTURN_PROXY') return;
    expect(at(JSON.parse(stdout), 'doctor', 'checks', 1)).toMatchObject({
      check: 'configuration',
      ok: false,
      next: [expect.stringContaining('KEYTURN_ENDPOINT_')],
    });
  });

  test('tells of vendor tables that were checked over 180 days ago', async () => {
    await daysAfterTables(180);
    const before = await shop.ask(['doctor'], { env: UNSET });
    expect(tablesIn(before.document)).toEqual({
      check: 'vendor tables',
      ok: true,
      found: '16 vendors',
      next: [],
    });
    await daysAfterTables(181);
    const { status, document } = await shop.ask(['doctor'], { env: UNSET });
    expect(status).toBe(3);
    expect(tablesIn(document)).toMatchObject({
      ok: false,
      next: [
        expect.stringMatching(/180 days ago, of anthropic, .*, xai: take a newer release of Keyturn\.$/),
      ],
    });
  });

  test("tells of an operator's own table that was, and to look at the vendor's pages", async () => {
    const file = join(shop.directory, 'vendors.json');
    writeFileSync(file, documentedTable().replace('"version": "2026', '"version": "2025'), { mode: 0o600 });
    await daysAfterTables(1);
    const { document } = await shop.ask(['doctor'], { env: { ...UNSET, KEYTURN_VENDORS: file } });
    expect(tablesIn(document)).toEqual({
      check: 'vendor tables',
      ok: false,
      found: `17 vendors; by ${file}: acme-models`,
      next: [expect.stringMatching(/of acme-models, by your own tables: look at the vendor's pages again/)],
    });
  });

  test('of a leaked key says that it is to be destroyed', async () => {
    const { keyId } = await shop.add('acme', 'google-gemini', 'leaked');
    const words = ['doctor', '--workspace', 'acme'];
    const { stderr } = await shop.run(words, { env: UNSET });
    expect(stderr).toContain(`keyturn keys hard-delete ${keyId} --workspace acme --case CASE`);
    expect(stderr).not.toContain('keys validate');
  });

  test('names a vendor that fails many workspaces, and no workspace', async () => {
    for (const workspace of ['acme', 'blue', 'corp']) await shop.add(workspace, 'anthropic', 'overloaded');
    const { status, stdout, stderr } = await shop.run(['doctor'], { env: UNSET });
    expect(status).toBe(3);
    expect(stdout).toMatch(/^vendors +to do +anthropic: 3 of 3 workspaces in trouble$/m);
    expect(stderr).toContain(
      "vendors: anthropic: The vendor's own trouble: look at its status page, and wait.",
    );
    expect(stdout + stderr).not.toMatch(/acme|blue|corp/);
  });

  test('names the Default that does not work, and the key that would do', async () => {
    const bad = await shop.add('acme', 'anthropic', 'rejected');
    const good = await shop.add('acme');
    const { status, stderr } = await shop.run(['doctor', '--workspace', 'acme'], { env: UNSET });
    expect(status).toBe(3);
    expect(stderr).toContain(`keyturn keys validate ${bad.keyId} --workspace acme`);
    expect(stderr).toContain(`keyturn keys set-default ${good.keyId} --workspace acme`);
  });

  test('goes on with what can be looked at where the vault does not open', async () => {
    await shop.add('acme');
    const other = await openWorkshop();
    try {
      const words = ['doctor', '--master-key-file', other.masterKey];
      const { status, document } = await shop.ask(words, { env: UNSET });
      expect(status).toBe(3);
      const checks = at(document, 'doctor', 'checks');
      expect(checks).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ check: 'event store', ok: true }),
          expect.objectContaining({ check: 'vault', ok: false }),
          expect.objectContaining({ check: 'vendors', ok: true }),
        ]),
      );
    } finally {
      await other.close();
    }
  });

  test('of a workspace that no event names it is refused', async () => {
    const { status, stdout } = await shop.run(['doctor', '--workspace', 'nobody', '--json'], { env: UNSET });
    expect(status).toBe(1);
    expect(stdout).toContain('unknown-workspace');
  });
});
