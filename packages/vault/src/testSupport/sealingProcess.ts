import { randomBytes } from 'node:crypto';
import { openVault } from '../openVault';
import { Secret } from '../secret';
import * as E from 'fp-ts/Either';

/** Seals secrets in a process of its own: opens the vault, says `ready`, and begins when a line comes in. */
const main = async (directory: string, keyPath: string, name: string, count: number): Promise<void> => {
  const opened = await openVault({ directory, masterKey: { kind: 'file', path: keyPath } })();
  if (E.isLeft(opened)) {
    throw opened.left;
  }
  const vault = opened.right;
  process.stdout.write('ready\n');
  await new Promise((started) => process.stdin.once('data', started));
  for (let index = 0; index < count; index += 1) {
    const secret = Secret.from(randomBytes(20).toString('hex'));
    if (E.isLeft(secret)) {
      throw new Error(secret.left.message);
    }
    const workspaceId = `workspace-${index}`;
    const sealed = await vault.seal(
      {
        workspaceId,
        keyId: name,
        vendor: 'openai',
        endpoint: null,
        fingerprint: vault.fingerprint(workspaceId, secret.right),
      },
      secret.right,
    )();
    if (E.isLeft(sealed)) {
      throw sealed.left;
    }
    process.stdout.write(`${vault.fingerprint(workspaceId, secret.right)}\n`);
  }
  await vault.close();
  process.exit(0);
};

const [directory = '', keyPath = '', name = '', count = ''] = process.argv.slice(2);
void main(directory, keyPath, name, Number(count));
