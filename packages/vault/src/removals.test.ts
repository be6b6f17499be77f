import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { rotateMasterKey } from './rotation/rotateMasterKey';
import { onFile } from './testSupport/database';
import { faultOf, messageOf, succeed } from './testSupport/outcomes';
import { shred } from './testSupport/shredding';
import { onEachStorage, type PlacedVault } from './testSupport/storages';
import { sealNew, secondHandle } from './testSupport/vaults';
import type { Removal } from './vault';

const removalOf = (keyId: string, more: Partial<Removal> = {}): Removal => ({
  keyId,
  fingerprint: `fingerprint of ${keyId}`,
  hardDeleted: true,
  leaked: false,
  ...more,
});

const [DELETED, LEAKED] = [removalOf('key-1'), removalOf('key-2', { hardDeleted: false, leaked: true })];

onEachStorage(({ kind, newVault, emptyVault }) => {
  /** A vault that remembers of acme that one key was hard-deleted, and that another one leaked. */
  const remembering = async (vault = emptyVault): Promise<PlacedVault> => {
    const made = await vault();
    await sealNew(made.vault);
    await succeed(made.vault.keepRemovals('acme', [DELETED, LEAKED]));
    return made;
  };

  describe('hard deletes and leaks', () => {
    test('are none of a workspace that the vault has never heard of', async () => {
      const { vault } = await emptyVault();
      expect(await succeed(vault.removalsOf('acme'))).toEqual([]);
      await succeed(vault.keepRemovals('acme', []));
      expect(await succeed(vault.workspaceIds(null, 10))).toEqual([]);
    });

    test('are kept of a new workspace, which gets its key, and its witness', async () => {
      const { vault } = await emptyVault();
      await succeed(vault.keepRemovals('new', [DELETED]));
      expect(await succeed(vault.removalsOf('new'))).toEqual([DELETED]);
      expect(await succeed(vault.witnessOf('new'))).toMatchObject({ revision: -1 });
      expect(await succeed(vault.removalsOf('acme'))).toEqual([]);
    });

    test('are the same in every handle, the oldest first, of one workspace alone', async () => {
      const made = await remembering();
      await succeed(made.vault.keepRemovals('umbrella', [removalOf('key-9')]));
      const other = await secondHandle(made);
      await succeed(other.keepRemovals('acme', [removalOf('key-0')]));
      const all = [DELETED, LEAKED, removalOf('key-0')];
      expect(await succeed(made.vault.removalsOf('acme'))).toEqual(all);
      expect(await succeed(other.removalsOf('acme'))).toEqual(all);
      expect(await succeed(other.removalsOf('umbrella'))).toEqual([removalOf('key-9')]);
    });

    test('are kept once when they are kept twice, and nothing is written then', async () => {
      const { vault, sql } = await remembering();
      const rows = () => sql('SELECT ordinal, key_id, mac FROM removals ORDER BY ordinal');
      const before = await rows();
      await succeed(vault.keepRemovals('acme', [LEAKED, DELETED, LEAKED]));
      expect(await rows()).toEqual(before);
    });

    test('add up for a key, in its place: a flag never falls', async () => {
      const { vault } = await remembering();
      const leakedToo = { ...DELETED, hardDeleted: false, leaked: true };
      await succeed(vault.keepRemovals('acme', [removalOf('key-3'), leakedToo, DELETED]));
      expect(await succeed(vault.removalsOf('acme'))).toEqual([
        { ...DELETED, leaked: true },
        LEAKED,
        removalOf('key-3'),
      ]);
      // Of one call, too.
      const [first, second] = [removalOf('key-4'), removalOf('key-4', { hardDeleted: false, leaked: true })];
      await succeed(vault.keepRemovals('acme', [first, second, first]));
      expect((await succeed(vault.removalsOf('acme'))).at(-1)).toEqual({ ...first, leaked: true });
    });

    test('are kept of each fingerprint of a key', async () => {
      const { vault } = await remembering();
      const another = { ...LEAKED, fingerprint: 'another' };
      await succeed(vault.keepRemovals('acme', [another]));
      expect(await succeed(vault.removalsOf('acme'))).toEqual([DELETED, LEAKED, another]);
    });

    test('are no such that say nothing, or whose text is none', async () => {
      const { vault } = await remembering();
      for (const more of [{ hardDeleted: false }, { keyId: '\ud800' }, { fingerprint: '\udc00' }])
        expect(() => vault.keepRemovals('acme', [LEAKED, { ...DELETED, ...more }])).toThrow(RangeError);
    });

    test('are not taken for stored where something swallows them', async () => {
      const { vault, sql, place } = await remembering(newVault);
      if (kind === 'postgres') {
        await sql("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
        await sql('CREATE TRIGGER t BEFORE INSERT ON removals FOR EACH ROW EXECUTE FUNCTION no()');
      } else if ('directory' in place) {
        onFile(place.directory, 'vault.sqlite', (db) =>
          db.exec('CREATE TRIGGER t BEFORE INSERT ON removals BEGIN SELECT RAISE(IGNORE); END'),
        );
      }
      expect(await faultOf(vault.keepRemovals('acme', [removalOf('key-3')]))).toBe('not-writable');
      expect(await succeed(vault.removalsOf('acme'))).toEqual([DELETED, LEAKED]);
    });

    test('outlive the rows of their keys', async () => {
      const { vault } = await remembering();
      await succeed(shred(vault, 'acme', ['key-1']));
      expect(await succeed(vault.rowsOf('acme'))).toEqual([]);
      expect(await succeed(vault.removalsOf('acme'))).toEqual([DELETED, LEAKED]);
    });

    test('survive a rotation, and a renewal of the workspaces’ keys, with new MACs', async () => {
      const made = await remembering();
      const { vault, options, sql } = made;
      const other = await secondHandle(made);
      const macs = [await sql('SELECT mac FROM removals ORDER BY ordinal')];
      for (const compromised of [false, true]) {
        await succeed(rotateMasterKey({ ...options, compromised }));
        expect(await succeed(vault.removalsOf('acme'))).toEqual([DELETED, LEAKED]);
        macs.push(await sql('SELECT mac FROM removals ORDER BY ordinal'));
      }
      expect(macs[1]).toEqual(macs[0]);
      for (const mac of macs[2] ?? []) expect(macs[0]).not.toContainEqual(mac);
      expect(macs[2]).toHaveLength(2);
      // A handle that has seen neither keeps all the same.
      await succeed(other.keepRemovals('acme', [{ ...DELETED, leaked: true }, removalOf('key-3')]));
      expect(await succeed(vault.removalsOf('acme'))).toEqual([
        { ...DELETED, leaked: true },
        LEAKED,
        removalOf('key-3'),
      ]);
    });
  });

  describe('what is remembered, and not what was kept', () => {
    const spoilt: ReadonlyArray<readonly [string, (made: PlacedVault) => Promise<unknown>]> = [
      ['has no hard delete', ({ sql }) => sql(`UPDATE removals SET hard_deleted = 0 WHERE key_id = 'key-1'`)],
      ['has a leak', ({ sql }) => sql(`UPDATE removals SET leaked = 1 WHERE key_id = 'key-1'`)],
      ['has another key', ({ sql }) => sql(`UPDATE removals SET key_id = 'key-8' WHERE key_id = 'key-1'`)],
      [
        'has another fingerprint',
        ({ sql }) => sql(`UPDATE removals SET fingerprint = 'x' WHERE ordinal = 0`),
      ],
      ['has another MAC', ({ sql }) => sql('UPDATE removals SET mac = $1', randomBytes(32))],
      ['has a MAC that was cut', ({ sql }) => sql('UPDATE removals SET mac = $1', randomBytes(31))],
      ['lacks one before another', ({ sql }) => sql('DELETE FROM removals WHERE ordinal = 0')],
      ['has a place that is none', ({ sql }) => sql('UPDATE removals SET ordinal = -1 WHERE ordinal = 0')],
      [
        'is in another order',
        async ({ sql }) => {
          await sql('UPDATE removals SET ordinal = 2 WHERE ordinal = 0');
          await sql('UPDATE removals SET ordinal = 0 WHERE ordinal = 1');
          await sql('UPDATE removals SET ordinal = 1 WHERE ordinal = 2');
        },
      ],
      [
        'has one of another place a second time',
        ({ sql }) =>
          sql(`INSERT INTO removals SELECT workspace_id, 2, key_id, fingerprint, hard_deleted, leaked, mac
               FROM removals WHERE ordinal = 0`),
      ],
      [
        'is another workspace’s',
        async ({ sql, vault }) => {
          await succeed(vault.keepRemovals('umbrella', [DELETED]));
          await sql(`DELETE FROM removals WHERE workspace_id = 'acme'`);
          await sql(`UPDATE removals SET workspace_id = 'acme' WHERE workspace_id = 'umbrella'`);
        },
      ],
      [
        'is another deployment’s',
        async ({ sql }) => {
          const [mac] = await (await remembering(newVault)).sql('SELECT mac FROM removals WHERE ordinal = 0');
          if (!Buffer.isBuffer(mac)) throw new Error('no MAC');
          await sql('UPDATE removals SET mac = $1 WHERE ordinal = 0', mac);
        },
      ],
    ];

    test.each(spoilt)('%s: it is a fault that names the workspace, and others go on', async (_, spoil) => {
      const made = await remembering();
      const { vault } = made;
      await spoil(made);
      await succeed(vault.keepRemovals('other', [DELETED]));
      expect(await faultOf(vault.removalsOf('acme'))).toBe('witness-damaged');
      expect(await messageOf(vault.removalsOf('acme'))).toContain('hard deletes and leaks of workspace acme');
      expect(await succeed(vault.removalsOf('other'))).toEqual([DELETED]);
    });

    test('is not written over, and nothing is kept with it; of other keys it is', async () => {
      const { vault, sql } = await remembering();
      const rows = () =>
        sql('SELECT ordinal, key_id, hard_deleted, leaked, mac FROM removals ORDER BY ordinal');
      await sql(`UPDATE removals SET hard_deleted = 0 WHERE key_id = 'key-1'`);
      const before = await rows();
      expect(await faultOf(vault.keepRemovals('acme', [removalOf('key-3'), DELETED]))).toBe(
        'witness-damaged',
      );
      expect(await rows()).toEqual(before);
      await succeed(vault.keepRemovals('acme', [removalOf('key-3')]));
      expect((await rows()).length).toBeGreaterThan(before.length);
    });

    test('stays so through a renewal of the workspaces’ keys', async () => {
      const { vault, options, sql } = await remembering();
      await sql(`UPDATE removals SET leaked = 1 WHERE key_id = 'key-1'`);
      await succeed(rotateMasterKey({ ...options, compromised: true }));
      expect(await faultOf(vault.removalsOf('acme'))).toBe('witness-damaged');
    });

    test('is no row from before a renewal, which who has the old master key could have made', async () => {
      const { vault, options, sql } = await remembering();
      const [mac] = await sql('SELECT mac FROM removals WHERE ordinal = 0');
      if (!Buffer.isBuffer(mac)) throw new Error('no MAC');
      await succeed(rotateMasterKey({ ...options, compromised: true }));
      await sql('UPDATE removals SET mac = $1 WHERE ordinal = 0', mac);
      expect(await faultOf(vault.removalsOf('acme'))).toBe('witness-damaged');
    });

    test('is what is left when the workspace’s key is gone, and when it has another', async () => {
      const { vault, sql } = await remembering();
      await sql('DELETE FROM witnesses');
      await sql('DELETE FROM workspace_keys');
      expect(await faultOf(vault.removalsOf('acme'))).toBe('witness-damaged');
      expect(await faultOf(vault.keepRemovals('acme', [DELETED]))).toBe('witness-damaged');
      expect(await faultOf(vault.removalsOf('acme'))).toBe('witness-damaged');
    });

    test('or the workspace’s key is: tampered, to read and to keep', async () => {
      const { vault, sql } = await remembering();
      await sql('UPDATE workspace_keys SET sealed = $1', randomBytes(120));
      expect(await faultOf(vault.removalsOf('acme'))).toBe('tampered');
      expect(await faultOf(vault.keepRemovals('acme', [DELETED]))).toBe('tampered');
    });
  });
});
