import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KeyBehaviour } from './behaviour';
import { startVendorSandbox } from './vendorSandbox';
import type { VendorSandbox } from './vendorSandbox';
import { field } from './jsonField';

let sandbox: VendorSandbox;
beforeAll(async () => {
  sandbox = await startVendorSandbox();
});
afterAll(() => sandbox.close());

const json = { 'content-type': 'application/json' };
const anthropicBody = { model: 'claude-any', max_tokens: 1, messages: [{ role: 'user', content: '.' }] };
const openaiBody = { model: 'gpt-any', max_output_tokens: 16, input: '.' };

const post = async (path: string, headers: Readonly<Record<string, string>>, body: unknown) => {
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify(body),
  });
  return {
    status: response.status,
    reason: response.statusText,
    headers: response.headers,
    text: await response.text(),
  };
};
const askAnthropic = (key: string, change: Readonly<Record<string, unknown>> = {}) =>
  post(
    '/v1/messages',
    { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
    { ...anthropicBody, ...change },
  );
const askOpenai = (key: string, change: Readonly<Record<string, unknown>> = {}) =>
  post('/v1/responses', { authorization: `Bearer ${key}` }, { ...openaiBody, ...change });
const control = async (path: string, body: unknown): Promise<unknown> => {
  const answer: unknown = JSON.parse((await post(`/_sandbox/${path}`, {}, body)).text);
  return answer;
};

describe('a proper test call', () => {
  test('gets the vendor’s success and a request id', async () => {
    const first = await askAnthropic(sandbox.issueKey('anthropic'));
    expect(first.status).toBe(200);
    expect(first.headers.get('request-id')).toMatch(/^req_011C/);
    const second = await askOpenai(sandbox.issueKey('openai'));
    expect(second.status).toBe(200);
    expect(second.headers.get('x-request-id')).toMatch(/^req_/);
  });

  test('with a key that was never issued, or by another vendor, gets 401 and part of the key', async () => {
    const elsewhere = sandbox.issueKey('openai');
    expect((await askAnthropic(elsewhere)).status).toBe(401);
    const stranger = await askOpenai(sandbox.issueKey('anthropic'));
    expect(stranger.status).toBe(401);
    expect(stranger.text).toContain('***');
  });
});

describe('what the vendor would not take', () => {
  test.each<[string, Readonly<Record<string, unknown>>, number]>([
    ['no model', { model: undefined }, 400],
    ['no messages', { messages: [] }, 400],
    ['more than one token', { max_tokens: 2 }, 400],
    ['no maximum', { max_tokens: undefined }, 400],
    ['a model of another vendor', { model: 'gpt-any' }, 404],
  ])('anthropic: %s', async (_what, change, status) => {
    expect((await askAnthropic(sandbox.issueKey('anthropic'), change)).status).toBe(status);
  });

  test.each<[string, Readonly<Record<string, unknown>>, number]>([
    ['no model', { model: undefined }, 400],
    ['no input', { input: '' }, 400],
    ['fewer than 16 tokens', { max_output_tokens: 15 }, 400],
    ['more than a test call needs', { max_output_tokens: 17 }, 400],
    ['a model of another vendor', { model: 'claude-any' }, 404],
  ])('openai: %s', async (_what, change, status) => {
    expect((await askOpenai(sandbox.issueKey('openai'), change)).status).toBe(status);
  });

  test('another path, method, version or body', async () => {
    const key = sandbox.issueKey('anthropic');
    expect((await post('/v2/messages', { 'x-api-key': key }, anthropicBody)).status).toBe(404);
    expect((await fetch(`${sandbox.url}/v1/messages`)).status).toBe(405);
    expect((await post('/v1/messages', { 'x-api-key': key }, anthropicBody)).status).toBe(400);
    const headers = { 'x-api-key': key, 'anthropic-version': '2023-06-01' };
    expect((await post('/v1/messages', headers, 'no object')).status).toBe(400);
  });
});

describe('behaviours', () => {
  test('change in the middle, and count anew', async () => {
    const key = sandbox.issueKey('anthropic', { first: 'throttled', times: 1, then: 'valid' });
    expect((await askAnthropic(key)).status).toBe(429);
    expect((await askAnthropic(key)).status).toBe(200);
    sandbox.setBehaviour(key, { first: 'overloaded', times: 1, then: 'unfunded' });
    expect((await askAnthropic(key)).status).toBe(529);
    expect((await askAnthropic(key)).status).toBe(400);
    expect(sandbox.callsWith(key)).toHaveLength(4);
  });

  test('hold an answer until it is released', async () => {
    const key = sandbox.issueKey('openai', 'held');
    const asking = askOpenai(key);
    await sandbox.untilCalled(key);
    sandbox.release(key);
    expect((await asking).status).toBe(200);
  });

  test('answer late', async () => {
    const key = sandbox.issueKey('openai', { afterMs: 1, then: 'restricted' });
    expect((await askOpenai(key)).status).toBe(401);
  });

  test('break off in the middle', async () => {
    await expect(askAnthropic(sandbox.issueKey('anthropic', 'cut-off'))).rejects.toThrow();
  });

  test.each(['reset', 'echoes-key-raw'] as const)('%s is no answer', async (behaviour) => {
    await expect(askAnthropic(sandbox.issueKey('anthropic', behaviour))).rejects.toThrow();
  });

  test('give an answer in chunks, with words of their own behind the status', async () => {
    const answer = { status: 418, reason: 'no {key}', headers: {}, body: '{"key":"{key}"}', chunkBytes: 3 };
    const key = sandbox.issueKey('anthropic', { answer }, 'a-key-of-the-callers-own');
    expect(key).toBe('a-key-of-the-callers-own');
    const answered = await askAnthropic(key);
    expect([answered.status, answered.reason]).toEqual([418, `no ${key}`]);
    expect(answered.headers.get('transfer-encoding')).toBe('chunked');
    expect(JSON.parse(answered.text)).toEqual({ key });
  });

  test('count a redirect that is followed', async () => {
    const before = sandbox.redirectsFollowed();
    expect((await askAnthropic(sandbox.issueKey('anthropic', 'redirect'))).status).toBe(200);
    expect(sandbox.redirectsFollowed()).toBe(before + 1);
  });

  test.each<[string, KeyBehaviour]>([
    ['by itself', 'leaked'],
    ['at first', { first: 'leaked', times: 1, then: 'valid' }],
    ['at last', { first: 'valid', times: 1, then: 'leaked' }],
    ['after a time', { afterMs: 1, then: 'leaked' }],
  ])('of which no answer is on record are refused, %s', (_when, behaviour) => {
    const says = 'No "leaked" answer of deepseek is on record';
    expect(() => sandbox.issueKey('deepseek', behaviour)).toThrow(says);
    const key = sandbox.issueKey('deepseek');
    expect(() => sandbox.setBehaviour(key, behaviour)).toThrow(says);
  });

  test('need a key and a vendor that the sandbox knows', () => {
    expect(() => sandbox.setBehaviour('nobody’s', 'valid')).toThrow('issued no such key');
    expect(() => sandbox.issueKey('nobody')).toThrow('does not answer as');
  });
});

describe('from another process', () => {
  test('keys are issued, changed and counted', async () => {
    const key = field(await control('keys', { vendor: 'anthropic', behaviour: 'unfunded' }), 'key');
    if (typeof key !== 'string') throw new Error('no key came');
    expect((await askAnthropic(key)).status).toBe(400);
    await control('behaviour', { key, behaviour: { first: 'throttled', times: 1, then: 'valid' } });
    expect((await askAnthropic(key)).status).toBe(429);

    const calls: unknown = await (await fetch(`${sandbox.url}/_sandbox/calls`)).json();
    const shown = { vendor: 'anthropic', key: `…${key.slice(-4)}`, model: 'claude-any', maxTokens: 1 };
    expect(calls).toEqual(expect.arrayContaining([shown]));
    expect(JSON.stringify(calls)).not.toContain(key);
  });

  test('a held answer is released', async () => {
    const key = field(await control('keys', { vendor: 'openai', behaviour: 'held' }), 'key');
    if (typeof key !== 'string') throw new Error('no key came');
    const asking = askOpenai(key);
    await sandbox.untilCalled(key);
    await control('release', { key });
    expect((await asking).status).toBe(200);
  });

  test.each<[string, unknown, number]>([
    ['keys', { vendor: 'nobody' }, 400],
    ['keys', { vendor: 'openai', behaviour: 'no such' }, 400],
    ['keys', { vendor: 'deepseek', behaviour: 'leaked' }, 400],
    ['keys', {}, 400],
    ['behaviour', { key: 'nobody’s', behaviour: 'valid' }, 400],
    ['elsewhere', { key: 'nobody’s' }, 404],
  ])('%s %j is refused', async (path, body, status) => {
    expect((await post(`/_sandbox/${path}`, {}, body)).status).toBe(status);
  });
});
