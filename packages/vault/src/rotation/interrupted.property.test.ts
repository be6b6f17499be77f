import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import * as fc from 'fast-check';
import { openVault, readVaultInfo } from '../openVault';
import { faultOf, succeed } from '../testSupport/outcomes';
import { byFile, Killed, keyPathOf, linesOf, rotateWatched } from '../testSupport/rotations';
import { sealNew, secondHandle, textOf } from '../testSupport/vaults';
import type { Vault } from '../vault';
import { onEachStorage, sealedDataKeys, underMasterKey } from '../testSupport/storages';
import { shred } from '../testSupport/shredding';

/** What another process does at a step of the rotation. */
const acts = fc.record({
  step: fc.integer({ min: 1, max: 30 }),
  what: fc.constantFrom('open', 'seal', 'seal in a new workspace', 'shred', 'rotate, too', 'open the vault'),
  by: fc.nat({ max: 1 }),
});

const schedules = fc.record({
  compromised: fc.boolean(),
  workspaces: fc.integer({ min: 1, max: 3 }),
  /** Each ends one run of the rotation at a step, before it or behind it. */
  kills: fc.array(fc.record({ step: fc.integer({ min: 1, max: 25 }), behind: fc.boolean() }), {
    maxLength: 3,
  }),
  acts: fc.array(acts, { maxLength: 8 }),
});

/** On PostgreSQL each run ends with tables written anew and a checkpoint. */
const RUNS = { sqlite: longRuns(25), postgres: longRuns(8) };

onEachStorage(({ newVault, kind }) => {
  test('a rotation that is killed anywhere and run again: every secret opens all along', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async ({ compromised, workspaces, kills, acts: planned }) => {
        const made = await newVault();
        const path = keyPathOf(made.options);
        const old = join(dirname(path), 'old.key');
        copyFileSync(path, old);
        const handles: Array<Vault> = [made.vault, await secondHandle(made)];
        const sealed: Array<Awaited<ReturnType<typeof sealNew>>> = [];
        let keys = 0;
        const seal = async (vault: Vault, workspaceId: string): Promise<void> => {
          sealed.push(await sealNew(vault, { workspaceId, keyId: `key-${(keys += 1)}` }));
        };
        const openAll = async (vault: Vault): Promise<void> => {
          for (const { binding, text } of sealed) expect(await succeed(textOf(vault, binding))).toBe(text);
        };
        for (let n = 0; n < 2 * workspaces; n += 1) await seal(made.vault, `workspace-${n % workspaces}`);
        const gone = [...(await underMasterKey(made)), ...(compromised ? await sealedDataKeys(made) : [])];

        const act = async ({ what, by }: (typeof planned)[number]): Promise<void> => {
          const vault = handles[by] ?? made.vault;
          switch (what) {
            case 'open':
              return openAll(vault);
            case 'seal':
              return seal(vault, 'workspace-0');
            case 'seal in a new workspace':
              return seal(vault, `new-${keys}`);
            case 'shred': {
              const [first] = sealed.splice(0, 1);
              if (first !== undefined) {
                await succeed(shred(vault, first.binding.workspaceId, [first.binding.keyId]));
              }
              return;
            }
            case 'rotate, too':
              await succeed(rotateWatched(made.options, () => Promise.resolve('go-on'), { compromised }));
              return;
            case 'open the vault': {
              const opened = await secondHandle(made);
              await openAll(opened);
              await opened.close();
            }
          }
        };

        const rotation = (kill: (typeof kills)[number] | undefined) =>
          rotateWatched(
            made.options,
            async (step) => {
              for (const one of planned.filter((other) => other.step === step)) await act(one);
              if (step !== kill?.step) return 'go-on';
              return kill.behind ? 'kill-behind' : 'kill-before';
            },
            { compromised },
          )().catch((error: unknown) => {
            if (!(error instanceof Killed)) throw error;
            return null;
          });
        const { masterKeyId: before } = await succeed(readVaultInfo(made.place));
        for (const kill of kills) {
          await rotation(kill);
          for (const vault of handles) await openAll(vault);
        }
        expect(await rotation(undefined)).toMatchObject({ _tag: 'Right' });

        const info = await succeed(readVaultInfo(made.place));
        expect(info.rotation).toBeNull();
        expect(info.masterKeyId).not.toBe(before);
        expect(linesOf(path)).toHaveLength(1);
        expect(made.filesWith(gone)).toBe(0);
        expect(await faultOf(openVault({ ...made.options, masterKey: byFile(old) }))).toBe(
          'master-key-wrong',
        );
        handles.push(await secondHandle(made));
        for (const vault of handles) {
          await seal(vault, 'workspace-0');
          await openAll(vault);
          await vault.close();
        }
      }),
      { numRuns: RUNS[kind] },
    );
  });
});
