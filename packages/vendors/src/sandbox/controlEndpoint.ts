import type { ServerResponse } from 'node:http';
import type { KeyBehaviour } from './behaviour';
import { readBehaviour } from './behaviour';
import type { SandboxCall } from './sandboxCall';
import { field } from './jsonField';

interface Controlled {
  readonly issueKey: (vendor: string, behaviour: KeyBehaviour) => string;
  readonly setBehaviour: (key: string, behaviour: KeyBehaviour) => void;
  readonly release: (key: string) => void;
  readonly calls: ReadonlyArray<SandboxCall>;
}

/**
 * Lets a demonstration in another process steer the sandbox, over the same port:
 *
 * - `POST /_sandbox/keys {"vendor","behaviour"}` → `{"key"}`
 * - `POST /_sandbox/behaviour {"key","behaviour"}` → `{}`
 * - `POST /_sandbox/release {"key"}` → `{}`
 * - `GET /_sandbox/calls` → `[{"vendor","key":"…last4","model","maxTokens"}]`
 */
export const controlEndpoint =
  ({ issueKey, setBehaviour, release, calls }: Controlled) =>
  (path: string, method: string | undefined, text: string, response: ServerResponse): void => {
    const reply = (status: number, json: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(json));
    };
    try {
      if (method === 'GET' && path === '/_sandbox/calls') {
        return reply(
          200,
          calls.map((call) => ({ ...call, key: `…${call.key.slice(-4)}` })),
        );
      }
      if (method !== 'POST') return reply(405, { sandbox: 'use POST' });
      const json: unknown = JSON.parse(text);
      const behaviour = readBehaviour(field(json, 'behaviour') ?? 'valid');
      const vendor = field(json, 'vendor');
      const key = field(json, 'key');
      if (behaviour === null) return reply(400, { sandbox: 'no such behaviour' });
      if (path === '/_sandbox/keys' && typeof vendor === 'string') {
        return reply(201, { key: issueKey(vendor, behaviour) });
      }
      if (typeof key !== 'string') return reply(400, { sandbox: 'this needs a key, or a vendor' });
      if (path === '/_sandbox/behaviour') setBehaviour(key, behaviour);
      else if (path === '/_sandbox/release') release(key);
      else return reply(404, { sandbox: 'no such control' });
      return reply(200, {});
    } catch (error) {
      return reply(400, { sandbox: error instanceof Error ? error.message : 'bad request' });
    }
  };
