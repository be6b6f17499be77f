import { recordedFrom, type RecordedAnswer } from '../../sandbox/recordedAnswer';

const answer = recordedFrom('https://learn.microsoft.com/azure/foundry/openai/how-to/troubleshoot-errors');

/** What answers before a model does. */
const front = (code: string, message: string): string => JSON.stringify({ error: { code, message } });

/** What the model's side says. */
const ofModel = (message: string, param: string | null = null): string =>
  JSON.stringify({ error: { message, type: 'invalid_request_error', param, code: null } });

const WRONG_KEY =
  'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an ' +
  'active subscription and use a correct regional API endpoint for your resource.';

export const rejected = answer('rejected', 401, front('401', WRONG_KEY), 'rejected', '401', {
  cause: 'endpoint',
  source: 'https://github.com/SciSharp/BotSharp/issues/386',
});

export const badRequest = (message: string) =>
  answer('bad request', 400, ofModel(message, 'body'), 'unrecognised-answer', 'invalid_request_error', {
    source: 'https://github.com/charmbracelet/catwalk/issues/41',
  });

export const noSuchModel = answer(
  'no such deployment',
  404,
  front(
    'DeploymentNotFound',
    'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, ' +
      'please wait a moment and try again.',
  ),
  'misdirected',
  'DeploymentNotFound',
  { cause: 'deployment', source: 'https://github.com/chatboxai/chatbox/issues/861' },
);

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer(
    'valid',
    200,
    JSON.stringify({
      id: 'chatcmpl-{id}',
      object: 'chat.completion',
      created: 1793084842,
      model: 'gpt-5.4-nano-2026-03-17',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'I', refusal: null },
          finish_reason: 'length',
          content_filter_results: {},
        },
      ],
      prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }],
      usage: { prompt_tokens: 8, completion_tokens: 1, total_tokens: 9 },
    }),
    'accepted',
    null,
  ),
  answer(
    'a model that thinks first',
    400,
    ofModel(
      'Could not finish the message because max_tokens or model output limit was reached. Please try again with ' +
        'higher max_tokens.',
    ),
    'completed',
    'invalid_request_error',
    { source: 'https://github.com/openai/openai-python/issues/2886' },
  ),
  rejected,
  answer('rejected, by name', 401, front('Unauthorized', WRONG_KEY), 'rejected', 'Unauthorized', {
    cause: 'endpoint',
    source: 'https://github.com/vercel/chatbot/issues/588',
  }),
  answer(
    'restricted',
    403,
    front('403', 'Access denied due to Virtual Network/Firewall rules.'),
    'restricted',
    '403',
    { cause: 'address', source: 'https://github.com/Azure-Samples/azure-sql-db-chatbot/issues/3' },
  ),
  answer(
    'a network of its own',
    403,
    front(
      '403',
      'A Virtual Network is configured for this resource. Please use the correct endpoint for making requests. Check ' +
        'https://aka.ms/cogsvc-vnet for more details.',
    ),
    'restricted',
    '403',
    { cause: 'address', source: 'https://github.com/continuedev/continue/issues/12547' },
  ),
  answer(
    'no public access',
    403,
    front('AccessDenied', 'Public access is disabled. Please configure private endpoint.'),
    'restricted',
    'AccessDenied',
    { cause: 'address' },
  ),
  answer(
    'no keys at all',
    403,
    front('AuthenticationTypeDisabled', 'Key based authentication is disabled for this resource.'),
    'restricted',
    'AuthenticationTypeDisabled',
    { source: 'https://github.com/microsoft/sample-app-aoai-chatGPT/issues/1000' },
  ),
  noSuchModel,
  answer('wrong path', 404, front('404', 'Resource not found'), 'unrecognised-answer', '404'),
  answer(
    'throttled',
    429,
    front(
      '429',
      'Requests to the ChatCompletions_Create Operation under Azure OpenAI API have exceeded token rate limit of ' +
        'your current OpenAI S0 pricing tier. Please retry after 6 seconds.',
    ),
    'throttled',
    '429',
    { headers: { 'retry-after': '1' }, source: 'https://github.com/alex-wolf-ps/dbchatprov2/issues/2' },
  ),
  answer(
    'throttled, by name',
    429,
    front(
      'RateLimitReached',
      'Your requests to {model} in Sweden Central have exceeded the token rate limit for your current OpenAI S0 ' +
        'pricing tier.',
    ),
    'throttled',
    'RateLimitReached',
  ),
  answer(
    'server-error',
    500,
    JSON.stringify({
      error: {
        message: 'The server had an error while processing your request. Sorry about that!',
        type: 'server_error',
        param: null,
        code: null,
      },
    }),
    'vendor-error',
    'server_error',
  ),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
  answer(
    'an API gateway of the customer',
    401,
    JSON.stringify({
      statusCode: 401,
      message:
        'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.',
    }),
    'unrecognised-answer',
    null,
    { source: 'Azure API Management' },
  ),
  answer(
    'the 401 of LiteLLM',
    401,
    JSON.stringify({
      error: {
        message: 'Authentication Error, Invalid proxy server token passed.',
        type: 'token_not_found_in_db',
        param: 'key',
        code: '401',
      },
    }),
    'unrecognised-answer',
    '401',
    { source: 'https://github.com/OpenHands/OpenHands/issues/17390' },
  ),
  answer('a firewall', 403, '<html>Access denied</html>', 'unrecognised-answer', null, {
    source: 'a firewall before the vendor',
  }),
  answer('empty success', 200, '', 'unrecognised-answer', null),
  badRequest("Unsupported parameter: 'max_tokens' is not supported with this model."),
];
