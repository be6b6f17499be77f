import { expect } from '@jest/globals';
import type { PostgresServer } from '@keyturn/testbed/postgres';
import { at, type Workshop } from './workshop';

/** Where the vault lies, as every command's environment has it. */
export interface VaultEnvironment extends Readonly<Record<string, string>> {
  readonly KEYTURN_VAULT: string;
}

/** A database of its own for a vault. */
export const newVault = async (server: PostgresServer): Promise<VaultEnvironment> => ({
  KEYTURN_VAULT: (await server.newDatabase())(),
});

/** The fault that a command ends with, and what it says of it on standard error. */
export const faultOf = async (
  shop: Workshop,
  words: ReadonlyArray<string>,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: string; readonly message: string; readonly stderr: string }> => {
  const { status, document, stderr } = await shop.ask(words, { env });
  expect(status).toBe(3);
  return {
    code: String(at(document, 'fault', 'code')),
    message: String(at(document, 'fault', 'message')),
    stderr,
  };
};
