import type { LookupAddress, LookupOptions } from 'node:dns';
import type { RequestOptions } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Destination } from './destination';
import type { Proxy } from './proxy';
import { isPublicAddress } from './publicAddress';

/** Resolves a host name to its addresses, as `dns.promises.lookup(host, { all: true })` does. */
export type ResolveHost = (host: string) => Promise<ReadonlyArray<LookupAddress>>;

/** Why no address may be called. */
export type NoAddress = 'not-found' | 'not-public';

type Vetted = readonly [LookupAddress, ...LookupAddress[]] | NoAddress;

/** The addresses of a host. With one inner address among outer ones none may be called: it is a rebinding attempt. */
const vetted = async (host: string, publicOnly: boolean, resolveHost: ResolveHost): Promise<Vetted> => {
  try {
    const [first, ...others] = await resolveHost(host);
    if (first === undefined) return 'not-found';
    const addresses: Vetted = [first, ...others];
    return !publicOnly || addresses.every(({ address }) => isPublicAddress(address))
      ? addresses
      : 'not-public';
  } catch {
    return 'not-found';
  }
};

type Done = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** A connection of its own, straight to the vendor: the address is vetted between resolving and connecting. */
export const directly = (
  { publicOnly }: Destination,
  resolveHost: ResolveHost,
  onRefused: (why: NoAddress) => void,
): RequestOptions => ({
  agent: false,
  lookup: (host: string, options: LookupOptions, done: Done): void => {
    void vetted(host, publicOnly, resolveHost).then((found) => {
      if (typeof found === 'string') {
        onRefused(found);
        return done(new Error('The host was not resolved to an address that may be called.'), []);
      }
      const [first] = found;
      return options.all === true ? done(null, [...found]) : done(null, first.address, first.family);
    });
  },
});

/**
 * A connection of its own through a proxy, which resolves the vendor's name. A host that a customer named is resolved
 * and vetted here, and the proxy is told its address: the proxy may reach what this machine must not.
 *
 * @param signal closes the connection to the proxy, also while the proxy has not answered yet
 */
export const throughProxy = async (
  { url, publicOnly, isCustomers }: Destination,
  { url: proxy, authorization }: Proxy,
  resolveHost: ResolveHost,
  signal: AbortSignal,
): Promise<RequestOptions | NoAddress> => {
  const found = isCustomers && publicOnly ? await vetted(url.hostname, true, resolveHost) : null;
  if (typeof found === 'string') return found;
  const agent = new HttpsProxyAgent(proxy, {
    keepAlive: false,
    rejectUnauthorized: true,
    // By a function: Node prints an agent's members, where NODE_DEBUG names http, and the password would be with them.
    headers: () => (authorization === null ? {} : { 'proxy-authorization': authorization }),
    signal,
  });
  return {
    agent,
    servername: url.hostname,
    ...(found === null ? {} : { hostname: found[0].address, headers: { host: url.host } }),
  };
};
