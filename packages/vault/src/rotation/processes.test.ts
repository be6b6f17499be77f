import { expect, test } from '@jest/globals';
import { sampled } from '@keyturn/testbed/sampling';
import { readVaultInfo } from '../openVault';
import { succeed } from '../testSupport/outcomes';
import { startProcess } from '../testSupport/process';
import { keyPathOf, linesOf, underMasterKey } from '../testSupport/rotations';
import { filesWith } from '../testSupport/tempDirectory';
import { newVault, sealNew, secondHandle, textOf } from '../testSupport/vaults';

/** Where each run of the rotation is killed; the last one may come to its end. */
const KILLED_AT = [
  ...sampled(['resealing 47', 'renewing 1', 'renewing 7', 'renewing 30', 'erasing 0'], 2),
  'nowhere',
];

test('a service goes on serving while the master key is rotated by processes that are killed', async () => {
  const made = await newVault();
  const path = keyPathOf(made.options);
  const sealed: Array<Awaited<ReturnType<typeof sealNew>>> = [];
  for (let n = 0; n < 40; n += 1) sealed.push(await sealNew(made.vault, { workspaceId: `workspace-${n}` }));
  const gone = underMasterKey(made.directory);
  const service = await startProcess('servingProcess.ts', [made.directory, path]);
  const { masterKeyId: before } = await succeed(readVaultInfo({ directory: made.directory }));

  const ends: Array<number | string | null> = [];
  for (const killedAt of KILLED_AT) {
    const rotation = await startProcess('rotatingProcess.ts', [made.directory, path, killedAt]);
    ends.push(await rotation.ended);
  }
  expect(ends).toEqual([...KILLED_AT.slice(1).map(() => 'SIGKILL'), 0]);

  const info = await succeed(readVaultInfo({ directory: made.directory }));
  expect(info.rotation).toBeNull();
  expect(info.masterKeyId).not.toBe(before);
  expect(linesOf(path)).toHaveLength(1);
  const seen = service.lines.length;
  service.tell();
  expect(await service.ended).toBe(0);
  expect(seen).toBe(1);
  expect(service.lines.filter((line) => line.startsWith('fault'))).toEqual([]);
  expect(service.lines.at(-1)).toMatch(/^served [1-9]\d* [1-9]\d*$/);
  expect(gone.flatMap((bytes) => filesWith(made.directory, bytes))).toEqual([]);
  const after = await secondHandle(made);
  for (const { binding, text } of sealed) expect(await succeed(textOf(after, binding))).toBe(text);
});
