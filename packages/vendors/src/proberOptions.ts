import { promises as dns } from 'node:dns';
import { setTimeout as delay } from 'node:timers/promises';
import { checkAllowedHosts } from './allowedHosts';
import { parseOrigin } from './customersEndpoint';
import { ProberFault } from './faults';
import type { ResolveHost } from './connecting';
import type { KnowledgeOptions } from './knownVendors';
import { parseProxy, type Proxy } from './proxy';
import type { RetryPolicy } from './retryDelay';
import { DEFAULT_RETRY } from './retryDelay';
import type { VendorTable } from './vendorTable';
import { loadTables } from './vendorTables';

/** What a prober can be told. Everything has a default that suits production. */
export interface ProberOptions extends KnowledgeOptions {
  /**
   * An origin per vendor that takes the place of the vendor's own, such as `{ anthropic: 'http://127.0.0.1:8080' }`. It
   * is an operator's word: exactly this host and port are called, inner addresses included, and every result says so.
   * `http` is for loopback alone, since a key would cross the network in clear.
   */
  readonly endpointOverrides?: Readonly<Record<string, string>>;
  /** A model per vendor that is asked for first; where the vendor does not have it, the table's own is. */
  readonly models?: Readonly<Record<string, string>>;
  /**
   * A forward proxy, `http(s)://[user:password@]host[:port]`, that test calls go through; TLS to the vendor stays end to
   * end. Never taken from `HTTPS_PROXY` or its like. What an endpoint override names is called straight.
   */
  readonly proxy?: string;
  /** Hosts of customers' own endpoints that may be inside a private network, by name. Empty when left out. */
  readonly allowPrivateHosts?: ReadonlyArray<string>;
  /** For each attempt, from the look-up to the last byte. Milliseconds, default 10,000. */
  readonly timeoutMs?: number;
  /** For a whole test call with all its attempts, once it has begun. Milliseconds, default 30,000. */
  readonly wholeTimeoutMs?: number;
  /** Test calls under way at one vendor at a time; others wait for their turn. Default 16. */
  readonly atOncePerVendor?: number;
  readonly retry?: Partial<RetryPolicy>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Waits between attempts; ends early, either way, when the signal aborts. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** 0 ≤ x < 1, for the jitter. */
  readonly random?: () => number;
  readonly resolveHost?: ResolveHost;
  /** Told once of each model that a vendor has no more: another is to be named, or keys can't be test-called. */
  readonly onModelUnavailable?: (vendor: string, model: string) => void;
}

/** The options, checked, with every default in its place. */
export interface ProberSettings {
  readonly tables: ReadonlyMap<string, VendorTable>;
  readonly ownVendors: ReadonlySet<string>;
  readonly overrides: ReadonlyMap<string, URL>;
  readonly proxy: Proxy | null;
  readonly allowedHosts: ReadonlySet<string>;
  readonly retry: RetryPolicy;
  readonly timeoutMs: number;
  readonly wholeTimeoutMs: number;
  readonly atOncePerVendor: number;
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly random: () => number;
  readonly resolveHost: ResolveHost;
  readonly onModelUnavailable: (vendor: string, model: string) => void;
}

/** @throws ProberFault that says which option is wrong, and what it may be */
export const checkOptions = (options: ProberOptions): ProberSettings => {
  const { tables, ownVendors } = loadTables(options.ownTables ?? [], options.models ?? {});
  return {
    tables,
    ownVendors,
    overrides: checkOverrides(tables, options.endpointOverrides ?? {}),
    retry: checkRetry({ ...DEFAULT_RETRY, ...options.retry }),
    proxy: options.proxy === undefined ? null : checkProxy(options.proxy),
    allowedHosts: checkAllowedHosts(options.allowPrivateHosts ?? []),
    timeoutMs: inRange('timeoutMs', options.timeoutMs ?? 10_000),
    wholeTimeoutMs: inRange('wholeTimeoutMs', options.wholeTimeoutMs ?? 30_000),
    atOncePerVendor: wholeInRange('atOncePerVendor', options.atOncePerVendor ?? 16),
    now: options.now ?? Date.now,
    random: options.random ?? Math.random,
    sleep: options.sleep ?? ((ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal })),
    onModelUnavailable: options.onModelUnavailable ?? (() => undefined),
    resolveHost: options.resolveHost ?? ((host) => dns.lookup(host, { all: true })),
  };
};

/** What stays on this machine. A name could resolve to anything, but for this one (RFC 6761). */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

const checkOverrides = (
  tables: ReadonlyMap<string, VendorTable>,
  overrides: Readonly<Record<string, string>>,
): ReadonlyMap<string, URL> =>
  new Map(
    Object.entries(overrides).map(([vendor, text]) => {
      const origin = parseOrigin(text);
      if (!tables.has(vendor) || origin === null) {
        throw new ProberFault(
          'bad-endpoint-override',
          tables.has(vendor)
            ? `The endpoint override of ${vendor} must be http(s)://host or http(s)://host:port and nothing more.`
            : 'There is an endpoint override for a vendor that has no table. It is not repeated here: it may be a ' +
                `key in the wrong place. Known: ${[...tables.keys()].join(', ')}.`,
        );
      }
      if (origin.protocol === 'http:' && !isLoopback(origin.hostname)) {
        throw new ProberFault(
          'bad-endpoint-override',
          `The endpoint override of ${vendor} is http on another machine, and keys would go there in clear: ` +
            'take https, or an address of loopback.',
        );
      }
      return [vendor, origin] as const;
    }),
  );

/** Its user and password are secrets: no message repeats it. */
const checkProxy = (text: string): Proxy =>
  parseProxy(text) ??
  badOption(
    'The proxy must be http(s)://[user:password@]host[:port] and nothing more. It is not repeated here.',
  );

const badOption = (message: string): never => {
  throw new ProberFault('bad-option', message);
};

const checkRetry = (policy: RetryPolicy): RetryPolicy => ({
  attempts: wholeInRange('retry.attempts', policy.attempts),
  baseDelayMs: inRange('retry.baseDelayMs', policy.baseDelayMs),
  maxDelayMs: inRange('retry.maxDelayMs', policy.maxDelayMs),
  maxRetryAfterMs: inRange('retry.maxRetryAfterMs', policy.maxRetryAfterMs),
});

/** Timers hold 31 bits: a longer one would fire at once. */
const inRange = (name: string, value: number): number =>
  value >= 1 && value <= 0x7fffffff ? value : outOfRange(name);

const wholeInRange = (name: string, value: number): number =>
  Number.isInteger(value) ? inRange(name, value) : outOfRange(name);

const outOfRange = (name: string): never =>
  badOption(`${name} must be from 1 to 2147483647 (and a count must be whole).`);
