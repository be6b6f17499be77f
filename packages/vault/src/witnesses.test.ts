import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { rotateMasterKey } from './rotation/rotateMasterKey';
import { secretOf } from './testSupport/generators';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';
import { onEachStorage, type PlacedVault } from './testSupport/storages';
import { shred } from './testSupport/shredding';
import { bindingOf, sealNew, secondHandle, textOf } from './testSupport/vaults';
import type { Vault, Witness, WorkspaceHead } from './vault';

const genesis = (workspaceId: string): Witness => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(`keyring-${workspaceId}`.length);
  return {
    revision: -1,
    chain: createHash('sha256')
      .update('keyturn/genesis/1\0')
      .update(length)
      .update(`keyring-${workspaceId}`)
      .digest(),
  };
};

const headAt = (revision: number, workspaceId = 'acme'): WorkspaceHead => ({
  workspaceId,
  revision,
  chain: createHash('sha256').update(`${workspaceId} ${revision}`).digest(),
});

const witnessAt = (revision: number, workspaceId = 'acme'): Witness => {
  const { chain } = headAt(revision, workspaceId);
  return { revision, chain };
};

/** What became of each head: the revision that is kept, or the fault. */
const keep = async (vault: Vault, ...heads: ReadonlyArray<WorkspaceHead>) =>
  (await succeed(vault.keepWitnesses(heads))).map((outcome) =>
    E.isRight(outcome) ? outcome.right.revision : outcome.left.code,
  );

onEachStorage(({ newVault, emptyVault }) => {
  /** A vault that knows of a head of acme. */
  const witnessed = async (revision = 7, vault = emptyVault): Promise<PlacedVault> => {
    const made = await vault();
    await sealNew(made.vault);
    await keep(made.vault, headAt(revision));
    return made;
  };

  describe('the witness', () => {
    test('is none of a workspace that the vault has never heard of', async () => {
      const { vault } = await emptyVault();
      expect(await succeed(vault.witnessOf('acme'))).toBeNull();
    });

    test('is made with the workspace’s key, at the beginning of its stream', async () => {
      const { vault } = await emptyVault();
      await sealNew(vault);
      expect(await succeed(vault.witnessOf('acme'))).toEqual(genesis('acme'));
      await sealNew(vault, { workspaceId: 'umbrella' });
      expect(await succeed(vault.witnessOf('umbrella'))).toEqual(genesis('umbrella'));
    });

    test('rises, is the same in every handle, and does not fall', async () => {
      const made = await witnessed();
      expect(await succeed(made.vault.witnessOf('acme'))).toEqual(witnessAt(7));
      expect(await keep(made.vault, headAt(7), headAt(3), headAt(12))).toEqual([12, 12, 12]);
      expect(await keep(made.vault, headAt(11))).toEqual([12]);
      expect(await succeed((await secondHandle(made)).witnessOf('acme'))).toEqual(witnessAt(12));
    });

    test.each(['higher', 'lower'])(
      'stays, where one of several heads differs, with the %s one first',
      async (first) => {
        const { vault } = await witnessed();
        const heads = [headAt(9), { ...headAt(7), chain: randomBytes(32) }];
        const given = first === 'higher' ? heads : heads.reverse();
        expect(await keep(vault, ...given)).toEqual(['witness-differs', 'witness-differs']);
        expect(await succeed(vault.witnessOf('acme'))).toEqual(witnessAt(7));
      },
    );

    test('is kept of many workspaces at once, of new ones too', async () => {
      const { vault } = await witnessed();
      expect(await keep(vault, headAt(8), headAt(2, 'new'), headAt(0, 'newer'))).toEqual([8, 2, 0]);
      expect(await succeed(vault.witnessOf('new'))).toEqual(witnessAt(2, 'new'));
      expect(await succeed(vault.workspaceIds(null, 10))).toEqual(['acme', 'new', 'newer']);
    });

    test('differs from another event at its revision: of that workspace alone', async () => {
      const { vault } = await witnessed();
      const other = { ...headAt(7), chain: randomBytes(32) };
      expect(await keep(vault, headAt(4, 'first'), other, headAt(5, 'last'))).toEqual([
        4,
        'witness-differs',
        5,
      ]);
      const outcomes = await succeed(vault.keepWitnesses([other]));
      expect(outcomes).toMatchObject([
        { left: { message: expect.stringContaining('workspace acme') as unknown } },
      ]);
      expect(await succeed(vault.witnessOf('acme'))).toEqual(witnessAt(7));
      // Two that differ from each other keep neither.
      expect(await keep(vault, headAt(9), { ...headAt(9), chain: randomBytes(32) })).toEqual([
        'witness-differs',
        'witness-differs',
      ]);
      expect(await succeed(vault.witnessOf('acme'))).toEqual(witnessAt(7));
    });

    test('falls when an operator accepts it, whatever stood there', async () => {
      const { vault, sql } = await witnessed();
      expect(await succeed(vault.lowerWitness('acme', headAt(3)))).toEqual(witnessAt(3));
      await sql('DELETE FROM witnesses');
      expect(await succeed(vault.lowerWitness('acme', genesis('acme')))).toEqual(genesis('acme'));
      await sql('UPDATE witnesses SET mac = $1', randomBytes(32));
      expect(await succeed(vault.lowerWitness('acme', genesis('acme')))).toEqual(genesis('acme'));
      expect(await succeed(vault.witnessOf('acme'))).toEqual(genesis('acme'));
      expect(await succeed(vault.lowerWitness('new', headAt(3, 'new')))).toEqual(witnessAt(3, 'new'));
    });

    test('is of no head that can not be one', async () => {
      const { vault } = await witnessed();
      for (const bad of [{ revision: -2 }, { revision: 1.5 }, { chain: randomBytes(31) }]) {
        expect(() => vault.keepWitnesses([{ ...headAt(8), ...bad }])).toThrow('a head has a revision');
        expect(() => vault.lowerWitness('acme', { ...headAt(8), ...bad })).toThrow('a head has a revision');
        expect(() =>
          vault.shredTogether([{ workspaceId: 'acme', keyIds: [], head: { ...headAt(8), ...bad } }]),
        ).toThrow('a head has a revision');
      }
    });

    test('survives a rotation, and a renewal of the workspaces’ keys', async () => {
      const { vault, options, sql } = await witnessed();
      const macs = [await sql('SELECT mac FROM witnesses')];
      for (const compromised of [false, true]) {
        await succeed(rotateMasterKey({ ...options, compromised }));
        expect(await succeed(vault.witnessOf('acme'))).toEqual(witnessAt(7));
        macs.push(await sql('SELECT mac FROM witnesses'));
      }
      expect(macs[1]).toEqual(macs[0]);
      expect(macs[2]).not.toEqual(macs[0]);
      expect(await keep(vault, headAt(8))).toEqual([8]);
    });
  });

  describe('a witness that is not what was kept', () => {
    const spoilt: ReadonlyArray<readonly [string, (made: PlacedVault) => Promise<unknown>]> = [
      ['is missing', ({ sql }) => sql('DELETE FROM witnesses')],
      ['has another revision', ({ sql }) => sql('UPDATE witnesses SET revision = 6')],
      ['has a revision that is none', ({ sql }) => sql('UPDATE witnesses SET revision = -2')],
      ['has another chain value', ({ sql }) => sql('UPDATE witnesses SET chain = $1', randomBytes(32))],
      ['has another MAC', ({ sql }) => sql('UPDATE witnesses SET mac = $1', randomBytes(32))],
      ['has a MAC that was cut', ({ sql }) => sql('UPDATE witnesses SET mac = $1', randomBytes(31))],
      [
        'is another workspace’s',
        async ({ sql, vault }) => {
          await keep(vault, headAt(7, 'umbrella'));
          await sql(`DELETE FROM witnesses WHERE workspace_id = 'acme'`);
          await sql(`UPDATE witnesses SET workspace_id = 'acme' WHERE workspace_id = 'umbrella'`);
        },
      ],
      [
        'is another deployment’s',
        async ({ sql }) => {
          const other = await witnessed(9, newVault);
          const [revision, chain, mac] = await other.sql('SELECT revision, chain, mac FROM witnesses');
          if (typeof revision !== 'number' || !Buffer.isBuffer(chain) || !Buffer.isBuffer(mac))
            throw new Error('no witness');
          await sql('UPDATE witnesses SET revision = $1, chain = $2, mac = $3', revision, chain, mac);
        },
      ],
    ];

    test.each(spoilt)('%s: every call for its workspace says so, and others go on', async (_, spoil) => {
      const made = await witnessed();
      const { binding } = await sealNew(made.vault, { keyId: 'key-2' });
      await spoil(made);
      const { vault } = made;
      expect(await messageOf(vault.witnessOf('acme'))).toContain('newest event of workspace acme');
      const secret = secretOf('another-secret-of-the-test');
      const calls: ReadonlyArray<TE.TaskEither<unknown, unknown>> = [
        vault.witnessOf('acme'),
        vault.seal(bindingOf(vault, secret, { keyId: 'key-3' }), secret),
        vault.freeze(binding),
        textOf(vault, binding),
        shred(vault, 'acme', ['key-2']),
      ];
      for (const call of calls) expect(await faultOf(call)).toBe('witness-damaged');
      expect(await keep(vault, headAt(9), headAt(4, 'other'))).toEqual(['witness-damaged', 4]);
      expect(await succeed(vault.rowsOf('acme'))).toMatchObject([
        { keyId: 'key-1', state: 'live' },
        { keyId: 'key-2', state: 'live' },
      ]);
    });

    test('stays so through a renewal of the workspaces’ keys, missing or altered', async () => {
      for (const statement of ['DELETE FROM witnesses', 'UPDATE witnesses SET revision = 6']) {
        const { vault, options, sql } = await witnessed();
        await sql(statement);
        await succeed(rotateMasterKey({ ...options, compromised: true }));
        expect(await faultOf(vault.witnessOf('acme'))).toBe('witness-damaged');
      }
    });
  });

  describe('a call for a workspace', () => {
    test('gives the witness: a seal, and a freeze', async () => {
      const { vault } = await witnessed();
      const secret = secretOf('another-secret-of-the-test');
      const binding = bindingOf(vault, secret, { keyId: 'key-3' });
      expect(await succeed(vault.seal(binding, secret))).toEqual(witnessAt(7));
      expect(await succeed(vault.freeze(binding))).toEqual(witnessAt(7));
    });

    test('a release is confirmed with it, and anew when it rises meanwhile', async () => {
      const { vault } = await emptyVault();
      const { binding, text } = await sealNew(vault);
      const seen: Witness[] = [];
      const opened = vault.open(
        {
          authorise: TE.right(binding),
          confirm: (witness) => async () => {
            seen.push(witness);
            if (seen.length < 3) await keep(vault, headAt(seen.length));
            return E.right(undefined);
          },
        },
        (secret) => TE.right(Buffer.from(secret.bytes()).toString('latin1')),
      );
      expect(await succeed(opened)).toBe(text);
      expect(seen).toEqual([genesis('acme'), witnessAt(1), witnessAt(2)]);
    });

    test('a release fails that is not confirmed with what has risen', async () => {
      const { vault } = await emptyVault();
      const { binding } = await sealNew(vault);
      const opened = vault.open<string, number>(
        {
          authorise: TE.right(binding),
          confirm: (witness) => async () => {
            await keep(vault, headAt(1));
            return witness.revision === 1 ? E.left('not in the log') : E.right(undefined);
          },
        },
        () => TE.right(1),
      );
      expect(await faultOf(opened)).toBe('not in the log');
    });

    test('a shred keeps its head before anything goes, and each receipt has the witness', async () => {
      const { vault } = await witnessed();
      for (const workspaceId of ['one', 'two']) await sealNew(vault, { workspaceId });
      const receipts = await succeed(
        vault.shredTogether([
          { workspaceId: 'acme', keyIds: ['key-1'], head: witnessAt(9) },
          { workspaceId: 'one', keyIds: ['key-1'] },
          { workspaceId: 'two', keyIds: ['key-1'], head: { revision: -1, chain: randomBytes(32) } },
          { workspaceId: 'unheard-of', keyIds: ['key-1'], head: witnessAt(9) },
          { workspaceId: 'acme', keyIds: ['key-2'], head: witnessAt(8) },
        ]),
      );
      expect(receipts).toMatchObject([
        { right: { secretsDestroyed: 1, witness: witnessAt(9) } },
        { right: { secretsDestroyed: 1, witness: genesis('one') } },
        { left: { code: 'witness-differs' } },
        { right: { secretsDestroyed: 0, witness: null } },
        { right: { secretsDestroyed: 0, witness: witnessAt(9) } },
      ]);
      expect(await succeed(vault.witnessOf('acme'))).toEqual(witnessAt(9));
      expect(await succeed(vault.rowsOf('two'))).toMatchObject([{ state: 'live' }]);
      expect(await succeed(vault.rowsOf('acme'))).toEqual([]);
    });

    test('a vault that went over to another master key keeps and shreds all the same', async () => {
      const made = await witnessed();
      const other = await secondHandle(made);
      await succeed(rotateMasterKey({ ...made.options, compromised: true }));
      expect(await keep(other, headAt(8))).toEqual([8]);
      await succeed(rotateMasterKey(made.options));
      expect(await succeed(shred(other, 'acme', ['key-1']))).toMatchObject({
        secretsDestroyed: 1,
        witness: witnessAt(8),
      });
    });
  });
});
