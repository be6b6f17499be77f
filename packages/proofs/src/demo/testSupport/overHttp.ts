import { getRequestListener } from '@hono/node-server';
import { keyturnHandler, type Identity } from '@keyturn/http';
import { startVendorSandbox } from '@keyturn/vendors/sandbox';
import { initKeyturn, openKeyturn, openKeyturnReader } from 'keyturn';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { tellApiStory } from './apiStory';
import { issueKeys } from '../issueKeys';

/** What a story left, without ids, times and the ends of keys. */
export interface Left {
  readonly keys: ReadonlyArray<string>;
  /** Every entry of the audit log, oldest first. */
  readonly entries: ReadonlyArray<string>;
}

const actor = { kind: 'service', id: 'reader' } as const;

/** What is in a data directory, read as an auditor reads it. */
export const leftIn = async (directory: string): Promise<Left> => {
  const reader = await openKeyturnReader({ directory, authorize: () => true });
  try {
    const ctx = { workspaceId: 'acme', actor };
    const keys = await reader.keys.list(ctx, { includeHardDeleted: true });
    const entries: string[] = [];
    for await (const entry of reader.audit.export(ctx)) {
      const { type, actorKind, cause, caseId } = entry;
      entries.push([type, actorKind, cause ?? '–', caseId ?? '–'].join(' '));
    }
    return {
      keys: keys.map(
        ({ display, vendor, label }) => `${vendor} ${label ?? '–'} ${display.replace(/^…\S+/, '')}`,
      ),
      entries,
    };
  } finally {
    await reader.close();
  }
};

const TOKENS = { user: 'token-of-ada', support: 'token-of-grace' } as const;

const IDENTITIES = new Map<string, Identity>(
  [
    { token: TOKENS.user, actor: { kind: 'user', id: 'ada' } as const },
    { token: TOKENS.support, actor: { kind: 'support', id: 'grace' } as const },
  ].map(({ token, actor: who }) => [
    `Bearer ${token}`,
    { actor: who, workspaces: ['acme'], permissions: 'all', sessionId: token },
  ]),
);

/** Tells the story through the API, on a new deployment, and gives what it left. */
export const toldOverHttp = async (folder: string): Promise<Left> => {
  mkdirSync(folder);
  const place = { directory: join(folder, 'data'), masterKey: { file: join(folder, 'master.key') } };
  const sandbox = await startVendorSandbox();
  await initKeyturn(place);
  const keyturn = await openKeyturn({
    ...place,
    authorize: () => true,
    housekeeping: false,
    endpointOverrides: { anthropic: sandbox.url, openai: sandbox.url },
  });
  const listener = getRequestListener(
    keyturnHandler({
      keyturn,
      identify: (request) => IDENTITIES.get(request.headers.get('authorization') ?? '') ?? null,
      stepUp: () => true,
    }),
  );
  const server = createServer((request, response) => void listener(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  try {
    if (address === null || typeof address === 'string') throw new Error('not listening on a port');
    const props = { url: `http://127.0.0.1:${address.port}`, tokens: TOKENS, sandbox };
    await tellApiStory(props, issueKeys(sandbox));
  } finally {
    server.closeAllConnections();
    server.close();
    await keyturn.close();
    await sandbox.close();
  }
  return leftIn(place.directory);
};
