import { recordedFrom, type RecordedAnswer } from '../../sandbox/recordedAnswer';

const answer = recordedFrom(
  'https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html',
);

/** The code is in a header, with the place of its definition behind it. */
const code = (name: string, service = 'bedrock') => ({
  'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/com.amazon.${service}/`,
});

/** What the model's side says. */
const ofModel = (
  name: string,
  status: number,
  errorType: string,
  message: string,
  means: RecordedAnswer['means'],
  more: Pick<Partial<RecordedAnswer>, 'cause' | 'source'> = {},
): RecordedAnswer =>
  answer(name, status, JSON.stringify({ message }), means, errorType, { headers: code(errorType), ...more });

/** What the check of the key says: with a capital letter. */
const ofKey = (
  name: string,
  message: string,
  means: RecordedAnswer['means'],
  more: Pick<Partial<RecordedAnswer>, 'cause' | 'source'>,
): RecordedAnswer =>
  answer(name, 403, JSON.stringify({ Message: message }), means, 'AccessDeniedException', {
    headers: code('AccessDeniedException', 'coral.service'),
    ...more,
  });

export const rejected = ofKey(
  'rejected',
  'Authentication failed: Please make sure your API Key is valid.',
  'rejected',
  { cause: 'region', source: 'https://github.com/ai4s-research/open-science/issues/53' },
);

export const badRequest = (message: string) =>
  ofModel('bad request', 400, 'ValidationException', message, 'unrecognised-answer');

export const noSuchModel = ofModel(
  'no such model',
  400,
  'ValidationException',
  'The provided model identifier is invalid.',
  'model-unavailable',
  { source: 'https://github.com/gethouston/houston/pull/1471' },
);

export const answers: ReadonlyArray<RecordedAnswer> = [
  answer(
    'valid',
    200,
    JSON.stringify({
      metrics: { latencyMs: 183 },
      output: { message: { content: [{ text: 'I' }], role: 'assistant' } },
      stopReason: 'max_tokens',
      usage: { inputTokens: 5, outputTokens: 1, totalTokens: 6 },
    }),
    'accepted',
    null,
    { source: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html' },
  ),
  rejected,
  ofKey('no key of Bedrock', 'Invalid API Key format: Must start with pre-defined prefix', 'rejected', {
    source: 'https://github.com/BerriAI/litellm/pull/37905',
  }),
  ofKey('expired', 'Bearer Token has expired', 'rejected', {
    source: 'https://github.com/BerriAI/litellm (tests of its error mapping)',
  }),
  ofKey('no key arrived', 'Authorization header is missing', 'our-request', {
    source: 'https://github.com/karthink/gptel/issues/1397',
  }),
  ofKey(
    'restricted',
    'User: arn:aws:iam::111122223333:user/BedrockAPIKey-ab12 is not authorized to perform: bedrock:InvokeModel on ' +
      'resource: arn:aws:bedrock:us-east-1::foundation-model/{model} because no identity-based policy allows the ' +
      'bedrock:InvokeModel action',
    'restricted',
    { cause: 'scope', source: 'https://github.com/BerriAI/litellm/pull/39166' },
  ),
  ofModel(
    'no access to the model',
    403,
    'AccessDeniedException',
    "You don't have access to the model with the specified model ID.",
    'restricted',
    { cause: 'model', source: 'https://github.com/langgenius/dify/issues/2829' },
  ),
  ofModel(
    'an account that may not call',
    403,
    'AccessDeniedException',
    'Your account is not authorized to invoke this API operation.',
    'restricted',
    { cause: 'account', source: 'https://github.com/aws-samples/amazon-bedrock-client-for-mac/issues/1' },
  ),
  ofModel(
    'unfunded',
    403,
    'AccessDeniedException',
    'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided.. Your AWS ' +
      'Marketplace subscription for this model cannot be completed at this time. If you recently fixed this issue, ' +
      'try again after 10 minutes.',
    'unfunded',
    { source: 'error bodies that users posted' },
  ),
  ofModel(
    'a 403 of a kind not yet known',
    403,
    'AccessDeniedException',
    'Something new.',
    'unrecognised-answer',
    {
      source: 'not on record from this vendor',
    },
  ),
  ofModel(
    'a signature, which no test call has',
    403,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    'unrecognised-answer',
    { source: 'https://github.com/anthropics/claude-code/issues/2260' },
  ),
  noSuchModel,
  ofModel(
    'a model that is served by a profile alone',
    400,
    'ValidationException',
    'Invocation of model ID {model} with on-demand throughput isn’t supported. Retry your request with the ID or ARN ' +
      'of an inference profile that contains this model.',
    'model-unavailable',
    { source: 'https://github.com/earendil-works/pi/issues/7311' },
  ),
  ofModel(
    'a model at the end of its life',
    404,
    'ResourceNotFoundException',
    'This model version has reached the end of its life. Please refer to the AWS documentation for more details.',
    'model-unavailable',
  ),
  ofModel('a wrong path', 404, 'UnknownOperationException', 'Unknown operation', 'unrecognised-answer'),
  ofModel(
    'throttled',
    429,
    'ThrottlingException',
    'Too many requests, please wait before trying again.',
    'throttled',
  ),
  ofModel(
    'overloaded',
    503,
    'ServiceUnavailableException',
    'Bedrock is unable to process your request.',
    'overloaded',
  ),
  ofModel(
    'a model that is not ready',
    429,
    'ModelNotReadyException',
    'Model is not ready for inference. Wait and try your request again.',
    'overloaded',
  ),
  ofModel(
    'server-error',
    500,
    'InternalServerException',
    'The system encountered an unexpected error during processing. Try your request again.',
    'vendor-error',
  ),
  answer('gateway', 502, '<html><h1>502 Bad Gateway</h1></html>', 'vendor-error', null),
  answer('another service of the vendor', 403, '{"message":"Forbidden"}', 'unrecognised-answer', null, {
    headers: { 'x-amzn-errortype': 'ForbiddenException' },
    source: 'an API gateway',
  }),
  answer(
    'the words of the vendor without its code',
    403,
    '{"Message":"Authentication failed: Please make sure your API Key is valid."}',
    'unrecognised-answer',
    null,
    { source: 'a gateway before the vendor' },
  ),
  answer('a firewall', 403, '<html>Access denied</html>', 'unrecognised-answer', null, {
    source: 'a firewall before the vendor',
  }),
  answer('empty success', 200, '', 'unrecognised-answer', null),
  badRequest('The maximum tokens you requested exceeds the model limit.'),
];
