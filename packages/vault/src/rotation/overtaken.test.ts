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
  underMasterKey,
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

const steps = (from: number, to: number): ReadonlyArray<number> =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The steps of a rotation that takes its coming key, and that writes down that it has begun. */
const [TAKES, BEGINS, FINISHES] = [3, 4, 11];
/** The step of one that starts over by which it writes that down. */
const BEGINS_OVER = 3;

describe('a rotation that another one overtakes before its step', () => {
  test.each(steps(1, 25))('%i renews the workspaces’ keys, where that one did not mean to', async (step) => {
    const made = await newVault();
    const { binding, text } = await sealNew(made.vault);
    const before = sealedDataKeys(made.directory);
    const overtake = jest.fn(() => succeed(rotateMasterKey(made.options)));
    const report = await rotateWith(made, step, overtake, { compromised: true });
    expect(overtake).toHaveBeenCalledTimes(1);
    const { masterKeyId, rotation } = await succeed(readVaultInfo(made));
    expect(rotation).toBeNull();
    expect(report).toMatchObject({ masterKeyId, renewed: true });
    expect(sealedDataKeys(made.directory)).not.toEqual(before);
    expect(linesOf(keyPathOf(made.options))).toHaveLength(1);
    expect(await succeed(textOf(made.vault, binding))).toBe(text);
  });

  test.each(steps(TAKES, 15))('%i makes no second one, where that one will do', async (step) => {
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

test('a rotation that takes up another one’s end looks for what that one replaced, not for its own', async () => {
  const made = await newVault({ busyTimeoutMs: 10 });
  await sealNew(made.vault);
  const journal = join(made.directory, 'vault.sqlite-journal');
  const rotateTwice = async () => {
    await succeed(rotateMasterKey(made.options));
    const [underSecond = Buffer.alloc(0)] = underMasterKey(made.directory);
    const reader = openReader(made.directory);
    expect(await faultOf(rotateMasterKey(made.options))).toBe('rotation-incomplete');
    reader.close();
    fs.writeFileSync(journal, Buffer.concat([Buffer.alloc(5_000), underSecond]));
  };
  const rotating = rotateWith(made, FINISHES, rotateTwice);
  await expect(rotating).rejects.toMatchObject({ code: 'rotation-incomplete' });
  fs.rmSync(journal);
  expect((await succeed(rotateMasterKey(made.options))).checks.at(-1)).toContain('none found');
});

describe('a rotation that starts over', () => {
  test('renews what another process began to renew in that moment', async () => {
    const made = await plainOne();
    const before = sealedDataKeys(made.directory);
    const beginToRenew = async () => {
      const killed = rotateWatched(
        made.options,
        (step) => Promise.resolve(step === BEGINS_OVER ? 'kill-behind' : 'go-on'),
        { compromised: true, startOver: true },
      );
      await expect(killed()).rejects.toThrow(Killed);
    };
    const report = await rotateWith(made, BEGINS_OVER, beginToRenew, { startOver: true });
    expect(report).toMatchObject({ renewed: true, workspaceKeysRenewed: 1 });
    expect(sealedDataKeys(made.directory)).not.toEqual(before);
  });

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
