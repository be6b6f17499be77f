import { copyFileSync, mkdirSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { StoreFault, type EventStore } from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { withPromises } from '@keyturn/service';
import { createVault, openVault, type MasterKeySource } from '@keyturn/vault';
import { openSqlite } from '@keyturn/sqlite';
import { isRight } from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { makeMasterKey } from '../canary';
import { writeUnshared } from '@keyturn/testbed';
import type { LibrarySite } from './librarySite';
import type { LibraryScenario } from './scenario';

/** Each use case that opens or seals a key, on a service whose parts are broken. */
const everyUse = async (
  { context, disk, round, promised }: LibrarySite,
  parts: Parameters<LibrarySite['disk']['another']>[0],
  keyId: string,
): Promise<void> => {
  const service = withPromises(disk.another(parts));
  const pasted = round.keyOf('anthropic', 'echoes-key').content;
  const add = { vendor: 'anthropic', pasted, vendorIsCertain: true };
  await promised('adding a key', () => service.addKey(context, add));
  await promised('testing a key', () => service.validateKey(context, { keyId }));
  await promised('a run', () =>
    service.startRunWithSecret(context, { runId: `r-${keyId}` }, () => Promise.resolve(1)),
  );
  await promised('a hard delete', () => service.hardDeleteKey(context, { keyId, caseId: 'C' }));
};

const brokenStores = (store: EventStore): ReadonlyArray<EventStore> => [
  {
    ...store,
    append: () => TE.left(new StoreFault('unavailable', 'The store is away.', { cause: new Error('away') })),
  },
  { ...store, append: () => TE.left(new StoreFault('outcome-unknown', 'No answer came.')) },
  { ...store, append: () => () => Promise.reject(new Error('a defect of the store')) },
  { ...store, readStream: () => TE.left(new StoreFault('corrupt', 'Not what was written.')) },
];

const storeAway: LibraryScenario = {
  name: 'an event store that is away, loses answers, or throws',
  play: async (site) => {
    const added = await site.add({ behaviour: 'valid' });
    if (added === null) return;
    const eventStore = site.round.random.pick([site.disk.eventStore, ...brokenStores(site.disk.eventStore)]);
    await everyUse(site, { ...site.options, eventStore }, added.keyId);
  },
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
    const { disk, options, round, seen } = site;
    const added = await site.add({ behaviour: 'valid' });
    if (added === null) return;
    const to = round.place(`broken-${added.keyId}`);
    copied(disk.directory, to);
    const masterKey: MasterKeySource = { kind: 'file', path: round.own(join(to, 'master-key')) };
    round.random.pick(DAMAGES)(join(to, 'data', 'vault'));
    const opened = await seen(
      'a damaged vault',
      openVault({ directory: join(to, 'data', 'vault'), masterKey }),
    );
    const store = await openSqliteEventStore({ file: join(to, 'data', 'events.sqlite') })();
    if (isRight(store)) {
      const eventStore = store.right;
      if (opened !== null) await everyUse(site, { ...options, eventStore, vault: opened }, added.keyId);
      await eventStore.close();
    }
    if (opened === null) return;
    await opened.close();
    await everyUse(site, { ...options, vault: opened }, added.keyId);
  },
};

const wrongMasterKeys: LibraryScenario = {
  name: 'master keys and passphrases that are wrong',
  play: async ({ disk, round, seen }) => {
    const directory = join(disk.directory, 'data', 'vault');
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
    for (const [n, content] of contents.entries()) {
      const path = round.own(join(place, `key-${n}`));
      writeUnshared(path, content, n === 2 ? 0o644 : 0o600);
      await seen('a wrong master key', openVault({ directory, masterKey: { kind: 'file', path } }));
    }
    const made = join(place, 'made');
    const created = await seen(
      'a vault with the key',
      createVault({ directory: made, masterKey: { kind: 'file', path: join(place, 'key-0') } }),
    );
    await created?.close();
    const passphrase = Buffer.alloc(40, round.passphrase().content);
    await seen(
      'a passphrase in place of a file',
      openVault({ directory, masterKey: { kind: 'passphrase', passphrase } }),
    );
    passphrase.fill(0);
  },
};

export const faultScenarios: ReadonlyArray<LibraryScenario> = [storeAway, brokenVault, wrongMasterKeys];
