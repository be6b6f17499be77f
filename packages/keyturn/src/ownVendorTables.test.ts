import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { documentedTable, newOwnKey, startOwnVendor, type OwnVendor } from '@keyturn/testbed';
import { openKeyturnReader } from './openKeyturnReader';
import { ada, atWork } from './testSupport/atWork';
import { vendorProfiles } from './vendorProfiles';

const at = atWork({ made: true });
const own: unknown = JSON.parse(documentedTable());
const vendorTables = [own];
let vendor: OwnVendor;
beforeAll(async () => {
  vendor = await startOwnVendor();
});
afterAll(() => vendor.close());

const openWithOwn = () => at().open({ vendorTables, endpointOverrides: { 'acme-models': vendor.url } });

describe('a vendor by a table of the embedder', () => {
  test('has its keys added and used in runs, and its name told', async () => {
    const keyturn = await openWithOwn();
    const pasted = newOwnKey();
    vendor.accept(pasted);
    const { validation } = await keyturn.keys.add(ada, { vendor: 'acme-models', pasted });
    expect(validation).toMatchObject({
      outcome: 'accepted',
      vendorRequestId: 'acme-0123456789abcdef',
      sentence: 'Test call: Acme Models accepted the key (HTTP 200).',
    });
    const headers = await keyturn.runs.use(ada, { runId: 'r-1' }, ({ secret }) => secret.authHeaders());
    expect(headers).toEqual({ authorization: `Bearer ${pasted}` });
    expect(keyturn.vendors.list()).toContainEqual({
      vendor: 'acme-models',
      name: 'Acme Models',
      keyPage: 'https://console.models.example.com/keys',
      revocationPage: 'https://console.models.example.com/keys',
    });
    const { entries } = await keyturn.audit.page(ada);
    expect(entries.map(({ sentence }) => sentence).join('\n')).toContain('(Acme Models)');
  });

  test('is named in the sentence on whose fault it is, and in what a reader tells', async () => {
    const keyturn = await openWithOwn();
    for (const workspaceId of ['acme', 'blue', 'corp']) {
      const pasted = newOwnKey();
      vendor.accept(pasted);
      const { key } = await keyturn.keys.add({ ...ada, workspaceId }, { vendor: 'acme-models', pasted });
      vendor.refuse(pasted);
      for (const again of ['first', 'second']) {
        const { validation } = await keyturn.keys.validate({ ...ada, workspaceId }, { keyId: key.keyId });
        expect([again, validation.outcome]).toEqual([again, 'failed']);
      }
    }
    await keyturn.close();
    const { directory = '' } = at().options;
    const reader = await openKeyturnReader({ directory, vendorTables, authorize: () => true });
    try {
      const [key] = await reader.keys.list(ada);
      expect(key).toMatchObject({ fault: 'vendor-wide' });
      expect(key?.faultSentence).toContain('workspaces that called Acme Models');
      const { entries } = await reader.audit.page(ada);
      expect(entries.map(({ sentence }) => sentence).join('\n')).toContain('(Acme Models)');
    } finally {
      await reader.close();
    }
  });

  test('that is not known any more: its key stays on file, and is told of by its slug', async () => {
    const pasted = newOwnKey();
    vendor.accept(pasted);
    const before = await openWithOwn();
    const { key } = await before.keys.add(ada, { vendor: 'acme-models', pasted });
    await before.close();
    const keyturn = await at().open();
    await expect(keyturn.keys.add(ada, { vendor: 'acme-models', pasted })).rejects.toMatchObject({
      code: 'unknown-vendor',
    });
    const calls = vendor.calls.length;
    const { validation, key: after } = await keyturn.keys.validate(ada, { keyId: key.keyId });
    expect([validation.outcome, after.status]).toEqual(['inconclusive', 'active']);
    expect(vendor.calls).toHaveLength(calls);
    await keyturn.runs.use(ada, { runId: 'r-1' }, ({ secret }) => {
      expect(() => secret.authHeaders()).toThrow(expect.objectContaining({ code: 'no-vendor-table' }));
      expect(secret.reveal()).toBe(pasted);
    });
    const { entries } = await keyturn.audit.page(ada);
    expect(entries.map(({ sentence }) => sentence).join('\n')).toContain('(acme-models)');
  });
});

describe('a table that can not be used', () => {
  const wrong: unknown = JSON.parse(documentedTable().replace('"^acmk_', '"acmk_'));
  const fault: unknown = expect.objectContaining({
    kind: 'fault',
    code: 'bad-vendor-table',
    message: expect.stringContaining("Vendor table 1 (acme-models) can't be used: key.pattern: "),
  });

  test('opens nothing', async () => {
    await expect(at().open({ vendorTables: [wrong] })).rejects.toEqual(fault);
    const { directory = '' } = at().options;
    const opening = openKeyturnReader({ directory, vendorTables: [wrong], authorize: () => true });
    await expect(opening).rejects.toEqual(fault);
    expect(() => vendorProfiles({ vendorTables: [wrong] })).toThrow(
      expect.objectContaining({ code: 'bad-vendor-table' }),
    );
  });

  test('is no list', async () => {
    const options: object = { vendorTables: { 0: own } };
    await expect(at().open(options)).rejects.toMatchObject({ code: 'bad-option' });
  });
});
