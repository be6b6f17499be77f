import { parseArgs } from 'node:util';
import { isServerVersion, type ServerVersion } from '../version/serverVersion';

/** The port of a real EventStoreDB. */
const DEFAULT_PORT = 2113;

export const HELP = `Serves EventStoreDB's protocol on this machine, for development without a container.
It is not EventStoreDB, and not a product: see packages/testbed/README.md for what it does not have.

Usage: pnpm -s esdb-dev [--port N] [--tls] [--data DIR] [--server-version V] [--help]

  --port N    where to listen on 127.0.0.1 (default ${DEFAULT_PORT}; 0 for any port that is free)
  --tls       with TLS and users; without it, everyone may do everything
  --data DIR  keep the events in this directory; without it, they are gone when it ends
  --server-version V
              answer as this line of EventStoreDB does: 23.10, 24.6 or 24.10 (default)

It serves until SIGINT or SIGTERM, and ends with status 0 then; 2 for wrong arguments, 3 when it can't be started.`;

export type Asked =
  | {
      readonly kind: 'serve';
      readonly port: number;
      readonly tls: boolean;
      readonly data: string | null;
      readonly version: ServerVersion;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly because: string };

const wrong = (because: string): Asked => ({ kind: 'wrong', because });

export const readArguments = (words: ReadonlyArray<string>): Asked => {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        tls: { type: 'boolean', default: false },
        data: { type: 'string' },
        'server-version': { type: 'string', default: '24.10' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535)
      return wrong(`--port takes a number from 0 to 65535, not '${values.port}'.`);
    if (values.data === '') return wrong('--data takes a directory.');
    const version = values['server-version'];
    if (!isServerVersion(version))
      return wrong(`--server-version takes 23.10, 24.6 or 24.10, not '${version}'.`);
    return { kind: 'serve', port, tls: values.tls, data: values.data ?? null, version };
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
};
