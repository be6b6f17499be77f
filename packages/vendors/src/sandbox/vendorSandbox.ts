import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeAdministration, type AdminCredentialBehaviour } from './administration';
import { answerFor, killCheckAnswerFor, REDIRECT_TARGET, send } from './answering';
import { askedFor, refusalOf } from './askedFor';
import type { KeyBehaviour } from './behaviour';
import { controlEndpoint } from './controlEndpoint';
import type { SandboxCall } from './sandboxCall';
import type { SandboxVendor } from './sandboxVendor';
import { makeSandboxKeys, vendorOf } from './sandboxKeys';
import { SANDBOX_VENDORS } from '../vendors/sandboxes';

/** What a test call is counted as at its vendor. */
const TOKENS_OF_TEST_CALL = 9;

export interface VendorSandbox {
  /**
   * `http://127.0.0.1:PORT` (`https://localhost:PORT` with `tls`). Several vendors have the same path: here a call is
   * of the vendor that its key was issued for, or of the first with its path.
   */
  readonly url: string;
  /** An address for each vendor by itself. */
  readonly urls: Readonly<Record<string, string>>;
  /**
   * A key that behaves as told; valid unless told otherwise. Random in the vendor's format, or the one that is given.
   */
  readonly issueKey: (vendor: string, behaviour?: KeyBehaviour, key?: string) => string;
  /** From the next call on; the count of a `times` behaviour begins anew. */
  readonly setBehaviour: (key: string, behaviour: KeyBehaviour) => void;
  /**
   * A credential of the organisation that all issued keys of the vendor belong to, for the vendor's calls to list and
   * revoke keys. A key that is revoked by it is refused from then on.
   */
  readonly issueAdminCredential: (vendor: string, behaviour?: AdminCredentialBehaviour) => string;
  /** Counts use of a key at its vendor that nobody here made, as a thief's is. `at`: milliseconds since 1970. */
  readonly useElsewhere: (
    key: string,
    use: { readonly at: number; readonly requests: number; readonly tokens?: number },
  ) => void;
  /** Answers the calls with this key that are `held` at this moment. */
  readonly release: (key: string) => void;
  /** From now on the vendor has this model no more. */
  readonly retireModel: (vendor: string, model: string) => void;
  /** Every call so far, with known and unknown keys, in the order they came. */
  readonly calls: ReadonlyArray<SandboxCall>;
  readonly callsWith: (key: string) => ReadonlyArray<SandboxCall>;
  /** Resolves when at least `count` calls with this key have come. */
  readonly untilCalled: (key: string, count?: number) => Promise<void>;
  /** Calls that followed a redirect: none ever should. */
  readonly redirectsFollowed: () => number;
  /** Connections that were opened so far. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

export interface VendorSandboxOptions {
  /** 0 or nothing for a free one. */
  readonly port?: number;
  /** Speaks TLS as `localhost` with this private key and certificate, both PEM. Plain HTTP without it. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Gets every request as text before it is answered: its target, all its headers, its body. */
  readonly onRequest?: (text: string) => void;
  /** When keys are made and used, as the vendors' calls for administrators tell it. Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Starts a real HTTP server on loopback that answers test calls as the vendors do, key by key. It takes only what the
 * vendor would take (path, method, headers, body) and, beyond the vendor, only the smallest generation.
 *
 * @example
 * const sandbox = await startVendorSandbox();
 * const key = sandbox.issueKey('anthropic', { first: 'throttled', times: 2, then: 'valid' });
 */
export const startVendorSandbox = async (options: VendorSandboxOptions = {}): Promise<VendorSandbox> => {
  const now = options.now ?? Date.now;
  const keys = makeSandboxKeys(now);
  const administration = makeAdministration(keys);
  const calls: SandboxCall[] = [];
  const held = new Set<{ readonly key: string; readonly answer: () => void }>();
  const timers = new Set<NodeJS.Timeout>();
  const watchers = new Set<() => void>();
  const retired = new Set<string>();
  let redirectsFollowed = 0;
  let connections = 0;

  const issueKey = (vendor: string, behaviour: KeyBehaviour = 'valid', key?: string): string =>
    keys.issue(vendor, behaviour, key);
  const release = (key: string): void => {
    for (const waiting of [...held].filter((candidate) => candidate.key === key)) {
      held.delete(waiting);
      waiting.answer();
    }
  };
  const callsWith = (key: string): ReadonlyArray<SandboxCall> => calls.filter((call) => call.key === key);

  const answerCall = (
    among: ReadonlyArray<SandboxVendor>,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    text: string,
  ): void => {
    const { method = '' } = request;
    const called = among.filter((one) => one.isKillCheck(method, path) || one.pathOf(path) !== null);
    const [first] = called;
    if (first === undefined) return plain(response, 404, 'no vendor has this path');
    if (method !== 'POST' && !first.isKillCheck(method, path)) {
      return plain(response, 405, 'test calls are POST');
    }
    const vendor = called.find((one) => keys.isOf(one.vendor, one.keyOf(request.headers) ?? '')) ?? first;
    const body = parse(text);
    const key = vendor.keyOf(request.headers) ?? '';
    const asked = askedFor(vendor, vendor.pathOf(path)?.model ?? null, body);
    const call = { vendor: vendor.vendor, key, ...asked };
    calls.push(call);
    watchers.forEach((watcher) => watcher());

    const next = keys.next(vendor, key);
    // As the vendors do: who asks comes before what is asked.
    const isRetired = (model: string): boolean => retired.has(`${vendor.vendor} ${model}`);
    const isKillCheck = vendor.isKillCheck(method, path);
    const early =
      next === null
        ? vendor.unknownKey
        : isKillCheck
          ? null
          : refusalOf(vendor, asked, isRetired, request.headers, body);
    if (early === null && next?.answer === 'valid' && !isKillCheck) {
      keys.use(key, now(), 1, TOKENS_OF_TEST_CALL);
    }
    const answer = (): void => {
      if (early !== null || next === null) return send(response, vendor, early ?? vendor.unknownKey, call);
      const given = isKillCheck ? killCheckAnswerFor : answerFor;
      send(response, vendor, given(vendor, next.answer), call, next.answer);
    };
    if (early === null && next?.answer === 'held') return void held.add({ key, answer });
    if (next === null || next.afterMs === 0) return answer();
    const timer = setTimeout(() => {
      timers.delete(timer);
      answer();
    }, next.afterMs);
    timers.add(timer);
  };

  const control = controlEndpoint({ issueKey, setBehaviour: keys.set, release, calls });
  const listenerFor =
    (among: ReadonlyArray<SandboxVendor>): RequestListener =>
    (request, response) => {
      readText(request).then(
        (text) => {
          options.onRequest?.([request.url, ...request.rawHeaders, text].join('\n'));
          const url = new URL(request.url ?? '/', 'http://sandbox');
          const { pathname } = url;
          if (pathname === REDIRECT_TARGET) {
            redirectsFollowed += 1;
            const vendor = vendorOf('anthropic');
            return send(response, vendor, answerFor(vendor, 'valid'), { key: '', model: '' });
          }
          if (pathname.startsWith('/_sandbox/')) return control(pathname, request.method, text, response);
          const { method = '', headers } = request;
          const told = administration.answer(among, { method, url, headers, body: parse(text) });
          if (told !== null) return sendJson(response, told.status, told.json);
          answerCall(among, pathname, request, response, text);
        },
        () => response.destroy(),
      );
    };

  const servers: http.Server[] = [];
  const listen = async (among: ReadonlyArray<SandboxVendor>, port: number): Promise<string> => {
    const listener = listenerFor(among);
    const server =
      options.tls === undefined ? http.createServer(listener) : https.createServer(options.tls, listener);
    servers.push(server);
    server.on('connection', () => (connections += 1));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return `${options.tls === undefined ? 'http://127.0.0.1' : 'https://localhost'}:${portOf(server.address())}`;
  };
  const url = await listen(SANDBOX_VENDORS, options.port ?? 0);
  const urls: Record<string, string> = {};
  for (const vendor of SANDBOX_VENDORS) urls[vendor.vendor] = await listen([vendor], 0);

  return {
    url,
    urls,
    issueKey,
    setBehaviour: keys.set,
    issueAdminCredential: (vendor, behaviour = 'valid') => administration.issue(vendor, behaviour),
    useElsewhere: (key, { at, requests, tokens = 0 }) => keys.use(key, at, requests, tokens),
    release,
    retireModel: (vendor, model) => void retired.add(`${vendor} ${model}`),
    calls,
    callsWith,
    untilCalled: (key, count = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (callsWith(key).length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    redirectsFollowed: () => redirectsFollowed,
    connections: () => connections,
    close: async () => {
      timers.forEach((timer) => clearTimeout(timer));
      await Promise.all(
        servers.map((server) => {
          const closed = once(server, 'close');
          server.close();
          server.closeAllConnections();
          return closed;
        }),
      );
    },
  };
};

const sendJson = (response: ServerResponse, status: number, json: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(json));
};

const plain = (response: ServerResponse, status: number, message: string): void =>
  sendJson(response, status, { sandbox: message });

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('The sandbox has no port.');
  return address.port;
};

const readText = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

const parse = (text: string): unknown => {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
};
