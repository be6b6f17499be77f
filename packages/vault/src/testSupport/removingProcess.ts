import * as E from 'fp-ts/Either';
import { openVault } from '../openVault';

/** Keeps removals in a process of its own: opens the vault, says `ready`, and begins when a line comes in. */
const main = async (directory: string, keyPath: string, name: string, count: number): Promise<void> => {
  const opened = await openVault({ directory, masterKey: { kind: 'file', path: keyPath } })();
  if (E.isLeft(opened)) {
    throw opened.left;
  }
  const vault = opened.right;
  process.stdout.write('ready\n');
  await new Promise((started) => process.stdin.once('data', started));
  const leaked = name === 'one';
  for (let index = 0; index < count; index += 1) {
    const kept = await vault.keepRemovals('acme', [
      { keyId: `${name}-${index}`, fingerprint: name, hardDeleted: true, leaked: false },
      { keyId: `shared-${index}`, fingerprint: 'shared', hardDeleted: !leaked, leaked },
    ])();
    if (E.isLeft(kept)) {
      throw kept.left;
    }
  }
  await vault.close();
  process.exit(0);
};

const [directory = '', keyPath = '', name = '', count = ''] = process.argv.slice(2);
void main(directory, keyPath, name, Number(count));
