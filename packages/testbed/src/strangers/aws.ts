import { page, stranger, type StrangersAnswer } from './strangersAnswer';

const apiGateway = stranger(
  'AWS API Gateway',
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html',
);
const balancer = stranger(
  'AWS load balancer',
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html',
);
const cloudFront = stranger(
  'CloudFront',
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/troubleshooting-response-errors.html',
);
const waf = stranger(
  'AWS WAF',
  'https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html',
);
const s3 = stranger('S3', 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html');
const lambda = stranger('Lambda', 'https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html');

const ofBalancer = (status: number, words: string): StrangersAnswer =>
  balancer.html(
    `${status}`,
    status,
    `<html>\r\n<head><title>${status} ${words}</title></head>\r\n<body>\r\n<center><h1>${status} ` +
      `${words}</h1></center>\r\n</body>\r\n</html>\r\n`,
    { server: 'awselb/2.0' },
  );

const s3Error = (code: string, message: string): string =>
  `<?xml version="1.0" ` +
  `encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>1</RequestId></Error>`;

/** The front doors of Amazon. */
export const AWS: ReadonlyArray<StrangersAnswer> = [
  apiGateway.json('forbidden', 403, { message: 'Forbidden' }, { 'x-amzn-errortype': 'ForbiddenException' }),
  apiGateway.json(
    'unauthorised',
    401,
    { message: 'Unauthorized' },
    { 'x-amzn-errortype': 'UnauthorizedException' },
  ),
  apiGateway.json(
    'no such method',
    403,
    { message: 'Missing Authentication Token' },
    { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
  ),
  apiGateway.json(
    'an explicit deny',
    403,
    { Message: 'User: anonymous is not authorized to perform: execute-api:Invoke with an explicit deny' },
    { 'x-amzn-errortype': 'AccessDeniedException' },
  ),
  apiGateway.json('a signature that is none', 403, {
    message: 'Credential should be scoped to a valid region.',
  }),
  apiGateway.json(
    'throttled',
    429,
    { message: 'Too Many Requests' },
    { 'x-amzn-errortype': 'TooManyRequestsException' },
  ),
  apiGateway.json(
    'a plan that is used up',
    429,
    { message: 'Limit Exceeded' },
    { 'x-amzn-errortype': 'LimitExceededException' },
  ),
  apiGateway.json('too long', 413, { message: 'Request Too Long' }),
  apiGateway.json('not found', 404, { message: 'Not Found' }),
  apiGateway.json(
    'an authoriser that failed',
    500,
    { message: null },
    { 'x-amzn-errortype': 'AuthorizerConfigurationException' },
  ),
  apiGateway.json('an integration that failed', 502, { message: 'Internal server error' }),
  apiGateway.json('a slow integration', 504, { message: 'Endpoint request timed out' }),
  ofBalancer(400, 'Bad Request'),
  ofBalancer(401, 'Authorization Required'),
  ofBalancer(403, 'Forbidden'),
  ofBalancer(502, 'Bad Gateway'),
  ofBalancer(503, 'Service Temporarily Unavailable'),
  ofBalancer(504, 'Gateway Time-out'),
  cloudFront.html(
    'blocked',
    403,
    page('403 ERROR', '<h2>The request could not be satisfied.</h2>', 'Request blocked.'),
  ),
  cloudFront.html(
    'a country',
    403,
    page('403 ERROR', 'The Amazon CloudFront distribution is configured to block access from your country.'),
  ),
  cloudFront.html(
    'a bad request',
    400,
    page('400 ERROR', '<h2>The request could not be satisfied.</h2>', 'Bad request.'),
  ),
  cloudFront.html(
    'no origin',
    502,
    page('502 ERROR', 'CloudFront wasn&#39;t able to connect to the origin.'),
  ),
  waf.text('blocked', 403, ''),
  waf.html('challenge', 202, '<!DOCTYPE html><html><script src="challenge.js"></script></html>', {
    'x-amzn-waf-action': 'challenge',
  }),
  waf.html('puzzle', 405, '<!DOCTYPE html><html><title>Human Verification</title></html>', {
    'x-amzn-waf-action': 'captcha',
  }),
  s3.xml('denied', 403, s3Error('AccessDenied', 'Access Denied')),
  s3.xml(
    'no key of that name',
    403,
    s3Error('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'),
  ),
  s3.xml('no bucket', 404, s3Error('NoSuchBucket', 'The specified bucket does not exist')),
  s3.xml('slow down', 503, s3Error('SlowDown', 'Please reduce your request rate.')),
  lambda.json('forbidden', 403, { Message: 'Forbidden' }, { 'x-amzn-errortype': 'AccessDeniedException' }),
  lambda.json('too many at once', 429, {
    Reason: 'ConcurrentInvocationLimitExceeded',
    Type: 'User',
    message: 'Rate Exceeded.',
  }),
  lambda.json('failed', 200, { errorMessage: 'Unauthorized', errorType: 'Error', trace: [] }),
];
