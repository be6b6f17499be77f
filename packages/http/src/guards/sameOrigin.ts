const SAFE: ReadonlyArray<string> = ['GET', 'HEAD', 'OPTIONS'];

/** No page can make a browser send one to another site: that takes a preflight, which nobody answers here. */
const hasBearer = (headers: Headers): boolean => /^bearer +\S/i.test(headers.get('authorization') ?? '');

/**
 * Whether a request that changes something comes from a page of this very origin. A browser's word on that
 * (`Sec-Fetch-Site`) comes first, since a proxy in between leaves it as it is; then `Origin`. Callers with a bearer
 * token are no browsers that are led astray.
 *
 * Hono's own `csrf` looks at form bodies alone, and takes a request whose `Origin` fits though the browser says that
 * another site sent it.
 */
export const isOfThisSite = (request: Request, origin: string | undefined): boolean => {
  if (SAFE.includes(request.method) || hasBearer(request.headers)) return true;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  return request.headers.get('origin') === (origin ?? new URL(request.url).origin);
};
