import { afterAll, beforeAll } from '@jest/globals';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import { initKeyturn, openKeyturn, type Authorize, type Keyturn, type KeyturnOptions } from 'keyturn';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyturnHandler } from '../keyturnHandler';
import type { HandlerOptions, Identity, ToldFault } from '../options';
import { servedOnNode, type Listening } from './listening';

/** An answer, with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed; undefined for what is no JSON. */
  readonly json: unknown;
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array;
}

/** Sends requests as somebody. */
export type Send = (method: string, path: string, sent?: Sent) => Promise<Answer>;

/** One real door, vendor sandbox and server for all tests of a file; each test has workspaces of its own. */
export interface AtWork {
  readonly keyturn: Keyturn;
  readonly sandbox: VendorSandbox;
  readonly url: string;
  readonly root: string;
  readonly told: ReadonlyArray<ToldFault>;
  readonly stepUps: ReadonlyArray<unknown>;
  /** Sends as somebody with a bearer token. */
  readonly as: (identity: Partial<Identity>) => Send;
  /** A workspace that nobody has used yet. */
  readonly newWorkspace: () => string;
  readonly asked: Array<Parameters<Authorize>[0]>;
}

const tokens = new Map<string, Identity>();

/** A session of the embedding service: a token, or a cookie, names it. */
const identify = async (request: Request): Promise<Identity | null> => {
  const token =
    /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ??
    /(?:^|; )session=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1];
  return (token === undefined ? undefined : tokens.get(token)) ?? null;
};

/** The token of somebody. */
export const tokenOf = (identity: Partial<Identity>): string => {
  const token = randomUUID();
  const whole: Identity = {
    actor: { kind: 'user', id: 'ada' },
    workspaces: 'all',
    permissions: 'all',
    sessionId: token,
    ...identity,
  };
  tokens.set(token, whole);
  return token;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Sends one request and reads its answer. */
export const send = async (
  url: string,
  method: string,
  { headers = {}, body, raw }: Sent = {},
): Promise<Answer> => {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(content === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
};

export const atWork = (
  more: Partial<Omit<HandlerOptions, 'keyturn'>> &
    Pick<KeyturnOptions, 'policy'> & { readonly authorize?: Authorize } = {},
): (() => AtWork) => {
  let now: AtWork | null = null;
  let server: Listening | null = null;

  beforeAll(async () => {
    const { authorize = () => true, policy, ...options } = more;
    const sandbox = await startVendorSandbox();
    const root = mkdtempSync(join(tmpdir(), 'keyturn-http-'));
    const place = { directory: join(root, 'data'), masterKey: { file: join(root, 'master.key') } };
    await initKeyturn(place);
    const asked: Array<Parameters<Authorize>[0]> = [];
    const keyturn = await openKeyturn({
      ...place,
      authorize: (request) => {
        asked.push(request);
        return authorize(request);
      },
      housekeeping: false,
      testCallsPerMinute: 10_000,
      ...(policy === undefined ? {} : { policy }),
      endpointOverrides: { anthropic: sandbox.url, openai: sandbox.url },
    });
    const told: ToldFault[] = [];
    const stepUps: unknown[] = [];
    const handler = keyturnHandler({
      keyturn,
      identify,
      stepUp: (_request, act) => {
        stepUps.push(act);
        return true;
      },
      onFault: (fault) => told.push(fault),
      ...options,
    });
    server = await servedOnNode(handler);
    const { url } = server;
    now = {
      keyturn,
      sandbox,
      url,
      root,
      told,
      stepUps,
      asked,
      newWorkspace: () => `w-${randomUUID()}`,
      as: (identity) => {
        const authorization = `Bearer ${tokenOf(identity)}`;
        return (method, path, { headers = {}, ...sent } = {}) =>
          send(`${url}/api/v1${path}`, method, { ...sent, headers: { authorization, ...headers } });
      },
    };
  });

  afterAll(async () => {
    await server?.close();
    await now?.keyturn.close({ drainMs: 0 });
    await now?.sandbox.close();
    if (now !== null) rmSync(now.root, { recursive: true, force: true });
  });

  return () => {
    if (now === null) throw new Error('only while a test runs');
    return now;
  };
};
