import type { Identity } from '@keyturn/http';
import { randomBytes } from 'node:crypto';
import { sentence, type Doorway } from './doorway';
import { isSameText } from './sameText';

/** Where the one-time link leads. */
const ENTER = '/enter/';

const secret = (): string => randomBytes(32).toString('base64url');

/** Who comes in: by a link that is good once, and from then on by a cookie. */
export interface Entrance extends Doorway {
  /** The path of the link. */
  readonly path: string;
  /** The answer to whoever opens the link; null for any other address. */
  readonly before: Doorway['before'];
  /** Whoever has the cookie; null for anybody else. */
  readonly identify: (request: Request) => Identity | null;
}

/**
 * An entrance for one person. The link's token is traded once for the cookie: what is left of it, in a history or on a
 * terminal, opens nothing any more. Cookies are of a host and not of its port, so each port has its own name.
 */
export const makeEntrance = (port: number, who: Omit<Identity, 'sessionId'>): Entrance => {
  const session = secret();
  const name = `keyturn-${port}`;
  let token: string | null = secret();
  const path = `${ENTER}${token}`;

  const before: Entrance['before'] = ({ url, method }) => {
    const { pathname } = new URL(url);
    if (!pathname.startsWith(ENTER)) return null;
    if (token === null || method !== 'GET' || !isSameText(pathname.slice(ENTER.length), token)) {
      return sentence(
        403,
        'This link was used, or is not of this server. Start keyturn serve again for a new one.',
      );
    }
    token = null;
    return new Response(null, {
      status: 303,
      headers: {
        Location: '/',
        'Set-Cookie': `${name}=${session}; Path=/; HttpOnly; SameSite=Strict`,
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'no-referrer',
      },
    });
  };

  return {
    path,
    before,
    identify: ({ headers }) => {
      const cookies = (headers.get('cookie') ?? '').split('; ');
      const given = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
      return given !== undefined && isSameText(given, session) ? { ...who, sessionId: session } : null;
    },
    // Whoever has the link has the master key: there is nothing to ask for beyond that.
    stepUp: () => true,
  };
};
