import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { openVault, readVaultInfo } from '../openVault';
import { onFile } from '../testSupport/database';
import { faultOf, succeed } from '../testSupport/outcomes';
import {
  byFile,
  Killed,
  keyPathOf,
  linesOf,
  openReader,
  rotateWatched,
  sealedDataKeys,
} from '../testSupport/rotations';
import { newVault, sealNew, textOf, type TestVault } from '../testSupport/vaults';
import { prepareMasterKeyRotation } from './prepare';
import type { RotateOptions } from './rotate';
import { rotateMasterKey } from './rotateMasterKey';

afterEach(() => {
  jest.restoreAllMocks();
});

/** A rotation before one of whose steps something else happens to the vault. */
const rotateWith = (
  { options }: TestVault,
  at: number,
  happens: () => Promise<unknown>,
  more: Partial<RotateOptions> = {},
) =>
  succeed(
    rotateWatched(
      options,
      async (step) => {
        if (step === at) await happens();
        return 'go-on';
      },
      more,
    ),
  );

const STEPS = Array.from({ length: 15 }, (_, index) => index + 1);

/** The steps of a rotation that takes its coming key, and that writes down that it has begun. */
const [TAKES, BEGINS] = [3, 4];

describe('a rotation that another one overtakes before its step', () => {
  test.each(STEPS)('%i renews the workspaces’ keys, where that one did not mean to', async (step) => {
    const made = await newVault();
    const { binding, text } = await sealNew(made.vault);
    const before = sealedDataKeys(made.directory);
    const overtake = () => succeed(rotateMasterKey(made.options));
    const report = await rotateWith(made, step, overtake, { compromised: true });
    const { masterKeyId, rotation } = await succeed(readVaultInfo(made));
    expect(rotation).toBeNull();
    expect(report).toMatchObject({ masterKeyId, renewed: true });
    expect(sealedDataKeys(made.directory)).not.toEqual(before);
    expect(linesOf(keyPathOf(made.options))).toHaveLength(1);
    expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });

  test.each(STEPS.slice(TAKES - 1))('%i makes no second one, where that one will do', async (step) => {
    const made = await newVault();
    const { binding, text } = await sealNew(made.vault);
    let overtaking = '';
    const report = await rotateWith(made, step, async () => {
      overtaking = (await succeed(rotateMasterKey(made.options))).masterKeyId;
    });
    const { masterKeyId, rotation } = await succeed(readVaultInfo(made));
    expect(rotation).toBeNull();
    expect(masterKeyId).toBe(overtaking);
    expect(report).toMatchObject({ masterKeyId, resumed: step <= BEGINS, renewed: false });
    expect(linesOf(keyPathOf(made.options))).toHaveLength(1);
    expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });
});

/** A vault with a rotation that does not renew, and that was killed as soon as it had begun. */
const plainOne = async () => {
  const made = await newVault({ busyTimeoutMs: 10 });
  const sealed = await sealNew(made.vault);
  const killed = rotateWatched(made.options, (step) =>
    Promise.resolve(step === BEGINS ? 'kill-behind' : 'go-on'),
  );
  await expect(killed()).rejects.toThrow(Killed);
  return { ...made, ...sealed };
};

test('the preparation of a rotation that another process overtakes puts no key into the file', async () => {
  const made = await newVault();
  const lines = linesOf(keyPathOf(made.options));
  const open = fs.openSync;
  // When the key file is read, the vault's row has been.
  jest.spyOn(fs, 'openSync').mockImplementationOnce((...args) => {
    onFile(made.directory, 'vault.sqlite', (db) =>
      db.exec('UPDATE deployment SET master_key_id = randomblob(8)'),
    );
    return open(...args);
  });
  expect(await faultOf(prepareMasterKeyRotation(made.options))).toBe('unavailable');
  expect(linesOf(keyPathOf(made.options))).toEqual(lines);
});

describe('a rotation for a compromised key takes up a plain one', () => {
  /** The step that makes it one that renews. */
  const CHANGES = 2;

  test('which is finished before it can be made one that renews: another is made after it', async () => {
    const made = await plainOne();
    const before = sealedDataKeys(made.directory);
    const finish = () => succeed(rotateMasterKey(made.options));
    const report = await rotateWith(made, CHANGES, finish, { compromised: true });
    expect(report).toMatchObject({ renewed: true, workspaceKeysRenewed: 1 });
    expect(sealedDataKeys(made.directory)).not.toEqual(before);
  });

  test('which is nearly finished before that: it is finished, and another is made after it', async () => {
    const made = await plainOne();
    const before = sealedDataKeys(made.directory);
    const finishNearly = async () => {
      const reader = openReader(made.directory);
      await rotateMasterKey(made.options)();
      reader.close();
      expect(await succeed(readVaultInfo(made))).toMatchObject({ rotation: { step: 'erasing' } });
    };
    const report = await rotateWith(made, CHANGES, finishNearly, { compromised: true });
    expect(report).toMatchObject({ renewed: true, workspaceKeysRenewed: 1 });
    expect(sealedDataKeys(made.directory)).not.toEqual(before);
  });
});

describe('a rotation that starts over', () => {
  /** The steps of it that take its coming key, and that drop the other one. */
  test.each([2, 3])(
    'does so again where another one did, with another key, before its step %i',
    async (step) => {
      const made = await plainOne();
      const elsewhere = byFile(join(dirname(keyPathOf(made.options)), 'elsewhere.key'));
      const startOverElsewhere = async () => {
        const killed = rotateMasterKey({
          ...made.options,
          newMasterKey: elsewhere,
          startOver: true,
          onProgress: () => {
            throw new Killed();
          },
        });
        await expect(killed()).rejects.toThrow(Killed);
      };
      const report = await rotateWith(made, step, startOverElsewhere, { startOver: true });
      expect(await succeed(readVaultInfo(made))).toMatchObject({
        masterKeyId: report.masterKeyId,
        rotation: null,
      });
      expect(await faultOf(openVault({ ...made.options, masterKey: elsewhere }))).toBe('master-key-wrong');
      expect(await succeed(textOf(made.vault, made.binding))).toBe(made.text);
    },
  );
});
