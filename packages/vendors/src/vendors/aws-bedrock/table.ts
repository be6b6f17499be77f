import type { VendorTable } from '../../vendorTable';
import { anyBody, rule } from '../rule';

const DENIED = ['AccessDeniedException'];
const INVALID = ['ValidationException'];

/** Facts checked on the pages under `sources`, and against error bodies that users posted in public issue trackers. */
export const table: VendorTable = {
  vendor: 'aws-bedrock',
  displayName: 'AWS Bedrock',
  version: '2026-11-28',
  sources: [
    'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-revoke.html',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html',
    'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html',
    'https://docs.aws.amazon.com/bedrock/latest/userguide/models-region-compatibility.html',
  ],
  method: 'POST',
  url: 'https://bedrock-runtime.{region}.amazonaws.com/model/{model}/converse',
  regions: {},
  headers: { authorization: 'Bearer {secret}', 'content-type': 'application/json' },
  body: {
    messages: [{ role: 'user', content: [{ text: '.' }] }],
    inferenceConfig: { maxTokens: 1 },
  },
  smallest: '`maxTokens: 1`',
  // Any region may ask for the first, by its global profile; many have the second themselves.
  models: ['global.amazon.nova-2-lite-v1:0', 'openai.gpt-oss-20b-1:0'],
  cost: {
    usd: 0.00003,
    inWords: '80 tokens in at no more than $0.30 and 1 token out at no more than $2.50 a million',
  },
  success: {
    status: 200,
    conditions: [
      { path: 'output.message.role', oneOf: ['assistant'] },
      { path: 'stopReason', kind: 'string' },
    ],
  },
  errors: {
    // The code is in a header. What refuses a key writes `Message`, what runs a model writes `message`.
    shapes: [
      { conditions: [{ path: 'message', kind: 'string' }], message: 'message', codes: [] },
      { conditions: [{ path: 'Message', kind: 'string' }], message: 'Message', codes: [] },
    ],
    codeHeader: 'x-amzn-errortype',
    knownCodes: [
      'AccessDeniedException',
      'ValidationException',
      'ResourceNotFoundException',
      'ThrottlingException',
      'ModelNotReadyException',
      'ServiceUnavailableException',
      'InternalServerException',
      'UnrecognizedClientException',
      'UnknownOperationException',
    ],
    rules: [
      // Good keys get it in a region that they are not for; nothing tells the one from the other.
      rule(403, 'rejected', {
        codes: DENIED,
        phrases: ['Please make sure your API Key is valid'],
        cause: 'region',
      }),
      rule(403, 'rejected', {
        codes: DENIED,
        phrases: ['Invalid API Key format', 'Bearer Token has expired'],
      }),
      rule(403, 'our-request', { codes: DENIED, phrases: ['Authorization header is missing'] }),
      rule(403, 'restricted', {
        codes: DENIED,
        phrases: ['is not authorized to perform: bedrock:'],
        cause: 'scope',
      }),
      rule(403, 'restricted', {
        codes: DENIED,
        phrases: ["don't have access to the model"],
        cause: 'model',
      }),
      rule(403, 'restricted', {
        codes: DENIED,
        phrases: ['account is not authorized to invoke this API operation'],
        cause: 'account',
      }),
      rule(403, 'unfunded', { codes: DENIED, phrases: ['INVALID_PAYMENT_INSTRUMENT'] }),
      // A region without the model, a model that is only served by a profile, one at the end of its life.
      rule(400, 'model-unavailable', {
        codes: INVALID,
        phrases: ['model identifier is invalid', 'with on-demand throughput'],
      }),
      rule(404, 'model-unavailable', { codes: ['ResourceNotFoundException'] }),
      rule(429, 'throttled', { codes: ['ThrottlingException'] }),
      rule(429, 'overloaded', { codes: ['ModelNotReadyException'] }),
      rule('5xx', 'overloaded', { codes: ['ServiceUnavailableException'] }),
      anyBody('5xx', 'vendor-error', ['ServiceUnavailableException']),
    ],
  },
  killCheck: null,
  admin: null,
  requestId: {
    header: 'x-amzn-requestid',
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  },
  key: {
    prefixes: ['ABSK', 'bedrock-api-key-'],
    mark: null,
    alphabet: 'A-Za-z0-9+/=_-',
    pattern: '^(ABSK[A-Za-z0-9+/]{40,}={0,2}|bedrock-api-key-[A-Za-z0-9+/_-]{40,}={0,2})$',
    patternInWords: 'ABSK and base 64, or bedrock-api-key- and base 64 for one of at most 12 hours',
    adminPrefixes: [],
  },
  pages: {
    revocation: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
    console: 'https://console.aws.amazon.com/bedrock/home#/api-keys',
    status: 'https://health.aws.amazon.com/health/status',
  },
  steps: {
    make: [
      'Sign in at console.aws.amazon.com, and choose the region, at the top right: name the same one here.',
      'Open Amazon Bedrock, then API keys, in the list on the left.',
      'Choose the tab Long-term API keys, and press Generate long-term API keys. A short-term key ends in hours.',
      'Choose when the key expires, generate it, and copy it: it is shown this once.',
    ],
    revoke: [
      'Sign in at console.aws.amazon.com, in the account and the region of the key.',
      'Open Amazon Bedrock, then API keys, in the list on the left, and choose the key.',
      'Press Actions, then Delete. Deactivate stops it too, and can be undone.',
      'A short-term key can not be deleted: take its permission bedrock:CallWithBearerToken away in IAM.',
      'Then look for keys and users in IAM that nobody knows, at what CloudTrail has of the key, at batch ' +
        'jobs of Bedrock, and at the budget under Billing.',
    ],
  },
};
