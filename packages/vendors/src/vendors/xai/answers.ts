import {
  killCheckAnswer,
  recordedFrom,
  type RecordedAnswer,
  type RecordedKillCheckAnswer,
} from '../../sandbox/recordedAnswer';

const KILL_CHECK = 'https://docs.x.ai/docs/api-reference#get-api-key-information';

const flagged = (flags: Readonly<Record<string, boolean>>): string =>
  JSON.stringify({
    redacted_api_key: 'xai-...b14o',
    api_key_blocked: false,
    api_key_disabled: false,
    team_blocked: false,
    ...flags,
  });

/** Bodies as users posted them in public issue trackers and as the vendor's pages show them, ids and keys replaced. */
const error = (code: string, message: string): string => JSON.stringify({ code, error: message });

const answer = recordedFrom('https://docs.x.ai/developers/debugging');

const ARGUMENT = 'Client specified an invalid argument';
const PERMISSION = 'The caller does not have permission to execute the specified operation';
const NOT_FOUND = 'Some requested entity was not found';

export const rejected = answer(
  'rejected',
  400,
  error(
    'invalid-argument',
    'Incorrect API key provided: {masked}. You can obtain an API key from https://console.x.ai.',
  ),
  'rejected',
  'invalid-argument',
  { source: 'https://github.com/continuedev/continue/issues/10778' },
);

export const badRequest = (message: string) =>
  answer('bad request', 400, error('invalid-argument', message), 'unrecognised-answer', 'invalid-argument');

const missing =
  "The model {model} does not exist or your team {id} does not have access to it. Please ensure you're using the " +
  'correct API key. If you believe this is a mistake, please contact support and quote your team ID and the ' +
  'model name.';

export const noSuchModel = answer(
  'no such model',
  404,
  error('not-found', missing),
  'model-unavailable',
  'not-found',
);

const spent =
  'Your team {id} has either used all available credits or reached its monthly spending limit. To continue making ' +
  'API requests, please purchase more credits or raise your spending limit.';

const unfunded = (name: string, status: number, code: string, message: string, source: string) =>
  answer(name, status, error(code, message), 'unfunded', code.includes(' ') ? null : code, { source });

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer(
    'valid',
    200,
    JSON.stringify({
      id: '{id}',
      object: 'chat.completion',
      created: 1793084842,
      model: '{model}',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'I', refusal: null },
          finish_reason: 'length',
        },
      ],
      usage: { prompt_tokens: 160, completion_tokens: 1, total_tokens: 161 },
      system_fingerprint: 'fp_{id}',
    }),
    'accepted',
    null,
    { source: 'https://docs.x.ai/developers/rest-api-reference' },
  ),
  rejected,
  answer(
    'rejected, as it was told before',
    400,
    error(
      ARGUMENT,
      'Incorrect API key provided: {masked}. You can obtain an API key from https://console.x.ai.',
    ),
    'rejected',
    null,
    { source: 'https://github.com/continuedev/continue/issues/10161' },
  ),
  answer(
    'rejected, with its spaces written',
    400,
    error(
      ARGUMENT,
      'Incorrect%20API%20key%20provided:%20{masked}.%20You%20can%20obtain%20an%20API%20key%20from%20https://console.x.ai.',
    ),
    'rejected',
    null,
    { source: 'https://github.com/i-am-bee/beeai-framework/issues/447' },
  ),
  answer(
    'rejected: bad credentials',
    401,
    error('unauthenticated:bad-credentials', 'Bad credentials.'),
    'rejected',
    'unauthenticated:bad-credentials',
  ),
  answer(
    'rejected: a token of another kind, that ended',
    403,
    error('unauthenticated:bad-credentials', 'The OAuth2 access token could not be validated.'),
    'rejected',
    'unauthenticated:bad-credentials',
  ),
  answer(
    'rejected: a token of another kind, as it was told before',
    403,
    error(
      PERMISSION,
      'The OAuth2 access token could not be validated. [WKE=unauthenticated:bad-credentials]',
    ),
    'rejected',
    null,
  ),
  answer(
    'rejected: bad credentials, as it was told before',
    400,
    error(ARGUMENT, 'Bad%20credentials.%20[WKE=unauthenticated:bad-credentials]'),
    'rejected',
    null,
  ),
  answer(
    'no key arrived',
    401,
    error('unauthenticated:no-credentials', 'No credentials presented.'),
    'our-request',
    'unauthenticated:no-credentials',
  ),
  unfunded('unfunded', 403, 'permission-denied', spent, 'https://github.com/Anantys-oss/koan/issues/2412'),
  unfunded(
    'unfunded, as it was told before',
    403,
    PERMISSION,
    spent,
    'https://docs.x.ai/developers/debugging',
  ),
  unfunded(
    'unfunded, as a limit',
    429,
    'resource-exhausted',
    spent,
    'https://github.com/continuedev/continue/issues/10740',
  ),
  unfunded(
    'a team that never paid',
    403,
    PERMISSION,
    "Your newly created team doesn't have any credits or licenses yet. You can purchase those on " +
      'https://console.x.ai/team/{id}.',
    'https://docs.x.ai/developers/debugging',
  ),
  unfunded(
    'spending limit of a person',
    403,
    'personal-team-blocked:spending-limit',
    'You have run out of credits or need a Grok subscription. Add credits at https://grok.com/?_s=usage or upgrade ' +
      'at https://grok.com/supergrok.',
    'https://github.com/tetsuo-ai/agenc-core/pull/2483',
  ),
  unfunded(
    'spending limit of a person, as it was told before',
    403,
    PERMISSION,
    'You have run out of credits or need a Grok subscription. [WKE=personal-team-blocked:spending-limit]',
    'https://github.com/tetsuo-ai/agenc-core/pull/2483',
  ),
  unfunded(
    'spending limit of a person, with 402',
    402,
    'personal-team-blocked:spending-limit',
    'You have run out of credits or need a Grok subscription.',
    'https://github.com/tetsuo-ai/agenc-core/pull/2483',
  ),
  answer(
    'restricted',
    403,
    error(
      'permission-denied',
      'Access to the chat endpoint is denied. Please ensure you’re using the correct credentials. If you believe ' +
        'this is a mistake, please log into console.x.ai and update the permissions, or contact support.',
    ),
    'restricted',
    'permission-denied',
    { cause: 'scope', source: 'https://github.com/router-for-me/CLIProxyAPI/issues/4233' },
  ),
  answer(
    'switched off',
    403,
    error(
      'permission-denied',
      'The API key {masked} is disabled and cannot be used to perform requests. To enable the API key, go to ' +
        'https://console.x.ai/team/{id}/api-keys.',
    ),
    'restricted',
    'permission-denied',
    { cause: 'scope' },
  ),
  noSuchModel,
  answer('no such model, as it was told before', 404, error(NOT_FOUND, missing), 'model-unavailable', null, {
    source: 'https://github.com/yihong0618/bilingual_book_maker/issues/464',
  }),
  answer(
    'a model of before',
    404,
    error(
      'not-found',
      'The model {model} was deprecated on 2025-09-15 and is no longer accessible via the API. Please use ' +
        'grok-3 instead.',
    ),
    'model-unavailable',
    'not-found',
    { source: 'https://docs.x.ai/developers/migration/may-15-retirement' },
  ),
  answer(
    'wrong path',
    404,
    error(
      NOT_FOUND,
      'No handler found on route. Please double check your URL and consult https://api.x.ai/docs for more information.',
    ),
    'unrecognised-answer',
    null,
    { source: 'https://github.com/iniwap/AIWriteX/issues/26' },
  ),
  answer(
    'throttled',
    429,
    error(
      'resource-exhausted',
      "Too many requests for team {id} and model {model}. Your team's rate limit is - Requests per Minute " +
        '(actual/limit): 2/2.',
    ),
    'throttled',
    'resource-exhausted',
    { headers: { 'retry-after': '1' } },
  ),
  answer(
    'overloaded',
    429,
    error(
      'Some resource has been exhausted',
      'The service is temporarily at capacity. Please retry your request shortly.',
    ),
    'overloaded',
    null,
  ),
  answer('server-error', 500, error('internal', 'Internal error'), 'vendor-error', 'internal'),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
  answer(
    'a prompt that was refused',
    403,
    error('permission-denied', 'Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO'),
    'unrecognised-answer',
    'permission-denied',
  ),
  answer(
    'a gateway with a code of its own',
    401,
    error('UNAUTHORIZED', 'Incorrect API key provided'),
    'unrecognised-answer',
    null,
    { source: 'a gateway before the vendor' },
  ),
  answer('empty success', 200, '', 'unrecognised-answer', null),
  badRequest("This model's maximum prompt length is 131072 but the request contains 179111 tokens."),
];

/** Of its kill check, which is free; errors are those of every call. */
export const killCheckAnswers: ReadonlyArray<RecordedKillCheckAnswer> = [
  killCheckAnswer('alive', 200, flagged({}), 'alive', KILL_CHECK),
  killCheckAnswer('dead', rejected.status, rejected.body, 'dead', KILL_CHECK),
  killCheckAnswer('disabled', 200, flagged({ api_key_disabled: true }), 'dead', KILL_CHECK),
  killCheckAnswer('blocked', 200, flagged({ api_key_blocked: true }), 'dead', KILL_CHECK),
  killCheckAnswer(
    'blocked and disabled',
    200,
    flagged({ api_key_blocked: true, api_key_disabled: true }),
    'dead',
    KILL_CHECK,
  ),
  // A team that is let in again takes its keys along.
  killCheckAnswer('its team is blocked', 200, flagged({ team_blocked: true }), 'cannot-tell', KILL_CHECK),
  killCheckAnswer('without its flags', 200, '{"redacted_api_key":"xai-...b14o"}', 'cannot-tell', KILL_CHECK),
];
