import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FORMATS = join(__dirname, '..', 'formats');
const NAME = /^(sqlite|postgres)-vault-(\d+)-events-(\d+)$/;

/** A deployment as a release stored it, with the formats of that. */
export interface KeptDeployment {
  readonly name: string;
  readonly vaultKind: 'sqlite' | 'postgres';
  readonly vaultFormat: number;
  readonly eventsFormat: number;
  /** Reads one of its files: statements that make its databases. */
  readonly read: (
    file: 'events.sql' | 'vault.sql' | 'vault-keys.sql' | 'postgres.sql' | 'vault.json',
  ) => string;
}

/** All that are kept, in `packages/testbed/formats`: `scripts/keep-formats.mjs` adds one, and none is ever changed. */
export const keptDeployments: ReadonlyArray<KeptDeployment> = readdirSync(FORMATS).flatMap((name) => {
  const [, kind, vault, events] = NAME.exec(name) ?? [];
  return kind === 'sqlite' || kind === 'postgres'
    ? [
        {
          name,
          vaultKind: kind,
          vaultFormat: Number(vault),
          eventsFormat: Number(events),
          read: (file) => readFileSync(join(FORMATS, name, file), 'utf8'),
        },
      ]
    : [];
});

/** The file of the master key that they were all made with: of tests, and of nobody else. */
export const KEPT_MASTER_KEY = `keyturn-master-key-1:${Buffer.alloc(32, 1).toString('base64')}\n`;
