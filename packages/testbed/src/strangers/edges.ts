import { page, stranger, type StrangersAnswer } from './strangersAnswer';

const CLOUDFLARE_ERRORS =
  'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/';
const cloudflare = stranger('Cloudflare', CLOUDFLARE_ERRORS);
const cloudflare5xx = stranger(
  'Cloudflare',
  'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/',
);
const cloudflareApi = stranger(
  'Cloudflare’s API',
  'https://developers.cloudflare.com/fundamentals/api/troubleshooting/',
);
const akamai = stranger('Akamai', 'https://techdocs.akamai.com/property-mgr/docs/debug-errors');
const fastly = stranger(
  'Fastly',
  'https://www.fastly.com/documentation/guides/debugging/common-503-errors-on-fastly/',
);
const imperva = stranger(
  'Imperva',
  'https://docs.imperva.com/bundle/cloud-application-security/page/settings/error-codes.htm',
);
const bots = stranger('a guard against bots', 'https://docs.datadome.co/docs/api-response');
const hosts = stranger('a host of applications', 'https://devcenter.heroku.com/articles/error-codes');
const vercel = stranger('Vercel', 'https://vercel.com/docs/errors');

const blocked = (code: number, name: string, words: string, status: number): StrangersAnswer =>
  cloudflare.json(
    `${code} as a problem`,
    status,
    {
      type: `${CLOUDFLARE_ERRORS}error-${code}/`,
      title: `Error ${code}: ${words}`,
      status,
      detail: words,
      instance: '9ad01a727c6fa2f7',
      error_code: code,
      error_name: name,
      error_category: 'access_denied',
      ray_id: '9ad01a727c6fa2f7',
      retryable: false,
      cloudflare_error: true,
    },
    { 'content-type': 'application/problem+json', server: 'cloudflare' },
  );

const origin = (status: number, words: string): StrangersAnswer =>
  cloudflare5xx.html(
    `${status}`,
    status,
    `<!DOCTYPE html><html class="no-js"><head><title>api.example.com | ${status}: ${words}</title></head><body>` +
      `<span>Error code ${status}</span><span>Cloudflare Ray ID: 9ad01a727c6fa2f7</span></body></html>`,
    { server: 'cloudflare' },
  );

/** Networks that stand in front of servers, with their guards, and hosts of applications. */
export const EDGES: ReadonlyArray<StrangersAnswer> = [
  cloudflare.text('1006', 403, 'error code: 1006', { server: 'cloudflare' }),
  cloudflare.text('1009, a country', 403, 'error code: 1009', { server: 'cloudflare' }),
  cloudflare.text('1010, a browser', 403, 'error code: 1010', { server: 'cloudflare' }),
  cloudflare.text('1015, a limit', 429, 'error code: 1015', { server: 'cloudflare', 'retry-after': '10' }),
  cloudflare.text('1016, no origin', 530, 'error code: 1016', { server: 'cloudflare' }),
  cloudflare.text('1020, a rule', 403, 'error code: 1020', { server: 'cloudflare' }),
  cloudflare.text('1027, a daily limit', 429, 'error code: 1027', { server: 'cloudflare' }),
  cloudflare.html(
    '1020 as a page',
    403,
    page(
      'Access denied',
      '<h2>What happened?</h2><p>This website is using a security service to protect itself.</p>',
    ),
  ),
  cloudflare.html(
    'challenge',
    403,
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head></html>',
    { 'cf-mitigated': 'challenge' },
  ),
  cloudflare.html(
    'challenge of before',
    503,
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head></html>',
  ),
  blocked(1009, 'country_banned', 'Access denied by country', 403),
  blocked(1015, 'rate_limited', 'You are being rate limited', 429),
  blocked(1020, 'access_denied', 'Access denied', 403),
  origin(520, 'Web server is returning an unknown error'),
  origin(521, 'Web server is down'),
  origin(522, 'Connection timed out'),
  origin(523, 'Origin is unreachable'),
  origin(524, 'A timeout occurred'),
  origin(525, 'SSL handshake failed'),
  origin(526, 'Invalid SSL certificate'),
  cloudflareApi.json('a wrong token', 403, {
    success: false,
    errors: [{ code: 9109, message: 'Invalid access token' }],
    messages: [],
    result: null,
  }),
  cloudflareApi.json('no token', 400, {
    success: false,
    errors: [
      {
        code: 6003,
        message: 'Invalid request headers',
        error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }],
      },
    ],
    messages: [],
    result: null,
  }),
  cloudflareApi.json('authentication', 401, {
    success: false,
    errors: [{ code: 10000, message: 'Authentication error' }],
  }),
  cloudflareApi.json('a gateway for models', 401, {
    success: false,
    result: [],
    messages: [],
    error: [{ code: 2009, message: 'Unauthorized' }],
  }),
  cloudflareApi.json('a limit of a gateway for models', 429, {
    success: false,
    result: [],
    messages: [],
    error: [{ code: 2003, message: 'Rate limited' }],
  }),
  akamai.html(
    'denied',
    403,
    "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\nYou don't have " +
      'permission to access this server.<P>\nReference&#32;&#35;18&#46;1\n</BODY>\n</HTML>',
  ),
  akamai.html(
    'unavailable',
    503,
    '<HTML><HEAD><TITLE>Service Unavailable</TITLE></HEAD><BODY><H1>Service Unavailable - DNS ' +
      'failure</H1></BODY></HTML>',
  ),
  akamai.html(
    'a bad address',
    400,
    '<HTML><HEAD><TITLE>Invalid URL</TITLE></HEAD><BODY><H1>Invalid URL</H1></BODY></HTML>',
  ),
  fastly.text(
    'an unknown domain',
    500,
    'Fastly error: unknown domain: api.example.com. Please check that this domain has been added to a service.',
  ),
  fastly.html(
    'no backend',
    503,
    page('503 first byte timeout', '<p>Details: cache-fra-1</p><hr><p>Varnish cache server</p>'),
  ),
  fastly.text('a guard', 406, 'Not Acceptable'),
  imperva.html(
    'an incident',
    403,
    '<html><body>Request unsuccessful. Incapsula incident ID: 1-2</body></html>',
  ),
  imperva.html(
    'an incident with 200',
    200,
    '<html style="height:100%"><head><META NAME="ROBOTS"></head><iframe src="/_Incapsula_Resource?"></iframe></html>',
  ),
  bots.json(
    'puzzle',
    403,
    { url: 'https://geo.captcha-delivery.com/captcha/?initialCid=1' },
    { 'x-datadome': 'protected' },
  ),
  bots.json('a human check', 403, {
    appId: 'PX1',
    jsClientSrc: '/1/init.js',
    vid: '',
    uuid: '1',
    hostUrl: '/1/xhr',
    blockScript: '/1/captcha.js',
  }),
  bots.text('too many', 429, ''),
  hosts.html('Heroku, no such application', 404, page('Heroku | No such app', "There's nothing here, yet.")),
  hosts.html(
    'Heroku, an application that failed',
    503,
    page('Application error', 'An error occurred in the application.'),
  ),
  hosts.json('Railway', 404, {
    status: 'error',
    code: 404,
    message: 'Application not found',
    request_id: '1',
  }),
  hosts.text('Netlify', 404, 'Not Found - Request ID: 01J'),
  hosts.html('ngrok', 404, page('Tunnel not found', 'ERR_NGROK_3200'), {
    'ngrok-error-code': 'ERR_NGROK_3200',
  }),
  hosts.text('Render', 503, 'Service Suspended'),
  hosts.text('Fly', 502, ''),
  vercel.text(
    'no deployment',
    404,
    'The deployment could not be found on Vercel.\n\nDEPLOYMENT_NOT_FOUND\n\nfra1::1',
    { 'x-vercel-error': 'DEPLOYMENT_NOT_FOUND' },
  ),
  vercel.text('payment', 402, 'Payment required\n\nDEPLOYMENT_DISABLED\n\nfra1::1', {
    'x-vercel-error': 'DEPLOYMENT_DISABLED',
  }),
  vercel.json('not found', 404, { error: { code: '404', message: 'The page could not be found' } }),
  vercel.json('payment, as JSON', 402, { error: { code: '402', message: 'DEPLOYMENT_DISABLED' } }),
  vercel.json('forbidden', 403, {
    error: { code: 'forbidden', message: 'Not authorized', invalidToken: true },
  }),
  vercel.html(
    'a checkpoint',
    429,
    '<!DOCTYPE html><html><head><title>Vercel Security Checkpoint</title></head></html>',
    { 'x-vercel-mitigated': 'challenge' },
  ),
  vercel.html(
    'a protected deployment',
    401,
    '<!doctype html><html><title>Authentication Required</title></html>',
  ),
];
