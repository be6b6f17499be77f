import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@jest/globals';
import { onFile } from './testSupport/database';
import { faultOf } from './testSupport/outcomes';
import { newVault, textOf } from './testSupport/vaults';

const PROCESSES = 3;
const WORKSPACES = 12;

/** Starts a process on the vault; `begin` lets it seal one secret in each workspace, and gives their fingerprints. */
const startProcess = async (directory: string, keyPath: string, name: string) => {
  const child = spawn(
    process.execPath,
    [
      '-r',
      join(__dirname, 'testSupport/loadTypeScript.cjs'),
      join(__dirname, 'testSupport/sealingProcess.ts'),
      directory,
      keyPath,
      name,
      String(WORKSPACES),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines: Array<string> = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => lines.push(line));
  const ended = once(child, 'close');
  await Promise.race([once(output, 'line'), ended]);
  return {
    begin: async () => {
      child.stdin.write('begin\n');
      await ended;
      return { status: child.exitCode, fingerprints: lines.slice(1) };
    },
  };
};

test('several processes that open the same new workspaces at once end with one key each', async () => {
  const { vault, directory, options } = await newVault();
  const keyPath = options.masterKey.kind === 'file' ? options.masterKey.path : '';
  const names = Array.from({ length: PROCESSES }, (_, i) => `key-${i}`);
  const started = await Promise.all(names.map((name) => startProcess(directory, keyPath, name)));
  const done = await Promise.all(started.map(({ begin }) => begin()));

  expect(done.map(({ status, fingerprints }) => [status, fingerprints.length])).toEqual(
    names.map(() => [0, WORKSPACES]),
  );
  expect(
    onFile(directory, 'vault.sqlite', (db) =>
      db.prepare('SELECT count(*) FROM workspace_keys').pluck().get(),
    ),
  ).toBe(WORKSPACES);

  const faults = await Promise.all(
    done.flatMap(({ fingerprints }, i) =>
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
