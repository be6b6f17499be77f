import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'perplexity',
  displayName: 'Perplexity',
  version: '2026-11-28',
  sources: [
    'https://docs.perplexity.ai/api-reference/agent-post',
    'https://docs.perplexity.ai/docs/agent-api/models',
    'https://docs.perplexity.ai/docs/admin/api-key-management',
    'https://docs.perplexity.ai/getting-started/api-groups',
    'https://docs.perplexity.ai/getting-started/pricing',
  ],
  method: 'POST',
  // Its chat completions ended on 2026-09-27. No preset and no tool: a search would cost a hundred times as much.
  url: 'https://api.perplexity.ai/v1/agent',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  body: { model: '{model}', max_output_tokens: 1, input: '.' },
  smallest: '`max_output_tokens: 1`, without preset and tools',
  models: ['perplexity/sonar', 'google/gemini-3.1-flash-lite'],
  cost: { usd: 0.00003, inWords: '100 tokens in at $0.25 and 1 token out at no more than $2.50 a million' },
  success: {
    status: 200,
    conditions: [
      { path: 'object', oneOf: ['response'] },
      // Runs that failed are answered with 200, too.
      { path: 'status', oneOf: ['completed', 'incomplete'] },
      { path: 'error', absent: true },
    ],
  },
  errors: {
    shapes: [
      {
        conditions: [
          { path: 'error.message', kind: 'string' },
          // The status once more: as a number, where others have a word.
          { path: 'error.code', oneOf: [400, 401, 429] },
        ],
        message: 'error.message',
        codes: ['error.type'],
      },
    ],
    codeHeader: null,
    knownCodes: [
      'invalid_api_key',
      'insufficient_quota',
      'invalid_model',
      'request_rate_limit_exceeded',
      'invalid_request',
    ],
    rules: [
      // A 401 is for keys without credit, too, and then sometimes a page of its gateway's: only the code tells. Keys
      // without credit are blocked, by its pages, and what it says of a wrong key is "correct and active".
      rule(401, 'rejected', {
        codes: ['invalid_api_key'],
        phrases: ['Invalid API key provided'],
        cause: 'credit',
      }),
      rule(401, 'unfunded', { codes: ['insufficient_quota'] }),
      rule(400, 'model-unavailable', { codes: ['invalid_model'] }),
      rule(429, 'throttled', { codes: ['request_rate_limit_exceeded'] }),
      anyBody('5xx', 'vendor-error'),
    ],
  },
  killCheck: null,
  admin: null,
  requestId: null,
  key: {
    prefixes: ['pplx-'],
    mark: null,
    alphabet: 'A-Za-z0-9-',
    pattern: '^pplx-[A-Za-z0-9]{48}$',
    patternInWords: 'pplx- and 48 letters and digits',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://console.perplexity.ai',
    console: 'https://console.perplexity.ai',
    status: 'https://status.perplexity.com',
  },
  steps: {
    make: [
      'Sign in at console.perplexity.ai, and choose the API group that is to pay, or make one.',
      'Open Billing and see that there is credit: without any a key is refused.',
      'Open API Keys, and press the button that generates a key.',
      'Copy the key: it is shown this once.',
    ],
    revoke: [
      'Sign in at console.perplexity.ai, and choose the API group that the key belongs to.',
      'Open API Keys, and find the key by its name or its last characters.',
      'Press the bin in its row, and confirm. This can not be undone.',
      'Then look for keys and members that nobody knows, and at usage, the balance and automatic payments.',
    ],
  },
};
