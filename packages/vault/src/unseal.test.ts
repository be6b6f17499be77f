import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as TE from 'fp-ts/TaskEither';
import { pipe } from 'fp-ts/function';
import { fingerprintOf } from './fingerprint';
import { HeldKeys } from './heldKeys';
import { newDataKey, newWorkspaceKey, sealSecret } from './hierarchy';
import type { VaultStorage } from './storage';
import { randomText } from './testSupport/generators';
import { faultOf, succeed } from './testSupport/outcomes';
import { unsealer } from './unseal';
import type { KeyBinding } from './vault';

const deploymentId = 'deployment';

/** A row as an attacker makes one who has the workspace's key and not the pepper. */
const rowOf = (secret: Uint8Array, fingerprint: (pepper: Buffer) => string) => {
  const [workspaceSealing, pepper] = [randomBytes(32), randomBytes(32)];
  const binding: KeyBinding = {
    workspaceId: 'acme',
    keyId: 'key-1',
    vendor: 'openai',
    endpoint: null,
    fingerprint: fingerprint(pepper),
  };
  const workspaceKey = newWorkspaceKey(workspaceSealing, deploymentId, 'acme');
  const dataKey = newDataKey(workspaceKey.key, deploymentId, binding);
  const storage: Pick<VaultStorage, 'markNamed' | 'read' | 'readWorkspaceKey' | 'stateOf'> = {
    markNamed: () => TE.right(undefined),
    read: () =>
      TE.right({
        fingerprint: binding.fingerprint,
        state: 'live',
        named: true,
        dataKeyId: randomBytes(16),
        sealedDataKey: dataKey.sealed,
        sealedSecret: sealSecret(dataKey.key, deploymentId, binding, secret),
      }),
    readWorkspaceKey: () => TE.right({ sealed: workspaceKey.sealed, successor: null }),
    stateOf: () => TE.right('live'),
  };
  const keys = { deploymentId, masterKeyId: Buffer.alloc(8), workspaceSealing, pepper };
  const held = new HeldKeys(keys, () => TE.right(null));
  return pipe(
    unsealer(held, storage)(binding),
    TE.map((unsealed) => unsealed.secret.last4),
  );
};

describe('a row whose boxes all fit', () => {
  test('opens with the fingerprint of its secret', async () => {
    const text = randomText();
    const row = rowOf(Buffer.from(text), (pepper) => fingerprintOf(pepper, 'acme', Buffer.from(text)));
    expect(await succeed(row)).toBe(text.slice(-4));
  });

  test('is tampered with when its fingerprint is another secret’s', async () => {
    const row = rowOf(Buffer.from(randomText()), (pepper) =>
      fingerprintOf(pepper, 'acme', Buffer.from(randomText())),
    );
    expect(await faultOf(row)).toBe('tampered');
  });

  test('is tampered with when what is inside can not be a secret', async () => {
    const short = Buffer.from('short');
    expect(await faultOf(rowOf(short, (pepper) => fingerprintOf(pepper, 'acme', short)))).toBe('tampered');
  });
});
