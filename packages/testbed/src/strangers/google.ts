import { page, stranger, type StrangersAnswer } from './strangersAnswer';

const google = stranger(
  'a Google front end',
  'https://cloud.google.com/load-balancing/docs/https/troubleshooting-ext-https-lbs',
);
const endpoints = stranger(
  'Google Cloud Endpoints',
  'https://cloud.google.com/endpoints/docs/openapi/troubleshoot-response-errors',
);
const egress = stranger(
  'an egress proxy in Google’s form',
  'https://github.com/tashfeenahmed/freellmapi/issues/1298',
);
const run = stranger('Cloud Run', 'https://cloud.google.com/run/docs/troubleshooting');
const apigee = stranger(
  'Apigee',
  'https://cloud.google.com/apigee/docs/api-platform/fundamentals/fault-handling',
);

/** The front doors of Google, and what answers in its form. */
export const GOOGLE: ReadonlyArray<StrangersAnswer> = [
  google.html(
    'not found',
    404,
    '<!DOCTYPE html><title>Error 404 (Not Found)!!1</title><p><b>404.</b> <ins>That’s an error.</ins>',
  ),
  google.html('forbidden', 403, '<!doctype html><meta charset="utf-8"><title>403</title>403 Forbidden'),
  google.html(
    'too many',
    429,
    "<html><head><title>Sorry...</title></head><body>We're sorry... but your computer or network may be sending " +
      'automated queries.</body></html>',
  ),
  google.html(
    'no backend',
    502,
    '<title>502 Server Error</title><h1>Error: Server Error</h1><h2>The server encountered a temporary error.</h2>',
  ),
  google.text('a fault filter', 503, 'fault filter abort'),
  google.text('an identity that is missing', 401, 'Invalid IAP credentials: empty token', {
    'x-goog-iap-generated-response': 'true',
  }),
  google.text('an identity that may not', 403, 'Invalid IAP credentials: Unable to parse JWT', {
    'x-goog-iap-generated-response': 'true',
  }),
  egress.json('a host that is not allowed', 403, {
    error: { code: 403, message: 'Egress to this host is blocked by policy.', status: 'PERMISSION_DENIED' },
  }),
  endpoints.json('no credentials', 401, {
    code: 16,
    message: 'JWT validation failed: Missing or invalid credentials',
    details: [{ '@type': 'type.googleapis.com/google.rpc.DebugInfo', stackEntries: [], detail: 'auth' }],
  }),
  endpoints.json('an unregistered caller', 401, {
    code: 401,
    message:
      "UNAUTHENTICATED: Method doesn't allow unregistered callers (callers without established identity).",
  }),
  endpoints.json('a method of nobody', 404, { code: 5, message: 'Method does not exist.', details: [] }),
  endpoints.json('denied', 403, {
    message: 'PERMISSION_DENIED: API is not enabled for the project.',
    code: 403,
  }),
  run.html(
    'not for everybody',
    403,
    page(
      'Error: Forbidden',
      '<h2>Your client does not have permission to get URL <code>/</code> from this server.</h2>',
    ),
  ),
  run.text('too many', 429, 'Rate exceeded.'),
  run.html(
    'unavailable',
    503,
    page('Error: Server Error', '<h2>The service you requested is not available yet.</h2>'),
  ),
  apigee.json('a wrong key', 401, {
    fault: { faultstring: 'Invalid ApiKey', detail: { errorcode: 'oauth.v2.InvalidApiKey' } },
  }),
  apigee.json('no key', 401, {
    fault: {
      faultstring: 'Failed to resolve API Key variable request.header.apikey',
      detail: { errorcode: 'steps.oauth.v2.FailedToResolveAPIKey' },
    },
  }),
  apigee.json('a quota', 429, {
    fault: {
      faultstring: 'Rate limit quota violation. Quota limit exceeded. Identifier : _default',
      detail: { errorcode: 'policies.ratelimit.QuotaViolation' },
    },
  }),
  apigee.json('a burst', 429, {
    fault: {
      faultstring: 'Spike arrest violation. Allowed rate : 30pm',
      detail: { errorcode: 'policies.ratelimit.SpikeArrestViolation' },
    },
  }),
  apigee.json('no proxy', 404, {
    fault: {
      faultstring: 'Unable to identify proxy for host: default and url: /v1',
      detail: { errorcode: 'messaging.adaptors.http.flow.ApplicationNotFound' },
    },
  }),
];
