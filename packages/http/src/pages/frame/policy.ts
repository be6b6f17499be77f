import type { MiddlewareHandler } from 'hono';

/** Hosts that may show the screens in a frame, such as `https://app.example`; a `*` stands for names before a host. */
const HOST = /^https?:\/\/(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?$/;

/** @throws TypeError for what is no host */
export const checkFrameAncestors = (hosts: ReadonlyArray<string>): void => {
  if (hosts.every((host) => HOST.test(host))) return;
  throw new TypeError('`frameAncestors` takes origins such as https://app.example.');
};

/** Names the style and the script of one page: what somebody else slipped in does not run. */
export const NONCE_HEADER = 'x-keyturn-nonce';

/**
 * The policy of a page. It is put in the place of the stricter one of all other answers, so this has to be used before
 * what sets that.
 */
export const pagePolicy =
  (frameAncestors: ReadonlyArray<string>): MiddlewareHandler =>
  async (context, next) => {
    await next();
    const { headers } = context.res;
    const nonce = headers.get(NONCE_HEADER);
    if (nonce === null) return;
    headers.delete(NONCE_HEADER);
    const ancestors = frameAncestors.length === 0 ? "'none'" : frameAncestors.join(' ');
    headers.set(
      'Content-Security-Policy',
      [
        "default-src 'none'",
        `style-src 'nonce-${nonce}'`,
        `script-src 'nonce-${nonce}'`,
        "connect-src 'self'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        `frame-ancestors ${ancestors}`,
      ].join('; '),
    );
    if (frameAncestors.length > 0) headers.delete('X-Frame-Options');
  };
