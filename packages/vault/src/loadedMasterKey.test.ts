import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { formatMasterKeys } from './masterKeyLines';
import { createVault, openVault } from './openVault';
import { rotateMasterKey } from './rotation/rotateMasterKey';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';
import { tempDirectory } from './testSupport/tempDirectory';
import { closedAfterwards, sealNew } from './testSupport/vaults';

const loaded = (load: () => Promise<Uint8Array>) => ({ kind: 'loaded' as const, load });

/** Gives a new copy each time, as a key management service does. */
const serviceOf = (key: Uint8Array) => {
  const given: Uint8Array[] = [];
  return {
    given,
    masterKey: loaded(() => {
      const copy = Uint8Array.from(key);
      given.push(copy);
      return Promise.resolve(copy);
    }),
  };
};

const newVault = async (key: Uint8Array) => {
  const directory = join(tempDirectory(), 'vault');
  const service = serviceOf(key);
  const vault = closedAfterwards(await succeed(createVault({ directory, masterKey: service.masterKey })));
  return { directory, service, vault };
};

describe('a master key that is loaded', () => {
  test('makes and opens a vault, and what the service gave is wiped', async () => {
    const { directory, service, vault } = await newVault(randomBytes(32));
    await sealNew(vault);
    closedAfterwards(await succeed(openVault({ directory, masterKey: service.masterKey })));
    expect(service.given).toHaveLength(2);
    for (const bytes of service.given) expect([...bytes].some((byte) => byte !== 0)).toBe(false);
  });

  test('is the same key as in a file', async () => {
    const key = randomBytes(32);
    const { directory } = await newVault(key);
    const path = join(tempDirectory(), 'master.key');
    writeFileSync(path, formatMasterKeys([key]), { mode: 0o600 });
    const opened = openVault({ directory, masterKey: { kind: 'file', path } });
    expect(closedAfterwards(await succeed(opened)).deploymentId).toHaveLength(36);
  });

  test('opens no vault of another key', async () => {
    const { directory } = await newVault(randomBytes(32));
    const { masterKey } = serviceOf(randomBytes(32));
    await expect(faultOf(openVault({ directory, masterKey }))).resolves.toBe('master-key-wrong');
  });

  test.each([
    ['too short', () => Promise.resolve(randomBytes(31))],
    ['too long', () => Promise.resolve(randomBytes(33))],
    ['all zeros', () => Promise.resolve(new Uint8Array(32))],
    ['not to be had', () => Promise.reject(new Error('the service is away'))],
  ])('that is %s is none', async (_what, load) => {
    const { directory } = await newVault(randomBytes(32));
    await expect(faultOf(openVault({ directory, masterKey: loaded(load) }))).resolves.toBe(
      'master-key-missing',
    );
  });

  test('is rotated by its own service, not here', async () => {
    const { directory, service } = await newVault(randomBytes(32));
    const rotation = rotateMasterKey({ directory, masterKey: service.masterKey });
    await expect(messageOf(rotation)).resolves.toContain('not rotated here');
  });
});
