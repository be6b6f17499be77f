import * as http from 'node:http';
import * as https from 'node:https';
import { directly, throughProxy, type NoAddress, type ResolveHost } from './connecting';
import type { Destination } from './destination';
import { mayCallHost } from './customersEndpoint';
import type { Proxy } from './proxy';

/** Longest body that is read, where nothing else is said. Answers of the probes have a few hundred bytes. */
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
  /** Longest body that is read, in bytes. Default 64 KiB. */
  readonly bodyLimit?: number;
  readonly signal: AbortSignal | undefined;
  readonly resolveHost: ResolveHost;
  /** Null to call straight. */
  readonly proxy: Proxy | null;
}

/** How a call ended without an answer. `proxy`: the proxy did not connect it. */
type FailureReason = 'timeout' | 'dns' | 'tls' | 'connection' | 'proxy';

export type HttpExchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Null when it is longer than the limit. */
      readonly body: string | null;
      readonly requestId: string | null;
      readonly code: string | null;
      readonly retryAfter: string | null;
    }
  | {
      readonly kind: 'failure';
      readonly reason: FailureReason;
      /** False when another attempt can't end otherwise: the address is not allowed, or the caller gave up. */
      readonly retry: boolean;
    };

const failure = (reason: FailureReason, retry = true): HttpExchange => ({
  kind: 'failure',
  reason,
  retry,
});

const REFUSED: { readonly [W in NoAddress]: HttpExchange } = {
  'not-found': failure('dns'),
  'not-public': failure('connection', false),
};

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
    const ended = new AbortController();
    // What an error means depends on how far the call had come.
    let onError = failure(sent.proxy === null ? 'connection' : 'proxy');
    let request: http.ClientRequest | null = null;

    const settle = (outcome: HttpExchange): void => {
      clearTimeout(timer);
      sent.signal?.removeEventListener('abort', abandon);
      resolve(outcome);
      request?.destroy();
      ended.abort();
    };
    const abandon = (): void => settle(failure('timeout', false));
    const timer = setTimeout(() => settle(failure('timeout')), sent.timeoutMs);
    sent.signal?.addEventListener('abort', abandon);

    const send = (how: https.RequestOptions): void => {
      if (ended.signal.aborted) return;
      try {
        request = (secure ? https : http).request(url, {
          method: sent.method,
          ...(secure ? { rejectUnauthorized: true } : {}),
          ...how,
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
      request.on('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
        // What it answers is the proxy's word, and no key was sent yet.
        if (statusCode !== 200) settle(failure('proxy'));
        onError = failure('tls');
      });
      request.on('socket', (socket) => {
        if (!secure) return;
        socket.once('connect', () => (onError = failure('tls')));
        socket.once('secureConnect', () => (onError = failure('connection')));
      });
      request.on('response', (response) => readResponse(sent, response, settle));
      request.end(sent.body);
    };

    const refuse = (why: NoAddress): void => {
      onError = REFUSED[why];
    };
    if (sent.proxy === null) return send(directly(sent.destination, sent.resolveHost, refuse));
    void throughProxy(sent.destination, sent.proxy, sent.resolveHost, ended.signal).then((how) =>
      typeof how === 'string' ? settle(REFUSED[how]) : send(how),
    );
  });

const readResponse = (
  sent: HttpRequest,
  response: http.IncomingMessage,
  settle: (outcome: HttpExchange) => void,
): void => {
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
    if (length > (sent.bodyLimit ?? BODY_LIMIT)) return answer(null);
    chunks.push(chunk);
  });
  response.on('end', () => answer(textOf(chunks, length)));
  response.on('error', () => settle(failure('connection')));
};

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
