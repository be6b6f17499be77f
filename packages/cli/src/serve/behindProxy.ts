import type { Identity } from '@keyturn/http';
import { sentence, type Doorway } from './doorway';
import { SECRET_HEADER } from './headerName';
import type { People } from './people';
import { isSameText } from './sameText';

/** A clock of the identity provider's that is ahead of this one's. */
const SKEW_MS = 60_000;

interface Behind {
  readonly identityHeader: string;
  readonly people: People;
  /** Null over a Unix socket that the proxy alone can open. */
  readonly proxySecret: string | null;
  readonly clock?: () => number;
}

/**
 * The way in behind an identity provider's proxy: it says in a header who sends a request. That is believed with the
 * proxy's secret, or over a socket of the proxy's. What a header says twice is one text with a comma, and so nobody.
 */
export const behindProxy = ({ identityHeader, people, proxySecret, clock = Date.now }: Behind): Doorway => {
  const { byIdentity, freshLogin } = people;

  const identify = ({ headers }: Request): Identity | null => {
    const said = headers.get(identityHeader);
    const who = said === null ? undefined : byIdentity.get(said);
    return said === null || who === undefined ? null : { ...who, sessionId: said };
  };

  return {
    before: (request) => {
      const { headers } = request;
      if (proxySecret !== null && !isSameText(headers.get(SECRET_HEADER) ?? '', proxySecret)) {
        return sentence(401, 'This server answers to its proxy alone: open the address of that.');
      }
      if (!headers.has(identityHeader)) {
        return sentence(401, 'The proxy did not say who you are. Log in there, and come again.');
      }
      return identify(request) === null
        ? sentence(403, 'You are logged in, and nobody let you in here. Ask whoever runs this server.')
        : null;
    },
    identify,
    stepUp: ({ headers }) => {
      if (freshLogin === 'not-asked') return true;
      const said = headers.get(freshLogin.header) ?? '';
      if (!/^\d{1,11}$/.test(said)) return false;
      const sinceMs = clock() - Number(said) * 1_000;
      return sinceMs >= -SKEW_MS && sinceMs <= freshLogin.seconds * 1_000;
    },
  };
};
