import { expect, test } from '@jest/globals';
import { onFile } from './testSupport/database';
import { faultOf } from './testSupport/outcomes';
import { startProcess } from './testSupport/process';
import { newVault, textOf } from './testSupport/vaults';

const PROCESSES = 3;
const WORKSPACES = 12;

test('several processes that open the same new workspaces at once end with one key each', async () => {
  const { vault, directory, options } = await newVault();
  const keyPath = options.masterKey.kind === 'file' ? options.masterKey.path : '';
  const names = Array.from({ length: PROCESSES }, (_, i) => `key-${i}`);
  const started = await Promise.all(
    names.map((name) => startProcess('sealingProcess.ts', [directory, keyPath, name, String(WORKSPACES)])),
  );
  for (const { tell } of started) tell();
  expect(await Promise.all(started.map(({ ended }) => ended))).toEqual(names.map(() => 0));
  const done = started.map(({ lines }) => lines.slice(1));
  expect(done.map(({ length }) => length)).toEqual(names.map(() => WORKSPACES));

  expect(
    onFile(directory, 'vault.sqlite', (db) => db.pluck('SELECT count(*) FROM workspace_keys').get()),
  ).toBe(WORKSPACES);

  const faults = await Promise.all(
    done.flatMap((fingerprints, i) =>
      fingerprints.map((fingerprint, n) =>
        faultOf(
          textOf(vault, {
            workspaceId: `workspace-${n}`,
            keyId: names[i] ?? '',
            vendor: 'openai',
            endpoint: null,
            fingerprint,
          }),
        ),
      ),
    ),
  );
  expect(faults.filter((fault) => fault !== 'no fault')).toEqual([]);
});
