import { expect, test } from '@jest/globals';
import { at, openWorkshop } from './testSupport/workshop';

test('vendors are listed and shown without a data directory, and an unknown one is not repeated', async () => {
  const shop = await openWorkshop({ init: false });
  try {
    const { document, status } = await shop.ask(['vendors', 'list']);
    expect(status).toBe(0);
    const vendors = Object.keys(shop.sandbox.urls).sort();
    expect(vendors.map((_, index) => at(document, 'vendors', index, 'vendor'))).toEqual(vendors);
    const list = await shop.run(['vendors', 'list']);
    for (const vendor of vendors) expect(list.stdout).toContain(vendor);

    const shown = await shop.run(['vendors', 'show', 'openai']);
    expect(shown.stdout).toContain('POST https://api.openai.com/v1/responses');
    expect(shown.stdout).toContain('401 incorrect_hostname');
    expect(shown.stdout).toContain('misdirected (region)');
    expect(shown.stdout).toContain('1. Sign in at platform.openai.com');
    const json = await shop.ask(['vendors', 'show', 'openai']);
    expect(at(json.document, 'vendor', 'regions')).toEqual(['eu', 'us']);

    const { stdout } = await shop.run(['vendors', 'show', 'openai-compatible']);
    expect(stdout).toContain('--endpoint --model');
    expect(stdout).not.toMatch(/null|completed/);

    const key = shop.sandbox.issueKey('openai');
    const unknown = await shop.run(['vendors', 'show', key]);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain('Known are: anthropic, ');
    expect(unknown.stderr).not.toContain(key);
  } finally {
    await shop.close();
  }
});
