import { expectRight } from '@keyturn/testbed';
import type { KeyturnOnDisk } from './keyturnOnDisk';
import { addedKey } from './site';

/** A service as after a start, on the same files. */
export const cold = async (site: KeyturnOnDisk, warnings: Array<readonly [object, string]> = []) =>
  site.another({
    eventStore: await site.anotherStore(),
    vault: await site.anotherVault(),
    log: { info: () => undefined, warn: (facts, message) => void warnings.push([facts, message]) },
  });

/** The keys of a workspace whose secrets can be opened. */
export const secretsOf = async (site: KeyturnOnDisk, workspaceId: string): Promise<ReadonlyArray<string>> =>
  (await expectRight(site.vault.rowsOf(workspaceId)))
    .filter(({ state }) => state === 'live')
    .map(({ keyId }) => keyId);

/** Two keys in acme, and the first of them in beta, too. */
export const twoKeys = async (site: KeyturnOnDisk) => {
  const [one, two] = [await addedKey(site), await addedKey(site, 'openai')];
  await expectRight(
    site.keyturn.addKey(site.as({ workspaceId: 'beta' }), { vendor: 'anthropic', pasted: one.pasted }),
  );
  await site.keyturn.settled();
  return { one, two };
};
