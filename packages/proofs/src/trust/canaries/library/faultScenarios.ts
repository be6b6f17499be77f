import { copyFileSync, mkdirSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { StoreFault, type EventStore } from '@keyturn/event-store';
import { openSqlite } from '@keyturn/sqlite';
import { writeUnshared } from '@keyturn/testbed';
import * as TE from 'fp-ts/TaskEither';
import { initKeyturn, openKeyturn, type Keyturn } from 'keyturn';
import { makeMasterKey } from '../canary';
import type { LibrarySite } from './librarySite';
import type { LibraryScenario } from './scenario';

const brokenStores = (store: EventStore): ReadonlyArray<EventStore> => [
  {
    ...store,
    append: () => TE.left(new StoreFault('unavailable', 'The store is away.', { cause: new Error('away') })),
  },
  { ...store, append: () => TE.left(new StoreFault('outcome-unknown', 'No answer came.')) },
  { ...store, append: () => () => Promise.reject(new Error('a defect of the store')) },
  { ...store, readStream: () => TE.left(new StoreFault('corrupt', 'Not what was written.')) },
];

/** Below the door: a store that stands but does not keep its word. */
const storeAway: LibraryScenario = {
  name: 'an event store that is away, loses answers, or throws',
  play: async ({ add, below, ctx, round, seen, service }) => {
    const added = await add({ behaviour: 'valid' });
    if (added === null) return;
    const { keyId } = added;
    const over = service({
      eventStore: round.random.pick([below.eventStore, ...brokenStores(below.eventStore)]),
    });
    const pasted = round.keyOf('anthropic', 'echoes-key').content;
    const input = { vendor: 'anthropic', pasted, vendorIsCertain: true };
    await seen('adding a key', over.addKey(ctx, input));
    await seen('testing a key', over.validateKey(ctx, { keyId }));
    await seen(
      'a run',
      over.startRunWithSecret(ctx, { runId: `r-${keyId}` }, () => TE.right(1)),
    );
    await seen('a hard delete', over.hardDeleteKey(ctx, { keyId, caseId: 'C' }));
  },
};

/** Each act that opens or seals a key, where parts are broken. */
const everyUse = async (
  { ctx, round, seen }: LibrarySite,
  keyturn: Keyturn,
  keyId: string,
): Promise<void> => {
  const pasted = round.keyOf('anthropic', 'echoes-key').content;
  const input = { vendor: 'anthropic', pasted, vendorIsCertain: true };
  await seen('adding a key', () => keyturn.keys.add(ctx, input));
  await seen('testing a key', () => keyturn.keys.validate(ctx, { keyId }));
  await seen('a run', () => keyturn.runs.use(ctx, { runId: `r-${keyId}` }, () => 1));
  await seen('a hard delete', () => keyturn.keys.hardDelete(ctx, { keyId, caseId: 'C' }));
  await seen('a sweep', () => keyturn.housekeeping.sweep({ graceMs: 0, expire: true }));
  await seen('its health', () => keyturn.health());
};

/** A copy of the data as it lies there, to be broken. */
const copied = (directory: string, to: string): void => {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      mkdirSync(join(to, entry.name), { mode: 0o700 });
      copied(join(directory, entry.name), join(to, entry.name));
    } else copyFileSync(join(directory, entry.name), join(to, entry.name));
  }
};

const inFile = (path: string, sql: string): void => {
  const db = openSqlite(path);
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
};

const vaultFile = (directory: string): string => join(directory, 'vault.sqlite');

const DAMAGES: readonly [(vault: string) => void, ...Array<(vault: string) => void>] = [
  (vault) => inFile(vaultFile(vault), 'DELETE FROM sealed_secrets'),
  (vault) => inFile(vaultFile(vault), 'UPDATE sealed_secrets SET sealed = randomblob(length(sealed))'),
  (vault) => inFile(vaultFile(vault), 'UPDATE sealed_secrets SET sealed = substr(sealed, 1, 20)'),
  (vault) => inFile(vaultFile(vault), "UPDATE sealed_secrets SET state = 'frozen'"),
  (vault) => inFile(vaultFile(vault), 'UPDATE workspace_keys SET sealed = randomblob(length(sealed))'),
  (vault) => inFile(vaultFile(vault), 'DROP TABLE sealed_secrets'),
  (vault) => readdirSync(vault).forEach((name) => truncateSync(join(vault, name), 5_000)),
  (vault) => rmSync(vault, { recursive: true }),
];

const brokenVault: LibraryScenario = {
  name: 'a vault that was damaged, emptied, or is gone',
  play: async (site) => {
    const { deployment, options, round, seen } = site;
    const added = await site.add({ behaviour: 'valid' });
    if (added === null) return;
    const damage = round.random.pick(DAMAGES);
    // Damaged before it is opened, and while it is open.
    for (const underway of [false, true]) {
      const to = round.place(`broken-${added.keyId}-${underway ? 'underway' : 'before'}`);
      copied(deployment.directory, to);
      const file = round.own(join(to, 'master-key'));
      const open = () => openKeyturn({ ...options, directory: join(to, 'data'), masterKey: { file } });
      if (!underway) damage(join(to, 'data', 'vault'));
      const keyturn = await seen('a damaged vault', open);
      if (keyturn === null) continue;
      if (underway) damage(join(to, 'data', 'vault'));
      await everyUse(site, keyturn, added.keyId);
      await seen('closing it', () => keyturn.close());
    }
  },
};

const wrongMasterKeys: LibraryScenario = {
  name: 'master keys and passphrases that are wrong',
  play: async ({ options, round, seen }) => {
    const master = makeMasterKey(round.random, 'another');
    master.secrets.forEach((secret) => round.made(secret));
    const { line } = master;
    const place = round.place(`master-keys-${round.random.whole(1e9)}`);
    const contents = [
      line,
      line.slice(0, -4),
      `${line}${line}`,
      line.trim().slice(21),
      line.toUpperCase(),
      ` ${line}`,
    ];
    const keyFile = (n: number): string => join(place, `key-${n}`);
    for (const [n, content] of contents.entries()) {
      const file = round.own(keyFile(n));
      writeUnshared(file, content, n === 2 ? 0o644 : 0o600);
      await seen('a wrong master key', () => openKeyturn({ ...options, masterKey: { file } }));
    }
    const made = { directory: join(place, 'made'), masterKey: { file: keyFile(0) } };
    await seen('a deployment with the key', () => initKeyturn(made));
    const passphrase = round.passphrase().content;
    await seen('a passphrase in place of a file', () =>
      openKeyturn({ ...options, masterKey: { passphrase } }),
    );
    const bytes = Buffer.alloc(40, round.passphrase().content);
    await seen('the same in bytes', () => openKeyturn({ ...options, masterKey: { passphrase: bytes } }));
    bytes.fill(0);
    const loaded = Buffer.alloc(32, round.canary().content);
    await seen('a key that is loaded', () =>
      openKeyturn({ ...options, masterKey: { load: () => Promise.resolve(loaded) } }),
    );
    loaded.fill(0);
  },
};

export const faultScenarios: ReadonlyArray<LibraryScenario> = [storeAway, brokenVault, wrongMasterKeys];
