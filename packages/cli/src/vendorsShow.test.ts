import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop({ init: 'copied' });
});
afterAll(() => shop.close());

const shown = async (vendor: string): Promise<string> => {
  const { stdout, status } = await shop.run(['vendors', 'show', vendor]);
  expect(status).toBe(0);
  return stdout;
};

const HEADING = "What a customer's own admin credential can do";

test('vendors show tells what an admin credential can do', async () => {
  const [, anthropic = ''] = (await shown('anthropic')).split(HEADING);
  expect(anthropic).toMatch(/^Credential {5}\S/m);
  expect(anthropic).toMatch(/^Lists keys {5}GET https:\/\/api\.anthropic\.com\//m);
  expect(anthropic).toMatch(/^Revokes one {4}POST https:\/\/api\.anthropic\.com\//m);
  expect(anthropic).toMatch(/^Undone by {6}Enable API key/m);
  const [, openai = ''] = (await shown('openai')).split(HEADING);
  expect(openai).toMatch(/\(per project\)$/m);
  expect(openai).toMatch(/^Undone by {6}nothing: it can not be undone$/m);
  expect(openai).toMatch(/^Can not end {4}The key of a service account/m);
});

test('vendors show says where a vendor has no calls for it', async () => {
  expect(await shown('groq')).toContain(
    `${HEADING}\nThe vendor has no calls for that: keys are revoked on its page alone.`,
  );
});
