import type { Codec } from '../codecs/codec';

/** A JSON answer: what its codec does not name is left out. */
export const jsonAnswer = <A>(
  status: number,
  codec: Codec<A>,
  value: A,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(JSON.stringify(codec.encode(value)), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });

/**
 * Where the next page is, as an address relative to that of this one: whatever prefix a proxy took off, it leads there.
 */
export const nextPage = (request: Request, page: unknown): Readonly<Record<string, string>> => {
  if (typeof page !== 'object' || page === null) return {};
  const { more, next } = { more: false, next: null, ...page };
  if (!more || typeof next !== 'string') return {};
  const parameters = new URL(request.url).searchParams;
  parameters.set('cursor', next);
  return { Link: `<?${parameters.toString()}>; rel="next"` };
};
