import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { faultOf, succeed } from '../testSupport/outcomes';
import { rotateWatched } from '../testSupport/rotations';
import { onEachStorage, type PlacedVault } from '../testSupport/storages';
import { sealNew, textOf } from '../testSupport/vaults';
import { rotateMasterKey } from './rotateMasterKey';

const SEAL_ANEW = { keyId: 'added afterwards' };

onEachStorage(({ emptyVault }) => {
  const sealedOf = async ({ sql }: Pick<PlacedVault, 'sql'>): Promise<Buffer> => {
    const [sealed] = await sql(`SELECT sealed FROM workspace_keys WHERE workspace_id = 'acme'`);
    if (!Buffer.isBuffer(sealed)) throw new Error('no key');
    return sealed;
  };
  const step = async ({ sql }: Pick<PlacedVault, 'sql'>): Promise<unknown> =>
    (await sql('SELECT step FROM rotation'))[0];

  /** A vault whose compromised key was rotated, and its workspace's key as it lay there before it was renewed. */
  const renewed = async () => {
    const made = await emptyVault();
    const row = await sealNew(made.vault);
    const before = await sealedOf(made);
    const seen: Buffer[] = [];
    await succeed(
      rotateWatched(
        made.options,
        async () => {
          if (seen.length === 0 && (await step(made)) === 'renewing') seen.push(await sealedOf(made));
          return 'go-on';
        },
        { compromised: true },
      ),
    );
    return { ...made, row, before, old: seen[0] ?? randomBytes(1) };
  };

  describe('I-19: after a renewal, a key of before', () => {
    test('as a successor seals nothing, opens nothing, and is told', async () => {
      const { vault, sql, old, row } = await renewed();
      await sql('UPDATE workspace_keys SET successor = $1', old);
      await expect(sealNew(vault, SEAL_ANEW)).rejects.toMatchObject({ code: 'tampered' });
      expect(await faultOf(textOf(vault, row.binding))).toBe('tampered');
      expect(await faultOf(vault.witnessOf('acme'))).toBe('tampered');
      await sql('UPDATE workspace_keys SET successor = NULL');
      await sealNew(vault, SEAL_ANEW);
    });

    test('in the place of the present one seals nothing, whatever it says of itself', async () => {
      const { vault, sql, old, before } = await renewed();
      for (const sealed of [old, before])
        for (const madeIn of [0, 1]) {
          await sql('UPDATE workspace_keys SET sealed = $1, made_in = $2', sealed, madeIn);
          await expect(sealNew(vault, SEAL_ANEW)).rejects.toMatchObject({ code: 'tampered' });
        }
    });

    test('does not count either when the rotation’s numbers are set back', async () => {
      const { sql, old, options } = await renewed();
      await sql('UPDATE workspace_keys SET sealed = $1, made_in = 0', old);
      await sql('UPDATE deployment SET renewed_in = 0');
      expect(await faultOf(rotateMasterKey(options))).toBe('tampered');
    });

    test('a successor that is the key itself is no successor, even while keys are renewed', async () => {
      const { vault, sql, row } = await renewed();
      const [sealed] = await sql('SELECT sealed FROM workspace_keys');
      if (!Buffer.isBuffer(sealed)) throw new Error('no key');
      await sql('UPDATE workspace_keys SET successor = $1', sealed);
      await sql(
        `INSERT INTO rotation (only_row, step, replaced_id) VALUES (1, 'renewing', $1)`,
        Buffer.alloc(8),
      );
      await expect(sealNew(vault, SEAL_ANEW)).rejects.toMatchObject({ code: 'tampered' });
      expect(await faultOf(textOf(vault, row.binding))).toBe('tampered');
    });

    test('that is taken up by the next rotation goes no further', async () => {
      const { vault, sql, old, options, row } = await renewed();
      await sql('UPDATE workspace_keys SET successor = $1', old);
      await succeed(rotateMasterKey(options));
      expect(await sql('SELECT successor FROM workspace_keys')).toEqual([null]);
      expect(await succeed(textOf(vault, row.binding))).toBe(row.text);
    });
  });

  describe('I-20: a renewal that is told that nothing is due', () => {
    test('fails, and is no success, where a row says that its key is new', async () => {
      const made = await emptyVault();
      const { binding, text } = await sealNew(made.vault);
      const deceived = rotateWatched(
        made.options,
        async () => {
          if ((await step(made)) === 'renewing') await made.sql('UPDATE workspace_keys SET made_in = 1');
          return 'go-on';
        },
        { compromised: true },
      );
      expect(await faultOf(deceived)).toBe('tampered');
      expect(await step(made)).toBe('renewing');
      // The row as it was: the rotation is taken up, and the key is renewed.
      await made.sql('UPDATE workspace_keys SET made_in = 0');
      expect(await succeed(rotateMasterKey(made.options))).toMatchObject({
        renewed: true,
        workspaceKeysRenewed: 1,
      });
      expect(await succeed(textOf(made.vault, binding))).toBe(text);
    });

    test('whose end is made up leaves nothing that opens', async () => {
      const made = await emptyVault();
      const { binding } = await sealNew(made.vault);
      const deceived = rotateWatched(
        made.options,
        async () => {
          await made.sql(`UPDATE rotation SET step = 'erasing' WHERE step = 'renewing'`);
          return 'go-on';
        },
        { compromised: true },
      );
      expect(await faultOf(deceived)).toBe('tampered');
      expect(await faultOf(textOf(made.vault, binding))).not.toBe('no fault');
    });
  });

  describe('I-21: what lies where keys are re-sealed to', () => {
    test('before a rotation begins is cleared', async () => {
      const { vault, sql, options } = await emptyVault();
      const { binding, text } = await sealNew(vault);
      await sql('UPDATE workspace_keys SET resealed = $1', randomBytes(114));
      expect(await succeed(rotateMasterKey(options))).toMatchObject({ workspaceKeysResealed: 1 });
      expect(await succeed(textOf(vault, binding))).toBe(text);
    });

    test('and is written while one is under way is re-sealed anew', async () => {
      const made = await emptyVault();
      const { binding, text } = await sealNew(made.vault);
      let written = false;
      const rotated = rotateWatched(made.options, async () => {
        if (!written && (await step(made)) === 'resealing') {
          await made.sql('UPDATE workspace_keys SET resealed = $1', randomBytes(114));
          written = true;
        }
        return 'go-on';
      });
      expect(await succeed(rotated)).toMatchObject({ workspaceKeysResealed: 1 });
      expect(written).toBe(true);
      expect(await succeed(textOf(made.vault, binding))).toBe(text);
    });

    test('and is written at the last moment keeps the vault with the key that it has', async () => {
      const made = await emptyVault();
      const { binding, text } = await sealNew(made.vault);
      const spoilt = async () => {
        await made.sql(
          'UPDATE workspace_keys SET resealed = $1 WHERE resealed IS NOT NULL',
          randomBytes(114),
        );
        return 'go-on' as const;
      };
      expect(await faultOf(rotateWatched(made.options, spoilt))).toBe('tampered');
      expect(await step(made)).toBe('resealing');
      expect(await succeed(textOf(made.vault, binding))).toBe(text);
      expect(await faultOf(rotateMasterKey(made.options))).toBe('no fault');
      expect(await succeed(textOf(made.vault, binding))).toBe(text);
    });
  });
});
