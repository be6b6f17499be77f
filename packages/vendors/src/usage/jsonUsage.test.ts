import { describe, expect, test } from '@jest/globals';
import { readUsage } from './readUsage';
import type { Usage, UsageProblem } from './usage';

const read = (json: unknown, vendor: string, keyId: string | null = null): Usage | UsageProblem => {
  const result = readUsage(Buffer.from(JSON.stringify(json), 'utf8'), vendor, keyId);
  return result._tag === 'Right' ? result.right : result.left;
};

const HOURS = { starting_at: '2026-11-05T14:00:00Z', ending_at: '2026-11-05T15:00:00Z' };
const [FROM, TO] = [Date.UTC(2026, 10, 5, 14), Date.UTC(2026, 10, 5, 15)];

/** https://platform.claude.com/docs/en/manage-claude/usage-cost-analytics-api */
const analytics = (apiKeyId: string | null, requests: number | null, tokens: number) => ({
  ...HOURS,
  group: { product: null, model: 'claude-haiku-5-5', api_key_id: apiKeyId },
  usage: {
    uncached_input_tokens: tokens - 1,
    cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
    cache_read_input_tokens: 0,
    output_tokens: 1,
    requests,
    server_tool_use: { web_search_requests: 0 },
    total_tokens: tokens,
  },
});

/** https://platform.claude.com/docs/en/api/admin/usage_report/retrieve_messages */
const reported = (apiKeyId: string | null, input: number) => ({
  uncached_input_tokens: input,
  cache_creation: { ephemeral_1h_input_tokens: 1_000, ephemeral_5m_input_tokens: 500 },
  cache_read_input_tokens: 200,
  output_tokens: 50,
  server_tool_use: { web_search_requests: 10 },
  api_key_id: apiKeyId,
  workspace_id: null,
  model: null,
  service_tier: null,
  context_window: null,
});

/** https://developers.openai.com/cookbook/examples/completions_usage_api */
const completions = (apiKeyId: string | null, requests: number) => ({
  object: 'organization.usage.completions.result',
  input_tokens: 1_000,
  output_tokens: 500,
  input_cached_tokens: 800,
  num_model_requests: requests,
  project_id: null,
  user_id: null,
  api_key_id: apiKeyId,
  model: null,
  batch: null,
});
const page = (results: ReadonlyArray<unknown>, more = false) => ({
  object: 'page',
  data: [{ object: 'bucket', start_time: FROM / 1_000, end_time: TO / 1_000, results }],
  has_more: more,
  next_page: more ? 'page_2' : null,
});

/** https://openrouter.ai/docs/api/api-reference/analytics/get-user-activity-grouped-by-endpoint */
const activity = (date: string, requests: number) => ({
  date,
  model: 'openai/gpt-4.1',
  model_permaslug: 'openai/gpt-4.1-2025-04-14',
  endpoint_id: '550e8400-e29b-41d4-a716-446655440000',
  provider_name: 'OpenAI',
  usage: 0.015,
  byok_usage_inference: 0.012,
  requests,
  prompt_tokens: 50,
  completion_tokens: 125,
  reasoning_tokens: 25,
});

const KEY = 'apikey_01Rj2N8SVvo6BePZj99NhmiT';
const ALL = { rowsWithoutKey: 0, rowsOfOtherKeys: 0, morePages: false };

describe('each format', () => {
  test('Anthropic’s analytics tell requests and tokens', () => {
    const json = { data: [analytics(KEY, 12, 900)], has_more: false, next_page: null };
    expect(read(json, 'anthropic', KEY)).toEqual({
      ...ALL,
      format: 'anthropic-usage',
      rows: 1,
      buckets: [{ start: FROM, end: TO, requests: 12, tokens: 900 }],
    });
  });

  test('Anthropic’s older report tells tokens alone, of each kind', () => {
    const json = { data: [{ ...HOURS, results: [reported(KEY, 1_500)] }], has_more: false, next_page: null };
    expect(read(json, 'anthropic', KEY)).toEqual({
      ...ALL,
      format: 'anthropic-usage-report',
      rows: 1,
      buckets: [{ start: FROM, end: TO, requests: null, tokens: 1_500 + 1_000 + 500 + 200 + 50 }],
    });
  });

  test('OpenAI’s completions count cached tokens once', () => {
    expect(read(page([completions('key_abc', 5)]), 'openai', 'key_abc')).toEqual({
      ...ALL,
      format: 'openai-usage-completions',
      rows: 1,
      buckets: [{ start: FROM, end: TO, requests: 5, tokens: 1_500 }],
    });
  });

  test('OpenRouter’s activity is of whole days, of all models together', () => {
    const json = { data: [activity('2026-11-06', 5), activity('2026-11-05', 2), activity('2026-11-05', 3)] };
    const day = (n: number) => Date.UTC(2026, 10, n);
    expect(read(json, 'openrouter')).toEqual({
      ...ALL,
      format: 'openrouter-activity',
      rows: 3,
      buckets: [
        { start: day(5), end: day(6), requests: 5, tokens: 350 },
        { start: day(6), end: day(7), requests: 5, tokens: 175 },
      ],
    });
  });
});

describe('nothing is dropped in silence', () => {
  test('rows of other keys and of none are counted apart', () => {
    const json = page([completions('key_abc', 5), completions('key_other', 7), completions(null, 11)]);
    expect(read(json, 'openai', 'key_abc')).toMatchObject({
      rows: 1,
      rowsOfOtherKeys: 1,
      rowsWithoutKey: 1,
      buckets: [{ requests: 16 }],
    });
    expect(read(json, 'openai', null)).toMatchObject({ rows: 3, buckets: [{ requests: 23 }] });
  });

  test('a bucket in which the key was not used stays, as nothing', () => {
    expect(read(page([]), 'openai', 'key_abc')).toMatchObject({
      rows: 0,
      buckets: [{ requests: 0, tokens: 0 }],
    });
    expect(read(page([completions('key_other', 7)]), 'openai', 'key_abc')).toMatchObject({
      rowsOfOtherKeys: 1,
      buckets: [{ requests: 0, tokens: 0 }],
    });
  });

  test('requests that are not known of a part are not known of the whole', () => {
    const json = { data: [analytics(KEY, 12, 900), analytics(KEY, null, 10)], has_more: false };
    expect(read(json, 'anthropic', KEY)).toMatchObject({ buckets: [{ requests: null, tokens: 910 }] });
  });

  test('a page that others follow says so', () => {
    expect(read(page([], true), 'openai')).toMatchObject({ morePages: true });
  });

  test('a vendor that counted nothing at all', () => {
    expect(read({ data: [], has_more: false, next_page: null }, 'anthropic')).toMatchObject({
      buckets: [],
      rows: 0,
    });
  });
});

describe('what has not the form is refused, with the member', () => {
  const COUNT = 'a whole number, 0 or more';
  test.each<[string, unknown, string, string, string]>([
    [
      'another vendor’s answer',
      page([completions('k', 1)]),
      'anthropic',
      'data[0].starting_at',
      'a time with its zone, such as 2026-11-05T14:00:00Z',
    ],
    ['no list', { data: {} }, 'openai', 'data', 'an answer about usage: openai-usage-completions'],
    [
      'buckets of something else',
      { data: [{ id: 7 }] },
      'anthropic',
      'data[0]',
      'an answer about usage: anthropic-usage or anthropic-usage-report',
    ],
    [
      'a count that is text',
      page([{ ...completions('k', 1), num_model_requests: '5' }]),
      'openai',
      'data[0].results[0].num_model_requests',
      COUNT,
    ],
    [
      'a count that is missing',
      page([{ ...completions('k', 1), output_tokens: undefined }]),
      'openai',
      'data[0].results[0].output_tokens',
      COUNT,
    ],
    [
      'a count below zero',
      page([completions('k', -1)]),
      'openai',
      'data[0].results[0].num_model_requests',
      COUNT,
    ],
    [
      'a key that is no text',
      page([completions(null, 1), { ...completions(null, 1), api_key_id: 7 }]),
      'openai',
      'data[0].results[1].api_key_id',
      'the id of a key, or null',
    ],
    [
      'a time in parts of a second',
      { ...page([]), data: [{ start_time: 1.5, end_time: 2, results: [] }] },
      'openai',
      'data[0].start_time',
      'a time in whole seconds since 1970',
    ],
    [
      'a time in milliseconds',
      { ...page([]), data: [{ start_time: FROM, end_time: TO, results: [] }] },
      'openai',
      'data[0].start_time',
      'a time in whole seconds since 1970',
    ],
    [
      'a bucket that ends before it begins',
      { data: [{ start_time: 2, end_time: 1, results: [] }] },
      'openai',
      'data[0].end_time',
      'a time after the one at which it begins',
    ],
    [
      'a day that is none',
      { data: [activity('2026-02-30', 1)] },
      'openrouter',
      'data[0].date',
      'a day, such as 2026-11-05',
    ],
    [
      'buckets that overlap',
      {
        data: [
          { start_time: 1, end_time: 3, results: [] },
          { start_time: 2, end_time: 4, results: [] },
        ],
      },
      'openai',
      'data[1]',
      'a time that does not overlap that of data[0]',
    ],
    [
      'more than can be counted',
      page([completions('k', Number.MAX_SAFE_INTEGER), completions('k', Number.MAX_SAFE_INTEGER)]),
      'openai',
      'data[0].results[0]',
      'counts that can be added up',
    ],
  ])('%s', (_what, json, vendor, at, problem) => {
    expect(read(json, vendor)).toEqual({ at, problem });
  });
});
