import type { HandlerOptions } from '@keyturn/http';

/** How people come in. */
export interface Doorway extends Pick<HandlerOptions, 'identify' | 'stepUp'> {
  /** The answer to a request that goes no further; null for any other. */
  readonly before: (request: Request) => Response | null;
}

/** A sentence in place of a page. */
export const sentence = (status: number, words: string): Response =>
  new Response(`${words}\n`, {
    status,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    },
  });
