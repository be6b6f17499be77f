import type { RecordedAnswer } from '../../sandbox/recordedAnswer';
import { answer, because, error, exceeded, SERVICE } from './bodies';

export const rejected = answer(
  'rejected',
  400,
  because(400, 'INVALID_ARGUMENT', 'API_KEY_INVALID', 'API key not valid. Please pass a valid API key.'),
  'rejected',
  'API_KEY_INVALID',
  { source: 'https://github.com/cequence-io/openai-scala-client/issues/109' },
);

export const ofAnotherKind = answer(
  'rejected: a key of another kind',
  401,
  error(
    401,
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid ' +
      'authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
    [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_TYPE_UNSUPPORTED',
        metadata: {
          service: SERVICE,
          method: 'google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent',
        },
      },
    ],
  ),
  'rejected',
  'ACCESS_TOKEN_TYPE_UNSUPPORTED',
  { cause: 'key-kind', source: 'https://github.com/google-gemini/gemini-cli/issues/29275' },
);

/** What decides against a key. */
export const refusals: ReadonlyArray<RecordedAnswer> = [
  rejected,
  answer(
    'rejected: expired',
    400,
    because(400, 'INVALID_ARGUMENT', 'API_KEY_INVALID', 'API key expired. Please renew the API key.'),
    'rejected',
    'API_KEY_INVALID',
  ),
  answer(
    'rejected: not found',
    400,
    because(400, 'INVALID_ARGUMENT', 'API_KEY_INVALID', 'API Key not found. Please pass a valid API key.'),
    'rejected',
    'API_KEY_INVALID',
    { source: 'https://github.com/google-gemini/gemini-cli/issues/25198' },
  ),
  ofAnotherKind,
  answer(
    'unfunded',
    402,
    error(
      402,
      'RESOURCE_EXHAUSTED',
      'Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your ' +
        'project and billing.',
    ),
    'unfunded',
    'RESOURCE_EXHAUSTED',
    { source: 'https://github.com/dyad-sh/dyad/issues/3626' },
  ),
  answer(
    'unfunded, as it was told before',
    429,
    error(
      429,
      'RESOURCE_EXHAUSTED',
      'Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your ' +
        'project and billing.',
    ),
    'unfunded',
    'RESOURCE_EXHAUSTED',
    { source: 'https://github.com/JeffOtano/roni/pull/125' },
  ),
  answer(
    'spending cap of the project',
    429,
    error(
      429,
      'RESOURCE_EXHAUSTED',
      'Your project has exceeded its monthly spending cap. Please go to AI Studio at https://ai.studio/spend to ' +
        'manage your project spend cap.',
    ),
    'unfunded',
    'RESOURCE_EXHAUSTED',
    { source: 'https://ai.google.dev/gemini-api/docs/billing' },
  ),
  answer(
    'no free tier for the model',
    429,
    exceeded('generate_content_free_tier_requests', 0),
    'unfunded',
    'RESOURCE_EXHAUSTED',
    { source: 'https://github.com/continuedev/continue/issues/12744' },
  ),
  answer(
    'no free tier, of tokens',
    429,
    exceeded('generate_content_free_tier_input_token_count', 0),
    'unfunded',
    'RESOURCE_EXHAUSTED',
    { source: 'https://github.com/continuedev/continue/issues/10062' },
  ),
  answer(
    'restricted',
    403,
    because(
      403,
      'PERMISSION_DENIED',
      'API_KEY_SERVICE_BLOCKED',
      `Requests to this API ${SERVICE} method google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent ` +
        'are blocked.',
      { consumer: 'projects/{id}', apiName: SERVICE },
    ),
    'restricted',
    'API_KEY_SERVICE_BLOCKED',
    { cause: 'scope', source: 'https://github.com/continuedev/continue/issues/12781' },
  ),
  answer(
    'the interface is off in the project',
    403,
    because(
      403,
      'PERMISSION_DENIED',
      'SERVICE_DISABLED',
      'Generative Language API has not been used in project {id} before or it is disabled.',
      { consumer: 'projects/{id}' },
    ),
    'restricted',
    'SERVICE_DISABLED',
    { cause: 'scope', source: 'https://github.com/google-gemini/deprecated-generative-ai-python/issues/10' },
  ),
  answer(
    'suspended',
    403,
    because(
      403,
      'PERMISSION_DENIED',
      'CONSUMER_SUSPENDED',
      "Permission denied: Consumer 'api_key:{key}' has been suspended.",
      { consumer: 'projects/{id}', containerInfo: 'api_key:{key}' },
    ),
    'restricted',
    'CONSUMER_SUSPENDED',
    { cause: 'account', source: 'https://github.com/continuedev/continue/issues/10902' },
  ),
  answer(
    'the project was denied access',
    403,
    error(403, 'PERMISSION_DENIED', 'Your project has been denied access. Please contact support.'),
    'restricted',
    'PERMISSION_DENIED',
    {
      cause: 'account',
      source:
        'https://discuss.ai.google.dev/t/your-project-has-been-denied-access-please-contact-support/168860',
    },
  ),
  answer(
    'leaked',
    403,
    error(403, 'PERMISSION_DENIED', 'Your API key was reported as leaked. Please use another API key.'),
    'leaked',
    'PERMISSION_DENIED',
    { source: 'https://github.com/continuedev/continue/issues/11541' },
  ),
  answer(
    'region without a plan',
    400,
    error(
      400,
      'FAILED_PRECONDITION',
      'User location is not supported for the API use without a billing account linked.',
    ),
    'unfunded',
    'FAILED_PRECONDITION',
    { source: 'https://github.com/u14app/neo-chat/issues/7' },
  ),
];
