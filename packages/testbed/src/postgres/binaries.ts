import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const OLDEST = 15;
const DEBIAN = '/usr/lib/postgresql';
const NEEDED = ['initdb', 'postgres', 'psql', 'pg_dump', 'pg_restore'];

export interface PostgresBinaries {
  readonly directory: string;
  readonly version: number;
}

const versionIn = (directory: string): number => {
  const said = execFileSync(join(directory, 'postgres'), ['--version'], { encoding: 'utf8' });
  return Number(/\(PostgreSQL\) (\d+)/.exec(said)?.[1] ?? 0);
};

const directories = (): ReadonlyArray<string> => {
  const debian = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((name) => join(DEBIAN, name, 'bin')) : [];
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, 'postgres'));
  // What lies on the PATH may be a link into the directory that has the rest.
  return [...debian, ...onPath.filter(existsSync).map((path) => dirname(realpathSync(path)))];
};

/** The newest PostgreSQL of this machine that a vault works with; null when there is none. */
export const findPostgres = (): PostgresBinaries | null =>
  directories()
    .filter((directory) => NEEDED.every((name) => existsSync(join(directory, name))))
    .map((directory) => ({ directory, version: versionIn(directory) }))
    .filter(({ version }) => version >= OLDEST)
    .sort((a, b) => b.version - a.version)[0] ?? null;

/** Set, tests of PostgreSQL are left out though its programs are there: mutation testing has no time for them. */
const LEFT_OUT = 'KEYTURN_WITHOUT_POSTGRES';

/** Why tests of PostgreSQL can't run here, and what to do; null when they can. */
export const whyNoPostgres = (): string | null => {
  if (process.env[LEFT_OUT] !== undefined) return `${LEFT_OUT} is set`;
  return findPostgres() === null
    ? `PostgreSQL ${OLDEST} or newer is neither in ${DEBIAN} nor on the PATH ` +
        '(on Debian: apt-get install --no-install-recommends postgresql)'
    : null;
};
