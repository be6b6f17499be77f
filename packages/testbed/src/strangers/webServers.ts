import { page, stranger, type StrangersAnswer } from './strangersAnswer';

const nginx = stranger(
  'nginx',
  'https://github.com/nginx/nginx/blob/master/src/http/ngx_http_special_response.c',
);
const apache = stranger('Apache', 'https://httpd.apache.org/docs/2.4/custom-error.html');
const envoy = stranger(
  'Envoy',
  'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/response_code_details',
);
const haproxy = stranger('HAProxy', 'https://docs.haproxy.org/3.0/configuration.html#8.4');
const traefik = stranger('Traefik', 'https://doc.traefik.io/traefik/middlewares/overview/');
const varnish = stranger('Varnish', 'https://varnish-cache.org/docs/trunk/users-guide/troubleshooting.html');
const iis = stranger(
  'IIS',
  'https://learn.microsoft.com/en-us/troubleshoot/developer/webapps/iis/http-status-code',
);
const others = stranger('a web server', 'its own text');

const ofNginx = (status: number, words: string, server = 'nginx/1.27.4'): StrangersAnswer =>
  nginx.html(
    `${status} of ${server}`,
    status,
    `<html>\r\n<head><title>${status} ${words}</title></head>\r\n<body>\r\n<center><h1>${status} ` +
      `${words}</h1></center>\r\n` +
      `<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n`,
    { server },
  );

const ofHaproxy = (status: number, words: string, more: string): StrangersAnswer =>
  haproxy.html(`${status}`, status, `<html><body><h1>${status} ${words}</h1>\n${more}\n</body></html>\n`);

/** Web servers and proxies, with the answers that they have of themselves. */
export const WEB_SERVERS: ReadonlyArray<StrangersAnswer> = [
  ofNginx(302, 'Found'),
  ofNginx(307, 'Temporary Redirect'),
  ofNginx(400, 'Bad Request'),
  ofNginx(401, 'Authorization Required'),
  ofNginx(401, 'Authorization Required', 'openresty/1.27.4'),
  ofNginx(402, 'Payment Required'),
  ofNginx(403, 'Forbidden'),
  ofNginx(403, 'Forbidden', 'openresty/1.27.4'),
  ofNginx(403, 'Forbidden', 'cloudflare'),
  ofNginx(404, 'Not Found'),
  ofNginx(405, 'Not Allowed'),
  ofNginx(408, 'Request Time-out'),
  ofNginx(413, 'Request Entity Too Large'),
  ofNginx(429, 'Too Many Requests'),
  ofNginx(500, 'Internal Server Error'),
  ofNginx(502, 'Bad Gateway'),
  ofNginx(503, 'Service Temporarily Unavailable'),
  ofNginx(504, 'Gateway Time-out'),
  nginx.html(
    'plain HTTP on a port for TLS',
    400,
    page('400 The plain HTTP request was sent to HTTPS port', '<hr><center>nginx</center>'),
  ),
  nginx.html('no client certificate', 400, page('400 No required SSL certificate was sent')),
  nginx.text('444, as it closes', 200, ''),
  apache.html(
    'unauthorised',
    401,
    page(
      'Unauthorized',
      '<p>This server could not verify that you are authorized to access the document.</p>',
    ),
    { 'www-authenticate': 'Basic realm="Proxy"' },
  ),
  apache.html(
    'forbidden',
    403,
    page('Forbidden', "<p>You don't have permission to access this resource.</p>"),
  ),
  apache.html('not found', 404, page('Not Found', '<p>The requested URL was not found on this server.</p>')),
  apache.html('proxy error', 502, page('Proxy Error', '<p>Error reading from remote server</p>')),
  apache.html('unavailable', 503, page('Service Unavailable')),
  envoy.text('no route', 404, ''),
  envoy.text('access by roles', 403, 'RBAC: access denied'),
  envoy.text('an authoriser that denied', 403, ''),
  envoy.text('no token', 401, 'Jwt is missing', { 'www-authenticate': 'Bearer realm="http://api/"' }),
  envoy.text('a token that it does not verify', 401, 'Jwt verification fails'),
  envoy.text('a token of nobody', 401, 'Jwt issuer is not configured'),
  envoy.text('a token that ended', 401, 'Jwt is expired'),
  envoy.text('a local limit', 429, 'local_rate_limited', { 'x-envoy-ratelimited': 'true' }),
  envoy.text('a limit', 429, '', { 'x-envoy-ratelimited': 'true' }),
  envoy.text('no upstream', 503, 'no healthy upstream'),
  envoy.text(
    'a broken upstream',
    503,
    'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
  ),
  envoy.text(
    'too many',
    503,
    'upstream connect error or disconnect/reset before headers. reset reason: overflow',
    {
      'x-envoy-overloaded': 'true',
    },
  ),
  envoy.text('a slow upstream', 504, 'upstream request timeout'),
  envoy.text('too large', 413, 'Payload Too Large'),
  ofHaproxy(400, 'Bad request', 'Your browser sent an invalid request.'),
  ofHaproxy(401, 'Unauthorized', 'You need a valid user and password to access this content.'),
  ofHaproxy(403, 'Forbidden', 'Request forbidden by administrative rules.'),
  ofHaproxy(407, 'Unauthorized', 'You need a valid user and password to access this content.'),
  ofHaproxy(408, 'Request Time-out', "Your browser didn't send a complete request in time."),
  ofHaproxy(429, 'Too Many Requests', 'You have sent too many requests in a given amount of time.'),
  ofHaproxy(502, 'Bad Gateway', 'The server returned an invalid or incomplete response.'),
  ofHaproxy(503, 'Service Unavailable', 'No server is available to handle this request.'),
  traefik.text('no router', 404, '404 page not found\n'),
  traefik.text('basic authentication', 401, '401 Unauthorized\n', {
    'www-authenticate': 'Basic realm="traefik"',
  }),
  traefik.text('an address that may not', 403, 'Forbidden'),
  traefik.text('a limit', 429, 'Too Many Requests'),
  traefik.text('no server', 502, 'Bad Gateway'),
  varnish.html(
    'guru meditation',
    503,
    page('Error 503 Backend fetch failed', '<p>Guru Meditation:</p><p>XID: 2</p>'),
  ),
  varnish.html('denied', 403, page('Error 403 Forbidden', '<p>Guru Meditation:</p><p>XID: 3</p>')),
  iis.html('401.2', 401, page('401 - Unauthorized: Access is denied due to invalid credentials.')),
  iis.html('403.14', 403, page('403 - Forbidden: Access is denied.')),
  iis.html('404', 404, page('404 - File or directory not found.')),
  iis.html(
    'a stopped pool',
    503,
    page('Service Unavailable', '<hr><p>HTTP Error 503. The service is unavailable.</p>'),
  ),
  others.text('Go', 404, '404 page not found\n'),
  others.html('Express', 404, page('Error', '<pre>Cannot POST /v1/messages</pre>')),
  others.text('Caddy', 403, ''),
  others.text('gunicorn', 500, 'Internal Server Error'),
  others.html(
    'Tomcat',
    401,
    '<!doctype html><title>HTTP Status 401 – Unauthorized</title><h1>HTTP Status 401</h1>',
  ),
  others.text('Puma', 400, 'Puma caught this error'),
];
