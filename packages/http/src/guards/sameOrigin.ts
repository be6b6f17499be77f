const SAFE: ReadonlyArray<string> = ['GET', 'HEAD', 'OPTIONS'];

const hasBearer = (headers: Headers): boolean => /^bearer +\S/i.test(headers.get('authorization') ?? '');

/**
 * Whether a request that changes something comes from a page of this very origin, or from a program. A browser's word
 * on that (`Sec-Fetch-Site`) comes first, since a proxy in between leaves it as it is; then `Origin`. What says neither
 * is a program's where it has a bearer token: that alone proves nothing, since a gateway in front may make one of a
 * browser's cookie.
 *
 * Hono's own `csrf` looks at form bodies alone, and takes a request whose `Origin` fits though the browser says that
 * another site sent it.
 */
export const isOfThisSite = (request: Request, origin: string | undefined): boolean => {
  const { method, headers, url } = request;
  if (SAFE.includes(method)) return true;
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const from = headers.get('origin');
  return from === null ? hasBearer(headers) : from === (origin ?? new URL(url).origin);
};
