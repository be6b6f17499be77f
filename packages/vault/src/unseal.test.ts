import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import * as TE from 'fp-ts/TaskEither';
import { pipe } from 'fp-ts/function';
import { newDeployment, type DeploymentKeys } from './deployment';
import { fingerprintOf } from './fingerprint';
import { HeldKeys } from './heldKeys';
import { newDataKey, newWorkspaceKey, sealSecret } from './hierarchy';
import { sealLogKeys } from './logKeys';
import type { SealedRow, StoredWorkspaceKey, VaultStorage } from './storage';
import { deploymentKeys } from './testSupport/deploymentKeys';
import { randomText } from './testSupport/generators';
import { faultOf, succeed } from './testSupport/outcomes';
import { unsealer } from './unseal';
import type { KeyBinding } from './vault';
import { firstWitness } from './witness';

const deploymentId = 'deployment';
const nameOf = (workspaceId: string) => ({ deploymentId, workspaceId, sealedIn: 0, madeIn: 0 });

/** Held keys of a vault that stays under its master key. */
const heldFor = (keys: DeploymentKeys): HeldKeys =>
  new HeldKeys(keys, () =>
    TE.right({
      still: {
        ...newDeployment(deploymentId, Buffer.alloc(32), { kind: 'file' }, 0),
        masterKeyId: keys.masterKeyId,
        logKeys: sealLogKeys(keys.logKeySealing, deploymentId, keys.logKeys),
      },
    }),
  );

/** A storage with one live row, as a storage that was tampered with may have it. */
const storageWith = (
  workspaceKey: StoredWorkspaceKey,
  row: Pick<SealedRow, 'fingerprint' | 'sealedDataKey' | 'sealedSecret'>,
): Pick<VaultStorage, 'markNamed' | 'read' | 'readWorkspaceKey' | 'stateOf'> => ({
  markNamed: () => TE.right(undefined),
  read: () => TE.right({ ...row, state: 'live', named: true, dataKeyId: randomBytes(16) }),
  readWorkspaceKey: () => TE.right(workspaceKey),
  stateOf: () => TE.right('live'),
});

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
  const workspaceKey = newWorkspaceKey(workspaceSealing, nameOf('acme'));
  const dataKey = newDataKey(workspaceKey.key, deploymentId, binding);
  const storage = storageWith(
    {
      madeIn: 0,
      sealed: workspaceKey.sealed,
      successor: null,
      renewing: false,
      witness: firstWitness(workspaceKey.key, { deploymentId, workspaceId: 'acme' }),
    },
    {
      fingerprint: binding.fingerprint,
      sealedDataKey: dataKey.sealed,
      sealedSecret: sealSecret(dataKey.key, deploymentId, binding, secret),
    },
  );
  const keys = deploymentKeys({ deploymentId, workspaceSealing, pepper });
  const held = heldFor(keys);
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

describe('a workspace whose key is being renewed', () => {
  const [workspaceSealing, pepper] = [randomBytes(32), randomBytes(32)];
  const text = randomText();
  const binding: KeyBinding = {
    workspaceId: 'acme',
    keyId: 'key-1',
    vendor: 'openai',
    endpoint: null,
    fingerprint: fingerprintOf(pepper, 'acme', Buffer.from(text)),
  };
  const newKey = () => newWorkspaceKey(workspaceSealing, nameOf('acme'));
  let old: ReturnType<typeof newKey>;
  let successor: ReturnType<typeof newKey>;
  let both: StoredWorkspaceKey;
  beforeEach(() => {
    [old, successor] = [newKey(), newKey()];
    const witness = firstWitness(successor.key, { deploymentId, workspaceId: 'acme' });
    both = { madeIn: 0, sealed: old.sealed, successor: successor.sealed, renewing: true, witness };
  });

  /** Opens a row whose data key lies under this workspace key. */
  const openUnder = (under: Buffer, stored: StoredWorkspaceKey) => {
    const dataKey = newDataKey(under, deploymentId, binding);
    const storage = storageWith(stored, {
      fingerprint: binding.fingerprint,
      sealedDataKey: dataKey.sealed,
      sealedSecret: sealSecret(dataKey.key, deploymentId, binding, Buffer.from(text)),
    });
    const keys = deploymentKeys({ deploymentId, workspaceSealing, pepper });
    return pipe(
      unsealer(heldFor(keys), storage)(binding),
      TE.map(({ secret }) => secret.last4),
    );
  };

  test('opens rows under the old key and under its successor', async () => {
    expect(await succeed(openUnder(old.key, both))).toBe(text.slice(-4));
    expect(await succeed(openUnder(successor.key, both))).toBe(text.slice(-4));
  });

  test('opens none under another, nor under a successor that is not there yet', async () => {
    const witness = firstWitness(old.key, { deploymentId, workspaceId: 'acme' });
    expect(await faultOf(openUnder(newKey().key, both))).toBe('tampered');
    expect(await faultOf(openUnder(successor.key, { ...both, successor: null, witness }))).toBe('tampered');
  });

  test('opens none when a key that is looked at is not the workspace’s', async () => {
    const elsewhere = newWorkspaceKey(workspaceSealing, nameOf('umbrella')).sealed;
    expect(await faultOf(openUnder(successor.key, { ...both, sealed: elsewhere }))).toBe('tampered');
    expect(await faultOf(openUnder(successor.key, { ...both, successor: elsewhere }))).toBe('tampered');
  });
});
