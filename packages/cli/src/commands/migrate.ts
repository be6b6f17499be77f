import type { MigratedStore, Migration } from 'keyturn';
import { command } from '../command';
import { toggle } from '../input/flags';
import { progressDisplay } from '../output/progressDisplay';
import type { Report } from '../output/report';

const NAMES = { 'event-store': 'the event store', vault: 'the vault' };

const storeLines = (
  name: string,
  { format, steps }: MigratedStore,
  dryRun: boolean,
): ReadonlyArray<string> =>
  steps.length === 0
    ? [`${name} has format ${format}, that of this release.`]
    : steps.map(
        ({ from, to, adds }) =>
          `${name} ${dryRun ? 'would go' : 'went'} from format ${from} to ${to}, which adds ${adds}.`,
      );

const lines = ({ eventStore, vault, dryRun }: Migration): ReadonlyArray<string> => [
  ...(eventStore === null
    ? ['The events are in EventStoreDB, where nothing is migrated.']
    : storeLines('The event store', eventStore, dryRun)),
  ...storeLines('The vault', vault, dryRun),
];

const isDone = ({ eventStore, vault }: Migration): boolean =>
  (eventStore?.steps.length ?? 0) + vault.steps.length === 0;

const hints = (migration: Migration): ReadonlyArray<string> => {
  if (isDone(migration)) return [];
  return migration.dryRun
    ? [
        'Stop every process that uses them, back them up (keyturn backup DIR), then run keyturn migrate.',
        'Older releases open none of it afterwards.',
      ]
    : ['Look over everything: keyturn verify'];
};

const report = (migration: Migration): Report => ({
  json: { migrate: migration },
  lines: lines(migration),
  hints: hints(migration),
});

export const migrate = command({
  details: [
    'Stop every process that uses them before, and back them up: keyturn backup DIR. What another process has open',
    'is not changed (fault unavailable); events come first. Each step is one transaction: cut off, run it again, and',
    'it goes on where it was. Once it is done it does nothing. Older releases open none of it afterwards; the way back',
    'is to restore the backup. Needs no master key. Read models are built anew by whoever needs them.',
  ],
  operands: {},
  flags: { dryRun: toggle('--dry-run', 'say what would be done, and take no step') },
  examples: ['keyturn migrate --dry-run', 'keyturn migrate'],
  run: async (session, { dryRun }) => {
    const { migrateKeyturn } = await import('keyturn');
    const planned = await migrateKeyturn({ ...session.place, dryRun: true });
    if (dryRun || isDone(planned)) return report({ ...planned, dryRun });
    const display = await progressDisplay(session.io.stderr, 'Migrating');
    try {
      const migration = await migrateKeyturn({
        ...session.place,
        onMigration: ({ store, from, to, done, total }) =>
          display.show(done, total, `${NAMES[store]}, format ${from} to ${to}`),
      });
      return report(migration);
    } finally {
      display.end();
    }
  },
});
