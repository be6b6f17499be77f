import {
  killCheckAnswer,
  type RecordedAnswer,
  type RecordedKillCheckAnswer,
} from '../../sandbox/recordedAnswer';
import { answer, error, exceeded, type Json } from './bodies';
import { ofAnotherKind, refusals, rejected } from './refusals';

const MODELS = 'https://ai.google.dev/api/models#method:-models.list';

export const badRequest = (message: string) =>
  answer(
    'bad request',
    400,
    error(400, 'INVALID_ARGUMENT', message),
    'unrecognised-answer',
    'INVALID_ARGUMENT',
  );

export const noSuchModel = answer(
  'no such model',
  404,
  error(
    404,
    'NOT_FOUND',
    'models/{model} is not found for API version v1beta, or is not supported for generateContent. ' +
      'Call ListModels to see the list of available models and their supported methods.',
  ),
  'model-unavailable',
  'NOT_FOUND',
  { source: 'https://github.com/chatboxai/chatbox/issues/2748' },
);

const success = (candidate: Json): string =>
  JSON.stringify({
    candidates: [{ finishReason: 'MAX_TOKENS', index: 0, ...candidate }],
    usageMetadata: { promptTokenCount: 2, totalTokenCount: 3 },
    modelVersion: '{model}',
    responseId: '{id}',
  });

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer('valid', 200, success({ content: { parts: [{ text: 'I' }], role: 'model' } }), 'accepted', null),
  answer(
    'valid, with the one token spent on thinking',
    200,
    success({ content: { role: 'model' } }),
    'accepted',
    null,
    { source: 'https://ai.google.dev/gemini-api/docs/thinking' },
  ),
  answer('valid, and its text was held back', 200, success({ finishReason: 'SAFETY' }), 'accepted', null, {
    source: 'https://ai.google.dev/gemini-api/docs/safety-settings',
  }),
  ...refusals,
  answer(
    'a 401 without a reason',
    401,
    error(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'),
    'unrecognised-answer',
    'UNAUTHENTICATED',
    { source: 'https://github.com/Xposed-Modules-Repo/com.niki914.zafiro/issues/9' },
  ),
  answer(
    'two credentials arrived',
    400,
    error(400, 'INVALID_ARGUMENT', 'Multiple authentication credentials received. Please pass only one.'),
    'our-request',
    'INVALID_ARGUMENT',
    { source: 'https://github.com/sipeed/picoclaw/issues/2548' },
  ),
  answer(
    'region',
    400,
    error(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
    'region',
    'FAILED_PRECONDITION',
    { source: 'https://github.com/google-gemini/gemini-cli/issues/24641' },
  ),
  noSuchModel,
  answer(
    'a model of before',
    404,
    error(
      404,
      'NOT_FOUND',
      'This model models/{model} is no longer available to new users. Please update your code to use a newer model ' +
        'for the latest features and improvements.',
    ),
    'model-unavailable',
    'NOT_FOUND',
    { source: 'https://github.com/Pickle-Pixel/ApplyPilot/issues/6' },
  ),
  answer(
    'throttled',
    429,
    exceeded('generate_content_free_tier_requests', 20),
    'throttled',
    'RESOURCE_EXHAUSTED',
    { headers: { 'retry-after': '1' }, source: 'https://github.com/google-gemini/gemini-cli/issues/8437' },
  ),
  answer(
    'throttled, without details',
    429,
    error(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'),
    'throttled',
    'RESOURCE_EXHAUSTED',
    { source: 'https://github.com/continuedev/continue/issues/10479' },
  ),
  answer(
    'overloaded',
    503,
    error(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
    'overloaded',
    'UNAVAILABLE',
  ),
  answer(
    'server-error',
    500,
    error(500, 'INTERNAL', 'An internal error has occurred. Please retry.'),
    'vendor-error',
    'INTERNAL',
  ),
  answer(
    'timeout',
    504,
    error(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'),
    'vendor-error',
    'DEADLINE_EXCEEDED',
  ),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
  answer(
    "V-13: a proxy in Google's form",
    403,
    error(403, 'PERMISSION_DENIED', 'Egress to this host is blocked by policy.'),
    'unrecognised-answer',
    'PERMISSION_DENIED',
    { source: 'https://github.com/tashfeenahmed/freellmapi/issues/1298' },
  ),
  answer(
    'another service of Google',
    403,
    error(403, 'PERMISSION_DENIED', 'Secure Web Proxy API has not been used in project {id} before.', [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'SERVICE_DISABLED',
        domain: 'googleapis.com',
        metadata: { service: 'networkservices.googleapis.com' },
      },
    ]),
    'unrecognised-answer',
    null,
    { source: 'a proxy before the vendor' },
  ),
  answer(
    'a precondition of another kind',
    400,
    error(400, 'FAILED_PRECONDITION', 'Precondition check failed.'),
    'unrecognised-answer',
    'FAILED_PRECONDITION',
  ),
  answer(
    'a prompt that was blocked',
    200,
    JSON.stringify({ promptFeedback: { blockReason: 'OTHER' }, usageMetadata: {}, modelVersion: '{model}' }),
    'unrecognised-answer',
    null,
  ),
  answer('empty success', 200, '', 'unrecognised-answer', null),
  badRequest('* GenerateContentRequest.contents: contents is not specified'),
];

/** Of the list of models, which is free. An old key may live on for other services of Google. */
export const killCheckAnswers: ReadonlyArray<RecordedKillCheckAnswer> = [
  killCheckAnswer(
    'alive',
    200,
    '{"models":[{"name":"models/gemini-flash-lite-latest","version":"001"}],"nextPageToken":"{id}"}',
    'alive',
    MODELS,
  ),
  killCheckAnswer('dead', rejected.status, rejected.body, 'dead', MODELS),
  killCheckAnswer('a key of another kind', ofAnotherKind.status, ofAnotherKind.body, 'cannot-tell', MODELS),
  killCheckAnswer('success of another kind', 200, '{}', 'cannot-tell', MODELS),
];
