import { isIPv6 } from 'node:net';
import { ProberFault } from './faults';

/** URLs have an address of IPv6 between brackets, and in its shortest form. */
const asInUrls = (host: string): string => {
  const bare = host.replace(/^\[|\]$/g, '');
  return isIPv6(bare) ? new URL(`https://[${bare}]`).hostname : host;
};

const checkHost = (host: string): string => {
  if (/^[a-z0-9.:[\]-]{1,253}$/.test(host)) return asInUrls(host);
  throw new ProberFault(
    'bad-option',
    'allowPrivateHosts takes host names in lower case, without scheme, port or path.',
  );
};

/**
 * Hosts of customers' own endpoints that may be inside a private network, on the operator's word.
 *
 * @throws ProberFault `bad-option` for what is no host
 */
export const checkAllowedHosts = (hosts: ReadonlyArray<string>): ReadonlySet<string> =>
  new Set(hosts.map(checkHost));
