import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { newDeployment, type Deployment } from './deployment';
import type { VaultFault } from './faults';
import { createMasterKeyFile, readMasterKeysNow } from './masterKeyFile';
import type { MasterKeySource } from './masterKey';
import { keysAnew, presentKeys } from './presentKeys';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';
import { tempDirectory } from './testSupport/tempDirectory';

const keyFile = async () => {
  const path = join(tempDirectory(), 'master.key');
  await succeed(createMasterKeyFile(path));
  return { path, key: readMasterKeysNow(path)[0] ?? Buffer.alloc(0) };
};

const sourceOf = (path: string): MasterKeySource => ({ kind: 'file', path });

const under = (key: Buffer): Deployment => newDeployment('d', key, { kind: 'file' }, 0);
const underAny = (): Deployment => under(randomBytes(32));

/** A vault that is under the next of these each time that it is read, and stays under the last. */
const turning = (first: Deployment, ...next: ReadonlyArray<Deployment>) => {
  const log = { readings: 0 };
  const readDeployment: TE.TaskEither<VaultFault, Deployment> = TE.fromIO(() => {
    const due = [first, ...next];
    const deployment = due[Math.min(log.readings, next.length)] ?? first;
    log.readings += 1;
    return deployment;
  });
  return { log, readDeployment };
};

describe('the present keys', () => {
  test('are had with one reading where nothing is rotated', async () => {
    const { path, key } = await keyFile();
    const deployment = under(key);
    const { log, readDeployment } = turning(deployment);
    const keys = await succeed(presentKeys(readDeployment, null, sourceOf(path)));
    expect(keys.masterKeyId).toEqual(deployment.masterKeyId);
    expect(log.readings).toBe(1);
  });

  test('are found when a rotation came between the row and the file, twice even', async () => {
    const { path, key } = await keyFile();
    const { log, readDeployment } = turning(underAny(), underAny(), underAny(), underAny(), under(key));
    expect(await faultOf(presentKeys(readDeployment, null, sourceOf(path)))).toBe('no fault');
    expect(log.readings).toBe(5);
  });

  test('are given up when the vault is under yet another key at each reading', async () => {
    const { path } = await keyFile();
    const { log, readDeployment } = turning(underAny(), ...Array.from({ length: 20 }, underAny));
    expect(await faultOf(presentKeys(readDeployment, null, sourceOf(path)))).toBe('master-key-wrong');
    expect(log.readings).toBe(5);
  });

  test('are not looked for again where the vault has stayed under a key that is not given', async () => {
    const { path } = await keyFile();
    const { log, readDeployment } = turning(underAny());
    expect(await faultOf(presentKeys(readDeployment, null, sourceOf(path)))).toBe('master-key-wrong');
    expect(log.readings).toBe(2);
  });

  test('are not looked for again after any other fault', async () => {
    const { log, readDeployment } = turning(underAny());
    const nowhere = sourceOf(join(tempDirectory(), 'none.key'));
    expect(await faultOf(presentKeys(readDeployment, null, nowhere))).toBe('master-key-missing');
    expect(log.readings).toBe(1);
  });
});

describe('for a vault that runs', () => {
  test('nothing is read again while it is under the key that is held', async () => {
    const deployment = underAny();
    const { log, readDeployment } = turning(deployment);
    const nowhere = sourceOf(join(tempDirectory(), 'none.key'));
    expect(await succeed(keysAnew(readDeployment, null, nowhere)(deployment.masterKeyId))).toEqual({
      still: deployment,
    });
    expect(log.readings).toBe(1);
  });

  test('the keys are taken from the file once it is under another', async () => {
    const { path, key } = await keyFile();
    const deployment = under(key);
    const { readDeployment } = turning(deployment);
    const keys = await succeed(keysAnew(readDeployment, null, sourceOf(path))(Buffer.alloc(8, 1)));
    expect(keys).toMatchObject({ keys: { masterKeyId: deployment.masterKeyId } });
  });

  test('the fault says what it went over from, and why it can not follow', async () => {
    const { readDeployment } = turning(underAny());
    const path = join(tempDirectory(), 'none.key');
    const outcome = await keysAnew(readDeployment, null, sourceOf(path))(Buffer.alloc(8, 1))();
    expect(outcome).toMatchObject(
      E.left({ code: 'master-key-missing', cause: { code: 'master-key-missing' } }),
    );
    expect(await messageOf(TE.fromEither(outcome))).toMatch(
      `the vault went over from master key ${'01'.repeat(8)}, which this process was opened with, to another: ` +
        `the master key's file ${path} can't be read (ENOENT)`,
    );
  });
});
