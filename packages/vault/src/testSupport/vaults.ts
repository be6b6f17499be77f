import { join } from 'node:path';
import * as TE from 'fp-ts/TaskEither';
import { afterAll } from '@jest/globals';
import { createMasterKeyFile } from '../masterKeyFile';
import { createVault, openVault, type NewVaultOptions, type VaultOptions } from '../openVault';
import type { Secret } from '../secret';
import type { KeyBinding, ReleaseGate, Vault } from '../vault';
import { randomText, secretOf } from './generators';
import { succeed } from './outcomes';
import { tempDirectory } from './tempDirectory';

export interface TestVault {
  readonly vault: Vault;
  readonly directory: string;
  readonly options: VaultOptions;
}

const opened: Array<Vault> = [];
afterAll(async () => {
  await Promise.all(opened.splice(0).map((vault) => vault.close()));
});

/** Has a vault closed when the tests of the file are over. */
export const closedAfterwards = (vault: Vault): Vault => {
  opened.push(vault);
  return vault;
};

/** A new vault on real files, closed and removed when the tests of the file are over. */
export const newVault = async (more: Partial<NewVaultOptions> = {}): Promise<TestVault> => {
  const root = tempDirectory();
  const path = join(root, 'master.key');
  await succeed(createMasterKeyFile(path));
  const directory = join(root, 'vault');
  const options: NewVaultOptions = { directory, masterKey: { kind: 'file', path }, ...more };
  const vault = closedAfterwards(await succeed(createVault(options)));
  return { vault, directory, options };
};

/** A second handle on a vault, as another process would have it. */
export const secondHandle = async ({ options }: Pick<TestVault, 'options'>): Promise<Vault> =>
  closedAfterwards(await succeed(openVault(options)));

export const bindingOf = (vault: Vault, secret: Secret, more: Partial<KeyBinding> = {}): KeyBinding => {
  const workspaceId = more.workspaceId ?? 'acme';
  return {
    workspaceId,
    keyId: 'key-1',
    vendor: 'openai',
    endpoint: null,
    fingerprint: vault.fingerprint(workspaceId, secret),
    ...more,
  };
};

/** Seals a new secret. */
export const sealNew = async (
  vault: Vault,
  more: Partial<KeyBinding> = {},
): Promise<{ readonly binding: KeyBinding; readonly text: string }> => {
  const text = randomText();
  const secret = secretOf(text);
  const binding = bindingOf(vault, secret, more);
  await succeed(vault.seal(binding, secret));
  secret.wipe();
  return { binding, text };
};

/** A gate that lets through whatever the binding says. */
export const openGate = (binding: KeyBinding): ReleaseGate<never> => ({
  authorise: TE.right(binding),
  confirm: () => TE.right(undefined),
});

/** Opens the row and gives its secret as text. */
export const textOf = (vault: Vault, binding: KeyBinding) =>
  vault.open(openGate(binding), (secret) =>
    TE.right(secret.use((bytes) => Buffer.from(bytes).toString('latin1'))),
  );
