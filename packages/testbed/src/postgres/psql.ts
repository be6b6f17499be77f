import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { PostgresBinaries } from './binaries';

/** A server, and who asks it. */
export interface ClientPlace {
  readonly binaries: PostgresBinaries;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

type ClientProgram = 'psql' | 'pg_dump' | 'pg_restore';

/** Runs a program of PostgreSQL's against a database, and gives what it prints. */
export const runClient = async (
  { binaries, host, port, user, password }: ClientPlace,
  database: string,
  program: ClientProgram,
  words: ReadonlyArray<string>,
  input = '',
): Promise<string> => {
  const child = spawn(join(binaries.directory, program), words, {
    env: {
      ...{ PATH: process.env['PATH'], PGHOST: host, PGPORT: String(port) },
      ...{ PGUSER: user, PGPASSWORD: password, PGDATABASE: database },
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const errors: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  // Where the server is away it ends before it has read anything.
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close');
  child.stdin.end(input);
  await closed;
  if (child.exitCode !== 0) throw new Error(`${program} failed: ${errors.join('')}`);
  return output.join('').trim();
};

const QUIETLY = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set', 'ON_ERROR_STOP=1'];

/** Runs statements, one after the other and each on its own; gives the rows' values, fields separated by `|`. */
export const psql = (place: ClientPlace, database: string, statements: string): Promise<string> =>
  runClient(place, database, 'psql', QUIETLY, statements);
