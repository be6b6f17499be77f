import { stranger, type StrangersAnswer } from './strangersAnswer';

const kong = stranger('Kong', 'https://developer.konghq.com/plugins/key-auth/');
const tyk = stranger('Tyk', 'https://tyk.io/docs/api-management/troubleshooting-debugging/');
const wso2 = stranger('WSO2', 'https://apim.docs.wso2.com/en/latest/troubleshooting/error-handling/');
const apisix = stranger('APISIX', 'https://apisix.apache.org/docs/apisix/plugins/key-auth/');
const gravitee = stranger(
  'Gravitee',
  'https://documentation.gravitee.io/apim/create-and-configure-apis/apply-policies',
);
const threescale = stranger(
  '3scale',
  'https://docs.redhat.com/en/documentation/red_hat_3scale_api_management/',
);
const mulesoft = stranger(
  'MuleSoft',
  'https://docs.mulesoft.com/mule-gateway/policies-included-client-id-enforcement',
);
const oathkeeper = stranger('Oathkeeper', 'https://www.ory.sh/docs/oathkeeper/pipeline/error');
const kubernetes = stranger(
  'Kubernetes',
  'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/',
);
const spring = stranger(
  'Spring',
  'https://docs.spring.io/spring-boot/reference/web/servlet.html#web.servlet.spring-mvc.error-handling',
);
const problem = stranger('a problem of RFC 9457', 'https://www.rfc-editor.org/rfc/rfc9457');
const oauth = stranger('OAuth', 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1');
const frameworks = stranger('a framework', 'its own text');
const rpc = stranger('a remote call', 'https://www.jsonrpc.org/specification#error_object');
const identity = stranger('an identity provider', 'https://developer.okta.com/docs/reference/error-codes/');

const status = (code: number, reason: string, message: string) => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message,
  reason,
  code,
});

const ofSpring = (code: number, error: string): StrangersAnswer =>
  spring.json(`${code}`, code, {
    timestamp: '2026-11-28T12:00:00.000+00:00',
    status: code,
    error,
    path: '/v1/chat/completions',
  });

const ofProblem = (code: number, title: string): StrangersAnswer =>
  problem.json(
    `${code}`,
    code,
    {
      type: `https://tools.ietf.org/html/rfc9110#section-15.5.${code - 399}`,
      title,
      status: code,
      traceId: '00-1-2-00',
    },
    { 'content-type': 'application/problem+json' },
  );

/** Gateways before interfaces, and what frameworks answer where nobody wrote an answer. */
export const API_GATEWAYS: ReadonlyArray<StrangersAnswer> = [
  kong.json('no key', 401, { message: 'No API key found in request' }, { 'www-authenticate': 'Key' }),
  kong.json('a wrong key', 401, { message: 'Invalid authentication credentials' }),
  kong.json('a wrong key, newer', 401, {
    message: 'Unauthorized',
    request_id: 'c61f2f15feca71626a990e3740f99245',
  }),
  kong.json('a group', 403, { message: 'You cannot consume this service' }),
  kong.json('an address', 403, { message: 'IP address not allowed: 203.0.113.7' }),
  kong.json(
    'a limit',
    429,
    { message: 'API rate limit exceeded' },
    { 'ratelimit-reset': '7', 'retry-after': '7' },
  ),
  kong.json('no route', 404, { message: 'no Route matched with those values' }),
  kong.json('no upstream', 503, { message: 'failure to get a peer from the ring-balancer' }),
  kong.json('a broken upstream', 502, {
    message: 'An invalid response was received from the upstream server',
  }),
  tyk.json('no key', 401, { error: 'Authorization field missing' }),
  tyk.json('a wrong key', 403, { error: 'Access to this API has been disallowed' }),
  tyk.json('a key that ended', 401, { error: 'Key has expired, please renew' }),
  tyk.json('a quota', 403, { error: 'Quota exceeded' }),
  tyk.json('a limit', 429, { error: 'Rate limit exceeded' }),
  wso2.json('no credentials', 401, {
    fault: {
      code: 900902,
      message: 'Missing Credentials',
      description: 'Make sure your API invocation call has a header',
    },
  }),
  wso2.json('wrong credentials', 401, {
    fault: { code: 900901, message: 'Invalid Credentials', description: 'Access failure for API' },
  }),
  wso2.json('a subscription', 403, {
    fault: {
      code: 900908,
      message: 'Resource forbidden',
      description: 'User is NOT authorized to access the Resource',
    },
  }),
  wso2.json('throttled out', 429, {
    fault: { code: 900800, message: 'Message throttled out', description: 'You have exceeded your quota' },
  }),
  apisix.json('no key', 401, { message: 'Missing API key in request' }),
  apisix.json('a wrong key', 401, { message: 'Invalid API key in request' }),
  apisix.json('no route', 404, { error_msg: '404 Route Not Found' }),
  apisix.json('an address', 403, { message: 'Your IP address is not allowed' }),
  gravitee.json('unauthorised', 401, { message: 'Unauthorized', http_status_code: 401 }),
  gravitee.json('a quota', 429, {
    message: 'Quota exceeded ! You reach the limit of 10 requests per 1 seconds',
    http_status_code: 429,
  }),
  threescale.text('no parameters', 403, 'Authentication parameters missing'),
  threescale.text('a wrong key', 403, 'Authentication failed'),
  threescale.text('a limit', 429, 'Usage limit exceeded'),
  mulesoft.json('a wrong client', 401, { error: 'Invalid client id or secret' }),
  mulesoft.json('a quota', 429, { error: 'Quota has been exceeded' }),
  oathkeeper.json('unauthorised', 401, {
    error: { code: 401, status: 'Unauthorized', message: 'The request could not be authorized' },
  }),
  oathkeeper.json('forbidden', 403, {
    error: {
      code: 403,
      status: 'Forbidden',
      message: 'Access credentials are not sufficient to access this resource',
    },
  }),
  kubernetes.json('unauthorised', 401, status(401, 'Unauthorized', 'Unauthorized')),
  kubernetes.json(
    'forbidden',
    403,
    status(403, 'Forbidden', 'forbidden: User "system:anonymous" cannot post path "/v1/messages"'),
  ),
  kubernetes.json(
    'too many',
    429,
    status(429, 'TooManyRequests', 'Too many requests, please try again later.'),
  ),
  kubernetes.text('no backend', 404, 'default backend - 404'),
  ofSpring(401, 'Unauthorized'),
  ofSpring(403, 'Forbidden'),
  ofSpring(404, 'Not Found'),
  ofSpring(429, 'Too Many Requests'),
  ofProblem(401, 'Unauthorized'),
  ofProblem(403, 'Forbidden'),
  ofProblem(404, 'Not Found'),
  ofProblem(400, 'One or more validation errors occurred.'),
  oauth.json(
    'a token',
    401,
    { error: 'invalid_token', error_description: 'The access token expired' },
    { 'www-authenticate': 'Bearer error="invalid_token"' },
  ),
  oauth.json('a scope', 403, { error: 'insufficient_scope', scope: 'write' }),
  oauth.json('a client', 401, { error: 'invalid_client' }),
  frameworks.json('Django', 401, { detail: 'Authentication credentials were not provided.' }),
  frameworks.json('Django, forbidden', 403, { detail: 'You do not have permission to perform this action.' }),
  frameworks.json('Django, throttled', 429, {
    detail: 'Request was throttled. Expected available in 7 seconds.',
  }),
  frameworks.json('Starlette', 401, { detail: 'Unauthorized' }),
  frameworks.json('FastAPI', 401, { detail: 'Not authenticated' }),
  frameworks.json('FastAPI, forbidden', 403, { detail: 'Not authenticated' }),
  frameworks.json('FastAPI, not found', 404, { detail: 'Not Found' }),
  frameworks.json('FastAPI, a field', 422, {
    detail: [{ type: 'missing', loc: ['body', 'messages'], msg: 'Field required', input: {} }],
  }),
  frameworks.json('Rails', 404, { status: 404, error: 'Not Found' }),
  frameworks.json('Laravel', 401, { message: 'Unauthenticated.' }),
  frameworks.json('Laravel, too many', 429, { message: 'Too Many Attempts.' }),
  frameworks.json('Nest', 401, { statusCode: 401, message: 'Unauthorized' }),
  frameworks.json('Nest, forbidden', 403, {
    statusCode: 403,
    message: 'Forbidden resource',
    error: 'Forbidden',
  }),
  frameworks.json('Fastify', 404, {
    message: 'Route POST:/v1/messages not found',
    error: 'Not Found',
    statusCode: 404,
  }),
  frameworks.json('Supabase', 401, {
    message: 'No API key found in request',
    hint: 'No `apikey` request header or url param was found.',
  }),
  frameworks.json('Phoenix', 404, { errors: { detail: 'Not Found' } }),
  rpc.json('JSON-RPC', 401, { jsonrpc: '2.0', error: { code: -32001, message: 'Unauthorized' }, id: null }),
  rpc.json('gRPC', 401, { code: 16, message: 'unauthenticated', details: [] }),
  rpc.json('GraphQL', 200, {
    errors: [{ message: 'Not Authorised!', extensions: { code: 'UNAUTHENTICATED' } }],
    data: null,
  }),
  rpc.json('Connect', 401, { code: 'unauthenticated', message: 'no token' }),
  identity.json('Okta', 401, {
    errorCode: 'E0000011',
    errorSummary: 'Invalid token provided',
    errorLink: 'E0000011',
    errorId: '1',
    errorCauses: [],
  }),
  identity.json('Auth0', 401, {
    statusCode: 401,
    error: 'Unauthorized',
    message: 'Invalid token',
    errorCode: 'invalid_token',
  }),
  identity.json('Keycloak', 401, { error: 'HTTP 401 Unauthorized' }),
];
