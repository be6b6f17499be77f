import * as E from 'fp-ts/Either';
import { isIP } from 'node:net';
import type { ProbeTarget } from './probe';
import { isPublicAddress } from './publicAddress';
import type { CalledTable } from './vendorTable';

/** Where a test call goes. */
export interface Destination {
  readonly url: URL;
  /** False only on an operator's word: then the address that the name resolves to is not asked about. */
  readonly publicOnly: boolean;
  /** The host is one that came with the key, and not the table's or the operator's. */
  readonly isCustomers: boolean;
}

/** What is wrong with where a key is to be used. */
export interface TargetProblem {
  readonly field: 'endpoint' | 'region';
  /** What it has to be, such as `one of eu, us`. */
  readonly problem: string;
}

const hostOf = ({ regions }: CalledTable, region: string): string | null =>
  Object.hasOwn(regions, region) ? (regions[region] ?? null) : null;

const regionWanted = ({ url, displayName, regions }: CalledTable): string => {
  if (url.includes('{region}')) {
    return `a region of ${displayName}, of 1 to 63 of the characters a-z 0-9 -, such as us-east-1`;
  }
  const known = Object.keys(regions);
  return known.length === 0
    ? `left out: ${displayName} keys have no region`
    : `${known.join(' or ')} for a key of ${displayName}, or left out`;
};

const NO_HOSTS: ReadonlySet<string> = new Set();

/** A label of a host name, as a region must be: nothing that could end the host or begin a path. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Builds the address of the test call.
 *
 * @param allowedHosts hosts of endpoints that may be inside a private network, on the operator's word
 * @param override an origin the operator vouches for; it takes the place of scheme, host and port
 * @returns on the left what is wrong with the target's endpoint or region
 */
export const destinationOf = (
  table: CalledTable,
  target: ProbeTarget,
  model: string,
  override: URL | undefined,
  allowedHosts: ReadonlySet<string> = NO_HOSTS,
): E.Either<TargetProblem, Destination> => {
  const wantsEndpoint = table.url.startsWith('{endpoint}');
  const wantsRegion = table.url.includes('{region}');
  const host = target.region === null ? null : hostOf(table, target.region);
  const regionProblem = wantsRegion
    ? target.region === null || !LABEL.test(target.region)
    : target.region !== null && host === null;
  if (regionProblem) return E.left({ field: 'region', problem: regionWanted(table) });
  if (!wantsEndpoint && target.endpoint !== null) {
    return E.left({
      field: 'endpoint',
      problem: `left out: ${table.displayName} keys have no endpoint of their own`,
    });
  }
  const template = table.url
    .replace('{region}', target.region ?? '')
    .replace('{model}', encodeURIComponent(model));
  if (!wantsEndpoint) {
    const url = new URL(template);
    if (host !== null) url.hostname = host;
    return E.right(redirected({ url, publicOnly: true, isCustomers: false }, override));
  }
  const endpoint = parseOrigin(target.endpoint ?? '');
  if (endpoint === null || !isAllowedEndpoint(endpoint, allowedHosts)) {
    return E.left({
      field: 'endpoint',
      problem:
        `https://host and nothing more, for a key of ${table.displayName}: no port, no user, no path, ` +
        'and no address inside a private network',
    });
  }
  const url = new URL(template.replace('{endpoint}', endpoint.origin));
  const publicOnly = !allowedHosts.has(url.hostname);
  return E.right(redirected({ url, publicOnly, isCustomers: true }, override));
};

const redirected = (own: Destination, override: URL | undefined): Destination =>
  override === undefined
    ? own
    : { url: new URL(own.url.pathname, override), publicOnly: false, isCustomers: false };

const isAllowedEndpoint = (url: URL, allowedHosts: ReadonlySet<string>): boolean =>
  url.protocol === 'https:' &&
  url.port === '' &&
  (allowedHosts.has(url.hostname) || mayCallHost(url.hostname));

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
