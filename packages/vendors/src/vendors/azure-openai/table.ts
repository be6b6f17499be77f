import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';

/** What answers before a model does writes the status as the code; some of it has a name instead. */
const NOT_IN = ['401', 'Unauthorized'];
const NO_WAY_IN = ['403', 'AccessDenied'];

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'azure-openai',
  displayName: 'Azure OpenAI',
  version: '2026-11-28',
  sources: [
    'https://learn.microsoft.com/azure/foundry/openai/how-to/troubleshoot-errors',
    'https://learn.microsoft.com/azure/foundry-classic/openai/api-version-lifecycle',
    'https://learn.microsoft.com/azure/ai-services/rotate-keys',
  ],
  method: 'POST',
  url: '{endpoint}/openai/v1/chat/completions',
  regions: {},
  headers: { 'api-key': '{secret}', 'content-type': 'application/json' },
  body: { model: '{model}', max_completion_tokens: 1, messages: [{ role: 'user', content: '.' }] },
  smallest: '`max_completion_tokens: 1`',
  // The deployment is the customer's, and so is its name.
  models: [],
  cost: {
    usd: 0.0003,
    inWords: 'what the deployment charges for 8 tokens in and 1 token out, such as $20 and $80 a million',
  },
  success: {
    status: 200,
    conditions: [
      { path: 'object', oneOf: ['chat.completion'] },
      { path: 'choices', kind: 'array' },
      { path: 'error', absent: true },
    ],
  },
  errors: {
    shapes: [
      {
        conditions: [{ path: 'error.message', kind: 'string' }],
        message: 'error.message',
        codes: ['error.code', 'error.type'],
      },
    ],
    codeHeader: null,
    knownCodes: [
      '401',
      'Unauthorized',
      '403',
      'AccessDenied',
      'AuthenticationTypeDisabled',
      '404',
      'DeploymentNotFound',
      '429',
      'RateLimitReached',
      'invalid_request_error',
      'server_error',
    ],
    rules: [
      // A key of another resource gets the same answer.
      rule(401, 'rejected', {
        codes: NOT_IN,
        phrases: ['invalid subscription key or wrong API endpoint'],
        cause: 'endpoint',
      }),
      rule(403, 'restricted', {
        codes: NO_WAY_IN,
        phrases: ['Virtual Network', 'Public access is disabled'],
        cause: 'address',
      }),
      rule(403, 'restricted', { codes: ['AuthenticationTypeDisabled'] }),
      rule(404, 'misdirected', { codes: ['DeploymentNotFound'], cause: 'deployment' }),
      // GitHub Models has the same form and code, and other words.
      rule(429, 'throttled', { codes: ['429', 'RateLimitReached'], phrases: ['pricing tier'] }),
      // A model that thinks first has spent its one token: it ran all the same.
      rule(400, 'completed', {
        codes: ['invalid_request_error'],
        phrases: ['max_tokens or model output limit was reached'],
      }),
      anyBody('5xx', 'vendor-error'),
    ],
  },
  killCheck: null,
  admin: null,
  requestId: {
    header: 'apim-request-id',
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  },
  key: {
    prefixes: [],
    // Keys of other services of Azure have it, too. The form is told by github.com/microsoft/security-utilities.
    mark: { text: 'JQQJ99', before: 52, after: 26 },
    alphabet: 'A-Za-z0-9',
    pattern: '^([0-9a-f]{32}|[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26})$',
    patternInWords: '84 letters and digits with JQQJ99 in them, or 32 digits of 0-9 and a-f',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://portal.azure.com',
    console: 'https://portal.azure.com',
    status: 'https://azure.status.microsoft',
  },
  steps: {
    make: [
      'Sign in at portal.azure.com, and open the Azure OpenAI or Foundry resource that is to pay.',
      'Open Keys and Endpoint, under Resource Management.',
      'Copy KEY 1 or KEY 2: each resource has these two, and they are shown again.',
      'Copy the endpoint on the same page, such as https://contoso.openai.azure.com: it is named with --endpoint.',
      'Open ai.azure.com, then Deployments, and copy the name of one of a chat model: it is named with --model.',
    ],
    revoke: [
      'Sign in at portal.azure.com, and open the resource that the key belongs to.',
      'Open Keys and Endpoint, under Resource Management, and find which of the two keys it is.',
      'Press Regenerate Key1 or Regenerate Key2: the old one stops at once. This can not be undone.',
      'Then look for role assignments and deployments that nobody knows, at files and batches of the ' +
        'resource, at its metrics, and at the budget under Cost Management.',
    ],
  },
};
