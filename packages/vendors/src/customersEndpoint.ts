import { isIP } from 'node:net';
import { isPublicAddress } from './publicAddress';
import type { VendorTable } from './vendorTable';

/** What comes with a key as its endpoint: an origin alone, or an address that may have a path, such as `…/v1`. */
export type EndpointKind = 'origin' | 'base-url';

/** Null for a vendor whose keys have no endpoint of their own. */
export const endpointKind = ({ url }: Pick<VendorTable, 'url'>): EndpointKind | null => {
  if (url.startsWith('{endpoint}')) return 'origin';
  return url.startsWith('{baseUrl}') ? 'base-url' : null;
};

/** What an endpoint has to be. */
export const endpointWanted = (table: Pick<VendorTable, 'url' | 'displayName'>): string => {
  const otherwise = 'and no address inside a private network';
  switch (endpointKind(table)) {
    case null:
      return `left out: ${table.displayName} keys have no endpoint of their own`;
    case 'origin':
      return `https://host and nothing more, for a key of ${table.displayName}: no port, no user, no path, ${otherwise}`;
    case 'base-url':
      return (
        `https://host or https://host/path, such as https://gateway.example.com/v1, for a key of ${table.displayName}: ` +
        `no port, no user, no query, ${otherwise}`
      );
  }
};

/** Segments of a path that nothing reads in two ways: no escapes, and none that leads upwards. */
const PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]+)*\/?$/;

/**
 * The address that an endpoint stands for, without a slash at its end; null where it is not what is wanted.
 *
 * @param allowedHosts hosts that may be inside a private network, on the operator's word
 */
export const readEndpoint = (
  kind: EndpointKind,
  text: string,
  allowedHosts: ReadonlySet<string>,
): string | null => {
  const [, origin, path] = /^(https:\/\/[^/]*)(.*)$/is.exec(text) ?? [];
  if (origin === undefined || path === undefined) return null;
  if (kind === 'origin' ? path !== '' && path !== '/' : !PATH.test(path)) return null;
  const url = parseOrigin(origin);
  if (url === null || url.port !== '') return null;
  if (!allowedHosts.has(url.hostname) && !mayCallHost(url.hostname)) return null;
  return url.origin + path.replace(/\/$/, '');
};

/** Whether a host may be looked up: a host that is itself an address is asked about here, since no look-up follows. */
export const mayCallHost = (hostname: string): boolean => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 || isPublicAddress(bare);
};

/** Reads `http(s)://host[:port]` with nothing else in it, else null. */
export const parseOrigin = (text: string): URL | null => {
  if (!/^https?:\/\/[^/?#@\\\s]+\/?$/i.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
};
