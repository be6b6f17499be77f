import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { openVault } from '../openVault';
import { Secret } from '../secret';
import type { KeyBinding, Vault } from '../vault';

const textOf = (index: number): string => `serving-process-secret-${index}`;

const sealOne = async (vault: Vault, index: number): Promise<KeyBinding> => {
  const secret = Secret.from(textOf(index));
  if (E.isLeft(secret)) {
    throw new Error(secret.left.message);
  }
  const workspaceId = `served-${index % 7}`;
  const binding: KeyBinding = {
    workspaceId,
    keyId: `key-${index}`,
    vendor: 'openai',
    endpoint: null,
    fingerprint: vault.fingerprint(workspaceId, secret.right),
  };
  const sealed = await vault.seal(binding, secret.right)();
  if (E.isLeft(sealed)) process.stdout.write(`fault seal ${sealed.left.message}\n`);
  return binding;
};

const openOne = async (vault: Vault, binding: KeyBinding, index: number): Promise<void> => {
  const gate = { authorise: TE.right(binding), confirm: () => TE.right(undefined) };
  const opened = await vault.open(gate, (secret) =>
    TE.right(secret.use((bytes) => Buffer.from(bytes).toString('latin1')) === textOf(index)),
  )();
  if (E.isLeft(opened)) process.stdout.write(`fault open ${opened.left.message}\n`);
  else if (!opened.right) process.stdout.write('fault another secret\n');
};

/**
 * A service: opens the vault once, then seals a secret in a workspace or opens one that it sealed, over and over, until
 * a line comes in. Prints faults as they come, and at the end how often it did what.
 */
const main = async (directory: string, path: string): Promise<void> => {
  const vault = await openVault({ directory, masterKey: { kind: 'file', path } })();
  if (E.isLeft(vault)) {
    throw vault.left;
  }
  const stop = new AbortController();
  process.stdin.once('data', () => stop.abort());
  process.stdout.write('ready\n');
  const bindings: Array<KeyBinding> = [];
  let opens = 0;
  for (let turn = 0; !stop.signal.aborted; turn += 1) {
    if (turn % 5 === 0) bindings.push(await sealOne(vault.right, bindings.length));
    const index = turn % bindings.length;
    const binding = bindings[index];
    if (binding !== undefined) await openOne(vault.right, binding, index);
    opens += 1;
    await new Promise((next) => setImmediate(next));
  }
  process.stdout.write(`served ${bindings.length} ${opens}\n`);
  await vault.right.close();
  process.exit(0);
};

const [directory = '', path = ''] = process.argv.slice(2);
void main(directory, path);
