import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { EventStore } from '@keyturn/event-store';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import type { Vault } from '@keyturn/vault';
import { backupKeyturn, initKeyturn, restoreKeyturn, rotateMasterKey } from 'keyturn';
import * as t from 'io-ts';
import { isLeft } from 'fp-ts/Either';
import type { StoredEvent, VaultOf } from './facts';
import type { Parts, Where } from './origin';

/** A deployment of which copies are taken, and put together elsewhere. */
export interface Deployed {
  readonly sandbox: VendorSandbox;
  readonly openStore: () => Promise<EventStore>;
  readonly openVault: () => Promise<Vault>;
  readonly where: Where;
  /** Takes a copy as the documents say: the vault first, the events last. */
  readonly copy: (name: string) => Promise<void>;
  /** Gives the vault another master key; copies of before need the one of before. */
  readonly rotateMasterKey: () => Promise<void>;
  readonly logOf: (copy: string) => Promise<ReadonlyArray<StoredEvent>>;
  readonly vaultOf: (copy: string) => Promise<VaultOf>;
  /**
   * Puts back the events of one copy and the vault of another, as the documents say; beside a copy of this file of read
   * models, if one is given.
   */
  readonly putBack: (events: string, vault: string, readModels: string | null) => Promise<PutBack>;
  readonly close: () => Promise<void>;
}

/** A deployment that was put back. */
export interface PutBack {
  readonly where: Where;
  /** What its vault has, past the product. Nothing has it open. */
  readonly vault: () => Promise<VaultOf>;
  readonly close: () => Promise<void>;
}

const Manifest = t.type({
  heads: t.unknown,
  files: t.array(t.type({ path: t.string, bytes: t.number, sha256: t.string })),
});

const manifestIn = (backup: string) => {
  const text: unknown = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'));
  const manifest = Manifest.decode(text);
  if (isLeft(manifest)) throw new Error('A backup has a manifest of another shape.');
  return manifest.right;
};

export const READ_MODELS = 'read-models.sqlite';

const isOfVault = ({ path }: { readonly path: string }): boolean => path.startsWith('vault');

/** The vault's files of one backup beside the events' of another, and a manifest that fits both. */
const mixed = (events: string, vault: string, to: string): void => {
  const [ofEvents, ofVault] = [manifestIn(events), manifestIn(vault)];
  const taken = [
    ...ofVault.files.filter(isOfVault).map((file) => ({ from: vault, file })),
    ...ofEvents.files.filter((file) => !isOfVault(file)).map((file) => ({ from: events, file })),
  ];
  for (const { from, file } of taken) {
    mkdirSync(dirname(join(to, file.path)), { recursive: true, mode: 0o700 });
    copyFileSync(join(from, file.path), join(to, file.path));
  }
  const manifest = { ...ofVault, heads: ofEvents.heads, files: taken.map(({ file }) => file) };
  writeFileSync(join(to, 'manifest.json'), JSON.stringify(manifest), { mode: 0o600 });
};

export const deploy = async ({ newEvents, newVault }: Parts): Promise<Deployed> => {
  const root = mkdtempSync(join(tmpdir(), 'keyturn-restore-'));
  const [data, masterKey] = [join(root, 'data'), join(root, 'master-key')];
  const at = (copy: string): string => join(root, `copy-${copy}`);
  const keyOf = (copy: string): string => join(root, `master-key-${copy}`);
  const sandbox = await startVendorSandbox();
  const events = await newEvents();
  const vault = await newVault();
  let restores = 0;
  const where = { directory: data, masterKey: { file: masterKey }, ...events.option, ...vault.option };
  await initKeyturn(where);
  return {
    sandbox,
    where,
    openStore: () => events.open(data),
    openVault: () => vault.open(data, masterKey),
    copy: async (name) => {
      mkdirSync(at(name), { mode: 0o700 });
      await vault.save?.(at(name));
      await backupKeyturn({ directory: data, to: join(at(name), 'backup') });
      await events.save?.(at(name));
      // Kept apart from all else; here in reach.
      copyFileSync(masterKey, keyOf(name));
    },
    rotateMasterKey: async () => {
      await rotateMasterKey(where);
    },
    logOf: (copy) => events.factsIn(at(copy)),
    vaultOf: (copy) => vault.factsIn(at(copy)),
    putBack: async (ofEvents, ofVault, readModels) => {
      restores += 1;
      const directory = join(root, `restored-${restores}`);
      const backup = join(root, `mixed-${restores}`);
      mkdirSync(backup, { mode: 0o700 });
      mixed(join(at(ofEvents), 'backup'), join(at(ofVault), 'backup'), backup);
      const vaultBack = await vault.putBack(at(ofVault));
      const eventsBack = await events.putBack(at(ofEvents));
      const close = async (): Promise<void> => {
        await eventsBack.close();
        await vaultBack.close();
        for (const one of [directory, backup]) rmSync(one, { recursive: true, force: true });
      };
      const back = {
        directory,
        masterKey: { file: keyOf(ofVault) },
        ...eventsBack.option,
        ...vaultBack.option,
      };
      try {
        await restoreKeyturn({ ...back, from: backup });
        if (readModels !== null) copyFileSync(readModels, join(directory, READ_MODELS));
      } catch (error) {
        await close();
        throw error;
      }
      return {
        where: back,
        vault: () => vaultBack.facts(directory),
        close,
      };
    },
    close: async () => {
      await events.close();
      await vault.close();
      await sandbox.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
};
