import * as t from 'io-ts';

/** Formats of vendors, by name. */
export const UsageFormatName = t.keyof({
  'anthropic-usage': null,
  'anthropic-usage-report': null,
  'openai-usage-completions': null,
  'openrouter-activity': null,
});
export type UsageFormatName = t.TypeOf<typeof UsageFormatName>;

/** Where a vendor's JSON says what. Paths of a bucket begin at the bucket, those of a row at the row. */
export interface UsageFormat {
  readonly name: UsageFormatName;
  readonly vendor: string;
  /** The page that has it. */
  readonly source: string;
  /** Members that a bucket has in this format and in no other of the vendor. */
  readonly marks: ReadonlyArray<string>;
  readonly times:
    | { readonly form: 'rfc-3339' | 'unix-seconds'; readonly start: string; readonly end: string }
    /** A whole day in UTC. */
    | { readonly form: 'day'; readonly day: string };
  /** Where a bucket has its rows; null where it is its own. */
  readonly rows: string | null;
  /** Null where requests are not counted. */
  readonly requests: string | null;
  /** Added up. */
  readonly tokens: ReadonlyArray<string>;
  readonly keyId: string | null;
  /** Says that there are further pages; null where there never are. */
  readonly more: string | null;
}

const CLAUDE = 'https://platform.claude.com/docs/en';

export const USAGE_FORMATS: ReadonlyArray<UsageFormat> = [
  {
    name: 'anthropic-usage',
    vendor: 'anthropic',
    source: `${CLAUDE}/manage-claude/usage-cost-analytics-api`,
    marks: ['usage', 'group'],
    times: { form: 'rfc-3339', start: 'starting_at', end: 'ending_at' },
    rows: null,
    requests: 'usage.requests',
    tokens: ['usage.total_tokens'],
    keyId: 'group.api_key_id',
    more: 'has_more',
  },
  {
    name: 'anthropic-usage-report',
    vendor: 'anthropic',
    source: `${CLAUDE}/api/admin/usage_report/retrieve_messages`,
    marks: ['results'],
    times: { form: 'rfc-3339', start: 'starting_at', end: 'ending_at' },
    rows: 'results',
    requests: null,
    tokens: [
      'uncached_input_tokens',
      'cache_creation.ephemeral_1h_input_tokens',
      'cache_creation.ephemeral_5m_input_tokens',
      'cache_read_input_tokens',
      'output_tokens',
    ],
    keyId: 'api_key_id',
    more: 'has_more',
  },
  {
    name: 'openai-usage-completions',
    vendor: 'openai',
    source: 'https://developers.openai.com/cookbook/examples/completions_usage_api',
    marks: ['results', 'start_time'],
    times: { form: 'unix-seconds', start: 'start_time', end: 'end_time' },
    rows: 'results',
    requests: 'num_model_requests',
    // Cached tokens are among those of the input.
    tokens: ['input_tokens', 'output_tokens'],
    keyId: 'api_key_id',
    more: 'has_more',
  },
  {
    name: 'openrouter-activity',
    vendor: 'openrouter',
    source: 'https://openrouter.ai/docs/api/api-reference/analytics/get-user-activity-grouped-by-endpoint',
    marks: ['date', 'requests'],
    times: { form: 'day', day: 'date' },
    rows: null,
    requests: 'requests',
    tokens: ['prompt_tokens', 'completion_tokens'],
    keyId: null,
    more: null,
  },
];
