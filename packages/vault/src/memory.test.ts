import { createHmac, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import * as TE from 'fp-ts/TaskEither';
import { box, unbox } from './box';
import { deriveKey, keyIdOf } from './mac';
import { createMasterKeyFile } from './masterKeyFile';
import { readVaultInfo } from './openVault';
import { prepareMasterKeyRotation } from './rotation/prepare';
import { rotateMasterKey } from './rotation/rotateMasterKey';
import { faultOf, succeed } from './testSupport/outcomes';
import { Killed, rotateWatched } from './testSupport/rotations';
import { blobOf } from './testSupport/database';
import { tempDirectory } from './testSupport/tempDirectory';
import { newVault, openGate, sealNew, secondHandle, type TestVault } from './testSupport/vaults';

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

const hasDigest = (u: unknown): u is { digest: () => Buffer } =>
  typeof u === 'object' && u !== null && 'digest' in u && typeof u.digest === 'function';

const hmacPrototype = (): { digest: () => Buffer } => {
  const prototype: unknown = Object.getPrototypeOf(createHmac('sha512', ''));
  if (!hasDigest(prototype)) {
    throw new Error('an Hmac has no digest()');
  }
  return prototype;
};

afterEach(() => {
  jest.restoreAllMocks();
});

/** Every buffer that `Buffer.alloc` gives while `run` runs: keys in clear, sealed content, secrets. */
const allocatedIn = async (run: () => Promise<unknown>): Promise<ReadonlyArray<Buffer>> => {
  const made: Array<Buffer> = [];
  const alloc = Buffer.alloc.bind(Buffer);
  jest.spyOn(Buffer, 'alloc').mockImplementation((size) => {
    const bytes = alloc(size);
    made.push(bytes);
    return bytes;
  });
  await run();
  jest.restoreAllMocks();
  return made;
};

describe('what stays in buffers', () => {
  test('after a release: no secret and no key', async () => {
    const made = await newVault();
    const { binding, text } = await sealNew(made.vault);
    const allocated = await allocatedIn(() =>
      succeed(made.vault.open(openGate(binding), () => TE.right(undefined))),
    );
    expect(allocated.some((bytes) => bytes.length === 256)).toBe(true);
    expect(allocated.filter((bytes) => bytes.includes(text))).toEqual([]);
    // The workspace's key and what its witness was compared with, at first and last, and the data key.
    expect(allocated.filter((bytes) => bytes.length === 32).map(isZero)).toEqual(
      Array.from({ length: 5 }, () => true),
    );
  });

  test('after sealing: no secret and no key', async () => {
    const { vault } = await newVault();
    await sealNew(vault, { keyId: 'key-0' });
    let text = '';
    const allocated = await allocatedIn(async () => {
      text = (await sealNew(vault)).text;
    });
    expect(allocated.filter((bytes) => bytes.includes(text))).toEqual([]);
    expect(allocated.filter((bytes) => bytes.length === 32).map(isZero)).toEqual([true, true, true]);
  });

  test('after the first seal of a workspace: no key either', async () => {
    const { vault, directory } = await newVault();
    const allocated = await allocatedIn(() => sealNew(vault));
    const left = allocated.filter((bytes) => bytes.length === 32 && !isZero(bytes));
    // The MAC of the workspace's witness, which is stored.
    expect(left).toEqual([blobOf(directory, { file: 'vault.sqlite', table: 'witnesses', column: 'mac' })]);
  });

  test('after making a master key: neither it nor its line', async () => {
    const allocated = await allocatedIn(() =>
      succeed(createMasterKeyFile(join(tempDirectory(), 'master.key'))),
    );
    expect(allocated.filter((bytes) => bytes.length === 32).map(isZero)).toEqual([true]);
    expect(allocated.filter((bytes) => bytes.includes('keyturn-master-key-1'))).toEqual([]);
  });

  test('after making a vault: its four keys, wiped when it closes', async () => {
    const made: TestVault[] = [];
    const allocated = await allocatedIn(async () => {
      made.push(await newVault());
    });
    const keys = allocated.filter((bytes) => bytes.length === 32);
    expect(keys.length).toBeGreaterThan(4);
    expect(keys.filter((key) => !isZero(key))).toHaveLength(4);
    for (const { vault } of made) await vault.close();
    expect(keys.every(isZero)).toBe(true);
  });

  test('after opening a vault: its four keys, wiped when it closes', async () => {
    const made = await newVault();
    let vault = made.vault;
    const allocated = await allocatedIn(async () => {
      vault = await secondHandle(made);
    });
    const keys = allocated.filter((bytes) => bytes.length === 32);
    expect(keys.filter((key) => !isZero(key))).toHaveLength(4);
    await vault.close();
    expect(keys.every(isZero)).toBe(true);
  });

  test('after a rotation: no master key, old or new, no workspace key, no data key', async () => {
    const made = await newVault();
    await sealNew(made.vault);
    const allocated = await allocatedIn(() =>
      succeed(rotateMasterKey({ ...made.options, compromised: true })),
    );
    expect(allocated.filter((bytes) => bytes.length === 32).length).toBeGreaterThan(10);
    // The MAC of the witness, by the workspace's new key.
    const mac = blobOf(made.directory, { file: 'vault.sqlite', table: 'witnesses', column: 'mac' });
    expect(allocated.filter((bytes) => bytes.length === 32 && !isZero(bytes))).toEqual([mac]);
    expect(allocated.filter((bytes) => bytes.includes('keyturn-master-key-1'))).toEqual([]);
  });

  test('after preparing a rotation, and once one is under way: no master key, nor a key of it', async () => {
    const made = await newVault();
    await sealNew(made.vault);
    const prepared = await allocatedIn(() => succeed(prepareMasterKeyRotation(made.options)));
    const killed = rotateWatched(made.options, (step) =>
      Promise.resolve(step === 5 ? 'kill-before' : 'go-on'),
    );
    await expect(killed()).rejects.toThrow(Killed);
    const underWay = await allocatedIn(() => succeed(prepareMasterKeyRotation(made.options)));
    for (const allocated of [prepared, underWay]) {
      expect(allocated.filter((bytes) => bytes.length === 32).length).toBeGreaterThan(3);
      expect(allocated.filter((bytes) => bytes.length === 32 && !isZero(bytes))).toEqual([]);
    }
  });

  test('after a coming master key could not be written: no key, and no rotation', async () => {
    const made = await newVault();
    const allocated = await allocatedIn(async () => {
      jest.spyOn(fs, 'fsyncSync').mockImplementationOnce(() => {
        throw Object.assign(new Error('failed'), { code: 'EIO' });
      });
      expect(await faultOf(rotateMasterKey(made.options))).toBe('unavailable');
    });
    expect(allocated.filter((bytes) => bytes.length === 32 && !isZero(bytes))).toEqual([]);
    expect(await succeed(readVaultInfo(made))).toMatchObject({ rotation: null });
  });

  test('after a vault went over to another master key: the new four keys, wiped when it closes', async () => {
    const made = await newVault();
    const { binding } = await sealNew(made.vault);
    let vault = made.vault;
    const opened = await allocatedIn(async () => {
      vault = await secondHandle(made);
    });
    const held = opened.filter((bytes) => bytes.length === 32 && !isZero(bytes));
    expect(held).toHaveLength(4);
    await succeed(rotateMasterKey(made.options));
    const anew = await allocatedIn(() => succeed(vault.open(openGate(binding), () => TE.right(undefined))));
    expect(held.every(isZero)).toBe(true);
    const present = anew.filter((bytes) => bytes.length === 32 && !isZero(bytes));
    expect(present).toHaveLength(4);
    await vault.close();
    expect(present.every(isZero)).toBe(true);
  });

  test('of digests: nothing after a box, its opening, a derived key', () => {
    const spy = jest.spyOn(hmacPrototype(), 'digest');
    const [key, context] = [randomBytes(32), { purpose: 'test', aad: [] }];
    expect(unbox(key, context, box(key, context, randomBytes(8)))?.length).toBe(8);
    deriveKey(key, 'test');
    keyIdOf(key);
    const digests = spy.mock.results.map(({ value }) => Buffer.isBuffer(value) && isZero(value));
    expect(digests).toEqual(Array.from({ length: 6 }, () => true));
  });
});
