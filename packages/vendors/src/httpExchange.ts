import type { LookupAddress, LookupOptions } from 'node:dns';
import * as http from 'node:http';
import * as https from 'node:https';
import type { Destination } from './destination';
import { mayCallHost } from './destination';
import { isPublicAddress } from './publicAddress';

/** Longest body that is read. Answers of the probes have a few hundred bytes. */
const BODY_LIMIT = 64 * 1024;

export interface HttpRequest {
  readonly destination: Destination;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Headers of the answer that are read, beside `retry-after`; null for none. */
  readonly requestIdHeader: string | null;
  readonly codeHeader: string | null;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly resolveHost: ResolveHost;
}

/** Resolves a host name to its addresses, as `dns.promises.lookup(host, { all: true })` does. */
export type ResolveHost = (host: string) => Promise<ReadonlyArray<LookupAddress>>;

export type HttpExchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Null when it is longer than 64 KiB. */
      readonly body: string | null;
      readonly requestId: string | null;
      readonly code: string | null;
      readonly retryAfter: string | null;
    }
  | {
      readonly kind: 'failure';
      readonly reason: 'timeout' | 'dns' | 'tls' | 'connection';
      /** False when another attempt can't end otherwise: the address is not allowed, or the caller gave up. */
      readonly retry: boolean;
    };

const failure = (reason: 'timeout' | 'dns' | 'tls' | 'connection', retry = true): HttpExchange => ({
  kind: 'failure',
  reason,
  retry,
});

/**
 * Sends one request on a connection of its own and reads one answer. Never rejects. Redirects are answers like any
 * other; the connection is never shared, so no key's call can ride on another's; certificates are always verified.
 *
 * On `node:http` and not `fetch`, because the address has to be vetted between resolving and connecting.
 */
export const exchangeHttp = (sent: HttpRequest): Promise<HttpExchange> =>
  new Promise((resolve) => {
    const { url, publicOnly } = sent.destination;
    if (sent.signal?.aborted === true) return resolve(failure('timeout', false));
    if (publicOnly && !mayCallHost(url.hostname)) return resolve(failure('connection', false));

    const secure = url.protocol === 'https:';
    // What an error means depends on how far the call had come.
    let onError = failure('connection');
    let request: http.ClientRequest | null = null;

    const settle = (outcome: HttpExchange): void => {
      clearTimeout(timer);
      sent.signal?.removeEventListener('abort', abandon);
      resolve(outcome);
      request?.destroy();
    };
    const abandon = (): void => settle(failure('timeout', false));
    const timer = setTimeout(() => settle(failure('timeout')), sent.timeoutMs);
    sent.signal?.addEventListener('abort', abandon);

    const lookup = (
      host: string,
      options: LookupOptions,
      done: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
    ): void => {
      const refuse = (outcome: HttpExchange): void => {
        onError = outcome;
        done(new Error('The host was not resolved to an address that may be called.'), []);
      };
      void Promise.resolve(host)
        .then(sent.resolveHost)
        .then(
          (addresses) => {
            const [first] = addresses;
            if (first === undefined) return refuse(failure('dns'));
            // One inner address among outer ones is a rebinding attempt or a broken zone: none of them is called.
            if (publicOnly && !addresses.every(({ address }) => isPublicAddress(address))) {
              return refuse(failure('connection', false));
            }
            return options.all === true
              ? done(null, [...addresses])
              : done(null, first.address, first.family);
          },
          () => refuse(failure('dns')),
        );
    };

    try {
      request = (secure ? https : http).request(url, {
        method: sent.method,
        agent: false,
        lookup,
        ...(secure ? { rejectUnauthorized: true } : {}),
      });
      // Not among the options: Node prints those, where NODE_DEBUG names http or net, and the key would be with them.
      for (const [name, value] of Object.entries(sent.headers)) request.setHeader(name, value);
      request.setHeader('accept', 'application/json');
      request.setHeader('accept-encoding', 'identity');
      request.setHeader('content-length', Buffer.byteLength(sent.body));
    } catch {
      return settle(failure('connection', false));
    }
    request.on('error', () => settle(onError));
    request.on('socket', (socket) => {
      if (!secure) return;
      socket.once('connect', () => (onError = failure('tls')));
      socket.once('secureConnect', () => (onError = failure('connection')));
    });
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      const answer = (body: string | null): void =>
        settle({
          kind: 'answer',
          status: response.statusCode ?? 0,
          body,
          requestId: header(response, sent.requestIdHeader),
          code: header(response, sent.codeHeader),
          retryAfter: header(response, 'retry-after'),
        });
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > BODY_LIMIT) return answer(null);
        chunks.push(chunk);
      });
      response.on('end', () => answer(textOf(chunks, length)));
      response.on('error', () => settle(failure('connection')));
    });
    request.end(sent.body);
  });

/** A vendor may repeat the key: not in memory from Node's pool, which every small buffer of the process could show. */
const textOf = (chunks: ReadonlyArray<Buffer>, length: number): string => {
  const body = Buffer.alloc(length);
  let end = 0;
  for (const chunk of chunks) end += chunk.copy(body, end);
  return body.toString('utf8');
};

const header = ({ headers }: http.IncomingMessage, name: string | null): string | null => {
  const value = name === null ? undefined : headers[name];
  return typeof value === 'string' ? value : null;
};
