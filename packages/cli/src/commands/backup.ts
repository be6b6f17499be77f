import type { MadeBackup } from 'keyturn';
import { command } from '../command';
import { required, text } from '../input/flags';
import { fullPath } from '../input/fullPath';
import type { Line } from '../output/report';
import { readableTime } from '../output/times';

const sized = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

const has = ({ files }: MadeBackup, path: string): boolean => files.some((file) => file.path === path);

/** What lies on servers, in the order in which it has to be backed up: the vault before, the events after. */
const onServers = (made: MadeBackup): ReadonlyArray<string> => [
  ...(has(made, 'vault.json')
    ? [
        'The vault is in PostgreSQL and not in this backup. Its dump has to be older than the events:',
        '  pg_dump --format=custom --schema=keyturn_vault --file=vault.dump',
        'Name the server in PGHOST, PGDATABASE and PGUSER; the password belongs in ~/.pgpass, not in an argument.',
        has(made, 'events.sqlite')
          ? 'If that was not done before this backup, do it now, and make this backup again.'
          : 'Do it first, then back up the event store.',
      ]
    : []),
  ...(has(made, 'event-store.json')
    ? [
        'The events are in EventStoreDB and not in this backup. Back them up now, last of all:',
        '  docs/eventstoredb.md, "Backup", says which files in which order.',
      ]
    : []),
];

const lines = (made: MadeBackup): ReadonlyArray<Line> => {
  const { directory, deploymentId, takenAt, files, heads, masterKeyId } = made;
  return [
    `Backed up deployment ${deploymentId} into ${directory}, as of ${readableTime(Date.parse(takenAt))}:`,
    ...files.map(({ path, bytes }) => `  ${path}, ${sized(bytes)}`),
    ...(heads === null
      ? []
      : [`Events of ${heads.length} ${heads.length === 1 ? 'workspace' : 'workspaces'}.`]),
    ...onServers(made),
    masterKeyId === null
      ? 'The master key is not in it. Keep that apart: without it nothing here opens.'
      : `The master key ${masterKeyId} is not in it. Keep that apart: without it nothing here opens.`,
  ];
};

export const backup = command({
  details: [
    'Makes a new private directory with the vault, the events, what names the servers of those that lie there,',
    'and a manifest of digests and heads. All of it is of one moment. Read models are left out: they are rebuilt.',
    'Needs no master key, and has none in it. docs/backup-and-restore.md says the rest.',
  ],
  operands: {
    to: required('DIR', 'where the backup goes: a directory that is not there, or empty', text('DIR')),
  },
  flags: {},
  examples: ['keyturn backup /backup/2026-11-28', 'keyturn backup /backup/2026-11-28 --json'],
  run: async (session, { to }) => {
    const { backupKeyturn } = await import('keyturn');
    const directory = fullPath('DIR', to, session.io.cwd);
    const made = await session.showing('Backing up', () =>
      backupKeyturn({ ...session.place, to: directory }),
    );
    return { json: { backup: made }, lines: lines(made) };
  },
});
