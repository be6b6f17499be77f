import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
});
afterAll(() => shop.close());

const add = ['keys', 'add', '--workspace', 'acme', '--vendor'];
const AZURE = ['--endpoint', 'https://contoso.openai.azure.com', '--model', 'gpt-4.1-prod'];
const GATEWAY = ['--endpoint', 'https://gateway.example.com/v1', '--model', 'meta/llama-4'];

const adding = async (vendor: string, behaviour: 'valid' | 'rejected' | 'restricted', more: string[]) => {
  const { stdout, stderr, status } = await shop.run([...add, vendor, ...more], {
    input: shop.sandbox.issueKey(vendor, behaviour),
  });
  return { status, told: `${stdout}${stderr}`.replace(/\s+/g, ' ') };
};

test.each([
  ['azure-openai', AZURE],
  ['openai-compatible', GATEWAY],
])('%s: endpoint and model are shown with the key', async (vendor, more) => {
  const { keyId } = await shop.add('shown', vendor, 'valid', more);
  const { document } = await shop.ask(['keys', 'show', keyId, '--workspace', 'shown']);
  expect(at(document, 'key')).toMatchObject({ vendor, endpoint: more[1], model: more[3], status: 'active' });
  const { stdout } = await shop.run(['keys', 'show', keyId, '--workspace', 'shown']);
  expect(stdout).toMatch(new RegExp(`Model +${more[3] ?? ''}`));
  expect(stdout).toContain(more[1]);
});

describe('what is missing is said', () => {
  test.each([
    ['azure-openai', AZURE.slice(2), 'https://host and nothing more, for a key of Azure OpenAI'],
    ['azure-openai', AZURE.slice(0, 2), 'the model, or deployment, that a key of Azure OpenAI is for'],
    ['openai-compatible', GATEWAY.slice(2), 'such as https://gateway.example.com/v1'],
    ['anthropic', ['--model', 'claude'], 'test calls of Anthropic keys ask for one of its own'],
    ['aws-bedrock', [], 'a region of AWS Bedrock'],
  ])('%s %j', async (vendor, more, sentence) => {
    const before = shop.sandbox.calls.length;
    const { status, told } = await adding(vendor, 'valid', more);
    expect(status).toBe(1);
    expect(told).toContain('refused (invalid-input)');
    expect(told).toContain(sentence);
    expect(shop.sandbox.calls).toHaveLength(before);
  });
});

test('a key that may be of another endpoint is said to be either', async () => {
  const { told } = await adding('azure-openai', 'rejected', AZURE);
  expect(told).toContain(
    'Test call: Azure OpenAI does not take the key: it is no valid key, or it belongs to another endpoint (HTTP 401).',
  );
});

test('V-8: a key that this address may not use says so', async () => {
  const { told } = await adding('azure-openai', 'restricted', AZURE);
  expect(told).toContain('does not permit this call: not from this IP address (HTTP 403)');
});

test('a deployment that is not there: the key is to be added anew', async () => {
  shop.sandbox.retireModel('azure-openai', 'gone');
  const { status, told } = await adding('azure-openai', 'valid', [...AZURE.slice(0, 3), 'gone']);
  expect(status).toBe(0);
  expect(told).toContain('does not take the key as it was added: there is no such deployment (HTTP 404)');
  expect(told).toContain('add it anew with --endpoint, --region or --model');
});

test('V-11: a gateway without the model says nothing of the key', async () => {
  shop.sandbox.retireModel('openai-compatible', 'gone');
  const { told } = await adding('openai-compatible', 'valid', [...GATEWAY.slice(0, 3), 'gone']);
  expect(told).toContain('A key that was added with --model: add it anew with another one.');
});
