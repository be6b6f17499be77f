import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { keyturnHandler, type Identity } from '@keyturn/http';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { initKeyturn, openKeyturn, type Keyturn } from 'keyturn';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A made-up embedding service's sessions. */
const sessions = new Map<string, { readonly userId: string; readonly workspaceId: string }>();

const newSession = (): { readonly cookie: string; readonly workspaceId: string } => {
  const [id, workspaceId] = [randomUUID(), `w-${randomUUID()}`];
  sessions.set(id, { userId: 'ada', workspaceId });
  return { cookie: `theme=dark; session=${id}`, workspaceId };
};

const identify = async (request: Request): Promise<Identity | null> => {
  const [, id = ''] = /(?:^|; )session=([^;]+)/.exec(request.headers.get('cookie') ?? '') ?? [];
  const session = sessions.get(id);
  if (session === undefined) return null;
  const actor = { kind: 'user', id: session.userId } as const;
  return { actor, workspaces: [session.workspaceId], permissions: 'all', sessionId: id };
};

type Handler = (request: Request) => Promise<Response>;

const overNode = (handler: Handler): Server => {
  const listener = getRequestListener(handler);
  return createServer((request, response) => {
    if (request.url?.startsWith('/settings/keys/') === true) {
      void listener(request, response);
      return;
    }
    response.writeHead(404).end();
  });
};

const overHono = (handler: Handler): Server => {
  const hono = new Hono();
  hono.all('/settings/keys/*', (context) => handler(context.req.raw));
  const listener = getRequestListener(hono.fetch);
  return createServer((request, response) => void listener(request, response));
};

const overExpress = (handler: Handler): Server => {
  const app = express();
  app.all('/settings/keys/*path', getRequestListener(handler));
  app.use(express.json());
  return createServer((request, response) => void app(request, response));
};

const overFastify = async (handler: Handler): Promise<Server> => {
  const listener = getRequestListener(handler);
  const server = fastify();
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => {
      done(null);
    });
    scope.all('/settings/keys/*', (request, reply) => {
      reply.hijack();
      void listener(request.raw, reply.raw);
    });
  });
  await server.ready();
  return server.server;
};

let root: string;
let sandbox: VendorSandbox;
let keyturn: Keyturn;
let handler: Handler;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'keyturn-mounting-'));
  sandbox = await startVendorSandbox();
  const place = { directory: join(root, 'data'), masterKey: { file: join(root, 'master.key') } };
  await initKeyturn(place);
  keyturn = await openKeyturn({
    ...place,
    authorize: () => true,
    housekeeping: false,
    endpointOverrides: { anthropic: sandbox.url },
  });
  handler = keyturnHandler({ keyturn, basePath: '/settings/keys', identify, stepUp: () => true });
});

afterAll(async () => {
  await keyturn.close();
  await sandbox.close();
  rmSync(root, { recursive: true, force: true });
});

const served = async (server: Server): Promise<string> => {
  if (!server.listening) server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return `http://127.0.0.1:${address.port}`;
};

describe('mounted', () => {
  test.each([
    ["on Node's http", overNode],
    ['on Hono', overHono],
    ['on Express', overExpress],
    ['on Fastify', overFastify],
  ])('%s, it takes a key from a page, and leaves the rest to the service', async (_where, mounting) => {
    const server = await mounting(handler);
    const origin = await served(server);
    const api = `${origin}/settings/keys/api/v1`;
    const { cookie, workspaceId } = newSession();
    const json = { 'content-type': 'application/json' };
    const keys = `${api}/workspaces/${workspaceId}/keys`;
    const body = JSON.stringify({ vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') });
    try {
      const added = await fetch(keys, { method: 'POST', headers: { cookie, origin, ...json }, body });
      expect(added.status).toBe(201);
      expect(added.headers.get('cache-control')).toBe('no-store');
      const shown = await fetch(new URL(added.headers.get('location') ?? '', keys), { headers: { cookie } });
      expect(await shown.json()).toMatchObject({ status: 'active', workspaceId });

      const statuses = [
        await fetch(keys, { headers: {} }),
        await fetch(keys, {
          method: 'POST',
          headers: { cookie, origin: 'https://evil.example', ...json },
          body,
        }),
        await fetch(`${api}/workspaces/another/keys`, { headers: { cookie } }),
        await fetch(keys, { method: 'DELETE', headers: { cookie, origin } }),
        await fetch(keys, { method: 'POST', headers: { cookie, origin, ...json }, body: `${body}${body}` }),
        await fetch(`${origin}/elsewhere`, { headers: { cookie } }),
      ].map(({ status }) => status);
      expect(statuses).toEqual([401, 403, 404, 405, 400, 404]);
      const exported = await fetch(`${api}/workspaces/${workspaceId}/audit-export`, { headers: { cookie } });
      expect((await exported.text()).trim().split('\n').length).toBeGreaterThan(2);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
