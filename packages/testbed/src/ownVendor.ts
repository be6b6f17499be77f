import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';

/** The vendor table that `docs/vendors.md` shows, as an operator would copy it into a file. */
export const documentedTable = (): string => {
  const document = readFileSync(join(__dirname, '../../../docs/vendors.md'), 'utf8');
  const [, table] = /<!-- own table -->\n\n```json\n([^]*?)```/.exec(document) ?? [];
  if (table === undefined) throw new Error('docs/vendors.md shows no vendor table.');
  return table;
};

/** A key of the vendor of that table. */
export const newOwnKey = (): string => `acmk_${randomBytes(16).toString('hex')}`;

/** A server of that vendor on loopback. It takes no key but those that it is told of. */
export interface OwnVendor {
  readonly url: string;
  readonly accept: (key: string) => void;
  readonly refuse: (key: string) => void;
  readonly calls: ReadonlyArray<{ readonly path: string; readonly headers: IncomingHttpHeaders }>;
  readonly close: () => Promise<void>;
}

export const startOwnVendor = async (): Promise<OwnVendor> => {
  const accepted = new Set<string>();
  const calls: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    calls.push({ path: url, headers });
    const isGood = accepted.has((headers.authorization ?? '').replace(/^Bearer /, ''));
    const body = isGood
      ? { object: 'chat.completion', choices: [] }
      : { error: { message: 'No such key.', code: 'bad_key' } };
    response
      .writeHead(isGood ? 200 : 401, {
        'content-type': 'application/json',
        'x-request-id': 'acme-0123456789abcdef',
      })
      .end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    accept: (key) => accepted.add(key),
    refuse: (key) => accepted.delete(key),
    calls,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
