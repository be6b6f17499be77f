import { copyFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openVault } from '../openVault';
import { randomText, secretOf } from '../testSupport/generators';
import { faultOf, messageOf, succeed } from '../testSupport/outcomes';
import { byFile, keyPathOf, linesOf, rotateWatched } from '../testSupport/rotations';
import { bindingOf, sealNew, textOf } from '../testSupport/vaults';
import { prepareMasterKeyRotation } from './prepare';
import { rotateMasterKey } from './rotateMasterKey';
import { onEachStorage } from '../testSupport/storages';

onEachStorage(({ emptyVault }) => {
  describe('several machines, each with a copy of the key file', () => {
    /** A vault, a copy of its key file, and a service that was opened with the copy. */
    const withCopy = async () => {
      const made = await emptyVault();
      const sealed = await sealNew(made.vault);
      const path = keyPathOf(made.options);
      const copy = join(dirname(path), 'copy.key');
      copyFileSync(path, copy);
      const elsewhere = await succeed(openVault({ ...made.options, masterKey: byFile(copy) }));
      return { ...made, ...sealed, path, copy, elsewhere };
    };

    test('a prepared file, copied before, keeps their services going', async () => {
      const { options, path, copy, elsewhere, binding, text } = await withCopy();
      const prepared = await succeed(prepareMasterKeyRotation(options));
      expect(linesOf(path)).toHaveLength(2);
      expect(await succeed(prepareMasterKeyRotation(options))).toEqual(prepared);
      copyFileSync(path, copy);
      const report = await succeed(rotateMasterKey(options));
      expect(report).toMatchObject({
        masterKeyId: prepared.comingMasterKeyId,
        replacedMasterKeyId: prepared.masterKeyId,
      });
      expect(await succeed(textOf(elsewhere, binding))).toBe(text);
      await elsewhere.close();
      const again = await succeed(openVault({ ...options, masterKey: byFile(copy) }));
      expect(await succeed(textOf(again, binding))).toBe(text);
      await again.close();
      // There, too, the rotation ends with one line in the file.
      const there = await succeed(rotateMasterKey({ ...options, masterKey: byFile(copy) }));
      expect(there).toMatchObject({
        masterKeyId: prepared.comingMasterKeyId,
        replacedMasterKeyId: prepared.masterKeyId,
        resumed: true,
        workspaceKeysResealed: 0,
      });
      expect(readFileSync(copy)).toEqual(readFileSync(path));
    });

    test('one that was forgotten: its service says which key it lacks, and goes on once it is there', async () => {
      const { options, path, copy, elsewhere, binding, text } = await withCopy();
      const { masterKeyId, replacedMasterKeyId } = await succeed(rotateMasterKey(options));
      expect(await messageOf(textOf(elsewhere, binding))).toBe(
        `the vault went over from master key ${replacedMasterKeyId}, which this process was opened with, to another: ` +
          `this vault was sealed with master key ${masterKeyId}, and ${copy} holds ${replacedMasterKeyId}: give the ` +
          `right one (a vault that was restored from a backup needs the master key of that time)`,
      );
      const secret = secretOf(randomText());
      const another = bindingOf(elsewhere, secret, { workspaceId: 'new' });
      expect(await faultOf(elsewhere.seal(another, secret))).toBe('master-key-wrong');
      copyFileSync(path, copy);
      expect(await succeed(textOf(elsewhere, binding))).toBe(text);
      expect(await faultOf(elsewhere.seal(another, secret))).toBe('no fault');
      await elsewhere.close();
    });

    test('the rotation goes on from a machine that has both keys, and from no other', async () => {
      const { options, path, copy, elsewhere } = await withCopy();
      await elsewhere.close();
      const { masterKeyId, comingMasterKeyId } = await succeed(prepareMasterKeyRotation(options));
      const killed = rotateWatched(options, (step) => Promise.resolve(step === 6 ? 'kill-before' : 'go-on'));
      await expect(killed()).rejects.toThrow();
      const there = rotateMasterKey({ ...options, masterKey: byFile(copy) });
      expect(await faultOf(there)).toBe('master-key-wrong');
      expect(await messageOf(there)).toBe(
        `a rotation of this vault's master key is under way, from ${masterKeyId} to ${comingMasterKeyId}, ` +
          `and ${copy} holds ${masterKeyId}: give the new key of where it was begun as well, ` +
          'or start over with another new key: until the rotation is finished, the present one opens everything',
      );
      expect(linesOf(copy)).toHaveLength(1);
      copyFileSync(path, copy);
      expect(await succeed(there)).toMatchObject({ masterKeyId: comingMasterKeyId, resumed: true });
    });
  });
});
